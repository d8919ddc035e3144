import XML

/// The optional tokens of a Get…Configurations (Media2) or Get…ConfigurationOptions request.
///
/// Source: ONVIF Media2 26.06 §5.3.2 Get<entity>Configurations, §5.3.4 Get<entity>ConfigurationOptions.
package struct ConfigurationFilter: Equatable, Sendable {
    package var configuration: String?
    package var profile: String?

    init(_ request: XMLElement) throws(Fault) {
        configuration = request.optionalString("ConfigurationToken")
        profile = request.optionalString("ProfileToken")
    }

    /// The configuration that is named, else those that the named profile would take, else all.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
    func configurations<Configuration: MediaConfiguration>(
        in media: MediaState
    ) throws(Fault) -> [MediaState.Used<Configuration>] {
        if let profile { _ = try media.profile(profile) }
        if let configuration { return [try media.configuration(configuration)] }
        if let profile { return try media.compatible(Configuration.self, with: profile, in: .media2) }
        return media.all(Configuration.self)
    }

    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig` for a token that means nothing.
    func check(_ kind: MediaConfigurationKind, in media: MediaState) throws(Fault) {
        if let profile { _ = try media.profile(profile) }
        if let configuration { try media.requireConfiguration(kind, configuration) }
    }

    /// The indices of the video sources that options are for: that of the configuration, else that of the profile, else all.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig` for a token that means nothing.
    func videoSources(of kind: MediaConfigurationKind, in media: MediaState) throws(Fault) -> [Int] {
        try check(kind, in: media)
        let named =
            configuration.flatMap { media.videoSource(of: kind, $0) } ?? profile.flatMap(media.videoSource(ofProfile:))
        return named.map { [$0] } ?? Array(media.videos.indices)
    }
}

extension MediaConfigurationReference {
    /// The `tr2:ConfigurationRef` elements of a request, those of type All left out.
    ///
    /// - Throws: `InvalidArgs` without a token, `InvalidArgVal/NoConfig` for a type that the device does not have.
    static func all(of request: XMLElement) throws(Fault) -> [MediaConfigurationReference] {
        var references: [MediaConfigurationReference] = []
        for element in request.children("Configuration") {
            let type = try element.string("Type")
            if type == "All" { continue }
            guard let kind = MediaConfigurationKind(rawValue: type) else {
                throw .sender(
                    "InvalidArgVal", "NoConfig", reason: "this device has no configuration of type \"\(type)\"")
            }
            references.append(MediaConfigurationReference(kind, try element.token("Token")))
        }
        return references
    }
}

extension DeviceState {
    /// Puts configurations into a profile and tells the world.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`, `Action/ConfigurationConflict`.
    mutating func addToProfile(
        _ profile: String, _ reference: MediaConfigurationReference, _ call: Call
    ) throws(Fault) -> EmptyResponse {
        try changeMedia { media throws(Fault) in try media.add([reference], toProfile: profile, in: .media) }
        events.publish(.profileChanged(profile, at: call.now))
        return EmptyResponse()
    }

    /// Takes a configuration out of a profile and tells the world.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `Action/ConfigurationConflict`.
    mutating func removeFromProfile(
        _ profile: String, _ kind: MediaConfigurationKind, _ call: Call
    ) throws(Fault) -> EmptyResponse {
        let before = media
        try changeMedia { media throws(Fault) in try media.remove([kind], fromProfile: profile, in: .media) }
        if media != before { events.publish(.profileChanged(profile, at: call.now)) }
        return EmptyResponse()
    }

    /// Puts new settings of a configuration into effect and tells the world.
    mutating func configure(_ settings: some ConfigurationSettings, _ call: Call) throws(Fault) -> EmptyResponse {
        try changeMedia { media throws(Fault) in try settings.apply(to: &media) }
        let type = type(of: settings).kind.rawValue
        events.publish(.configurationChanged(settings.token, type: type, at: call.now))
        return EmptyResponse()
    }
}
