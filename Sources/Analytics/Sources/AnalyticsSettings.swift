/// What the analytics of an emulated camera are.
package struct AnalyticsSettings: Hashable, Codable, Sendable {
    /// Pictures a second that are looked at.
    package static let rates = 0.1...60.0
    /// Seconds by which what is told may be late.
    package static let delays = 0.0...10.0

    package var source: AnalyticsSource
    /// What goes wrong where the source is `degraded`; its delay is set by `delay`.
    package var errors: ErrorModel
    /// Seconds by which all is late.
    package var delay: Double
    /// Pictures a second that are looked at; nil for all.
    package var rate: Double?

    package init(
        source: AnalyticsSource, errors: ErrorModel = ErrorModel(), delay: Double = 0, rate: Double? = nil
    ) {
        self.source = source
        self.errors = errors
        self.delay = delay
        self.rate = rate
    }

    /// The errors at so many pictures a second; none where the source has none.
    package func errors(atRate rate: Double) -> ErrorModel {
        var errors = source == .degraded ? errors : ErrorModel()
        errors.delay = source == .degraded ? min(Int((delay * rate).rounded()), ErrorModel.delayLimit) : 0
        return errors
    }
}
