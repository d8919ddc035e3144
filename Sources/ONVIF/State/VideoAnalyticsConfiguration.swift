package import XML

/// `tt:VideoAnalyticsConfiguration`: the analytics modules and rules at work on the picture of one video source.
///
/// The media services show it and put it into profiles; the analytics service changes its parts.
package struct VideoAnalyticsConfiguration: MediaConfiguration {
    package static var kind: MediaConfigurationKind { .analytics }
    package static var path: WritableKeyPath<MediaState, [VideoAnalyticsConfiguration]> { \.analytics }

    package let token: String
    package var name: String
    /// Index of the video source in the model.
    package let source: Int
    package var modules: [AnalyticsConfig]
    package var rules: [AnalyticsConfig]

    /// As the factory ships it for a video source.
    init(factory model: AnalyticsModel, source: Int) {
        token = "VideoAnalytics_\(source + 1)"
        name = source == 0 ? "VideoAnalytics" : "VideoAnalytics \(source + 1)"
        self.source = source
        modules = model.modules
        rules = model.rules(ofSource: source)
    }
}

/// `tt:Config`: an analytics module or a rule with its parameters.
package struct AnalyticsConfig: Codable, Equatable, Sendable {
    /// `tt:SimpleItem`.
    package struct SimpleItem: Codable, Equatable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// `tt:ElementItem`.
    package struct ElementItem: Codable, Equatable, Sendable {
        package var name: String
        package var content: XMLElement

        package init(_ name: String, _ content: XMLElement) {
            self.name = name
            self.content = content
        }
    }

    package var name: String
    /// A QName whose prefix is that of `XMLNamespace`, for example `tt:CellMotionEngine`.
    package var type: String
    package var simpleItems: [SimpleItem]
    package var elementItems: [ElementItem]

    package init(
        name: String, type: String, simpleItems: [SimpleItem] = [], elementItems: [ElementItem] = []
    ) {
        self.name = name
        self.type = type
        self.simpleItems = simpleItems
        self.elementItems = elementItems
    }
}

/// Changes that the analytics service makes.
extension MediaState {
    /// - Throws: `InvalidArgVal/NoConfig`, or what `change` throws, with the configuration as it was.
    package mutating func changeAnalytics<Result>(
        _ token: String, _ change: (inout VideoAnalyticsConfiguration) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        let index = try index(token, of: VideoAnalyticsConfiguration.self)
        var configuration = analytics[index]
        let result = try change(&configuration)
        analytics[index] = configuration
        return result
    }
}
