/// An alarm that goes on and off later than its schedule, and leaves out what is shorter than its delays.
package struct DelayedAlarm: Equatable, Sendable {
    package var schedule: AlarmSchedule
    /// Seconds that the schedule must be on before the alarm is.
    package var onDelay: Double
    /// Seconds that the schedule must be off before the alarm is.
    package var offDelay: Double

    package init(schedule: AlarmSchedule, onDelay: Double = 0, offDelay: Double = 0) {
        self.schedule = schedule
        self.onDelay = onDelay
        self.offDelay = offDelay
    }

    /// The part of a period in which the alarm is on; it may reach into the next. Nil where it never is.
    private var span: Range<Double>? {
        guard onDelay < schedule.duration else { return nil }
        return onDelay..<schedule.duration + offDelay
    }

    private var isForever: Bool { (span.map { $0.upperBound - $0.lowerBound } ?? 0) >= schedule.period }

    /// - Parameter seconds: since 1970.
    /// - Returns: whether the alarm is on.
    package func isOn(at seconds: Double) -> Bool {
        guard let span else { return false }
        // Within the span of this period or of one before.
        return isForever || phase(seconds - span.lowerBound) < span.upperBound - span.lowerBound
    }

    /// Seconds since 1970 of the next moment when the alarm goes on or off; nil where it never does.
    package func nextChange(after seconds: Double) -> Double? {
        guard let span, !isForever else { return nil }
        return [span.lowerBound, span.upperBound].map { seconds + schedule.period - phase(seconds - $0) }.min()
    }

    private func phase(_ seconds: Double) -> Double {
        let rest = seconds.truncatingRemainder(dividingBy: schedule.period)
        return rest < 0 ? rest + schedule.period : rest
    }
}
