package import Foundation
package import XML

/// The `Configuration` element of a Set…Configuration request, checked against the options and put into the state.
package protocol ConfigurationSettings: Sendable {
    static var kind: MediaConfigurationKind { get }
    var token: String { get }
    init(_ configuration: XMLElement, in service: Service) throws(Fault)

    /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
    func apply(to media: inout MediaState) throws(Fault)
}

extension VideoEncoderSettings: ConfigurationSettings {
    package static var kind: MediaConfigurationKind { .videoEncoder }

    package func apply(to media: inout MediaState) throws(Fault) {
        try media.set(self)
    }
}

/// New settings for a video source configuration.
///
/// The whole sensor is always shown: bounds within the options are adapted to it (ONVIF Media2 26.06 §5.3.3), others
/// refused.
package struct VideoSourceSettings: ConfigurationSettings, Equatable {
    package static var kind: MediaConfigurationKind { .videoSource }

    package var token: String
    package var name: String
    package var sourceToken: String
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int
    /// `tt:Rotate`; nil where the client leaves rotation as it is.
    package var rotation: Rotation?

    /// `tt:Rotate` as a client sends it.
    package struct Rotation: Equatable, Sendable {
        /// `tt:RotateMode`.
        package var mode: String
        /// Half a circle where the client says nothing.
        package var degree: Int?
        /// Nil where the client leaves it as it is.
        package var isMirrored: Bool?

        init(_ rotate: XMLElement) throws(Fault) {
            mode = try rotate.string("Mode")
            degree = try rotate.optionalInteger("Degree")
            isMirrored = rotate.attribute("Mirror").map { $0 == "true" || $0 == "1" }
        }
    }

    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        sourceToken = try configuration.string("SourceToken")
        let bounds = try configuration.required("Bounds")
        x = try bounds.integerAttribute("x")
        y = try bounds.integerAttribute("y")
        width = try bounds.integerAttribute("width")
        height = try bounds.integerAttribute("height")
        rotation = try configuration.child("Extension")?.child("Rotate").map(Rotation.init)
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        let index = try media.index(token, of: VideoSourceConfiguration.self)
        let sensor = media.videoSources[index].bounds
        guard sourceToken == media.videoSources[index].sourceToken else {
            throw .configModify("SourceToken \"\(sourceToken)\" is none of VideoSourceTokensAvailable")
        }
        guard (0...sensor.width).contains(x), (0...sensor.height).contains(y), width == sensor.width,
            height == sensor.height
        else {
            throw .configModify(
                "Bounds are outside BoundsRange; this device shows the whole \(sensor.width)×\(sensor.height) pixels")
        }
        if let rotation {
            try turn(
                &media.videoSources[index], rotation, canTurn: media.canTurn(source: media.videoSources[index].source))
        }
        media.videoSources[index].name = name
    }

    /// - Throws: `InvalidArgVal/ConfigModify` for what the options do not offer.
    private func turn(
        _ configuration: inout VideoSourceConfiguration, _ rotation: Rotation, canTurn: Bool
    ) throws(Fault) {
        guard canTurn || rotation.mode == "OFF" && rotation.isMirrored != true else {
            throw .configModify("Rotate is not supported")
        }
        guard rotation.mode == "OFF" || rotation.mode == "ON" else {
            throw .configModify("the Rotate mode \"\(rotation.mode)\" is not supported; use ON or OFF")
        }
        let isOn = rotation.mode == "ON"
        if isOn, let degree = rotation.degree, degree != VideoSourceConfiguration.rotation {
            throw .configModify("Rotate by \(degree) degrees is none of DegreeList")
        }
        configuration.isUpsideDown = isOn
        configuration.isMirrored = rotation.isMirrored ?? configuration.isMirrored
    }
}

/// New settings for an audio source configuration.
package struct AudioSourceSettings: ConfigurationSettings, Equatable {
    package static var kind: MediaConfigurationKind { .audioSource }

    package var token: String
    package var name: String
    package var sourceToken: String

    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        sourceToken = try configuration.string("SourceToken")
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        let index = try media.index(token, of: AudioSourceConfiguration.self)
        guard sourceToken == MediaState.audioSourceToken else {
            throw .configModify("SourceToken \"\(sourceToken)\" is none of InputTokensAvailable")
        }
        media.audioSources[index].name = name
    }
}

/// New settings for an audio encoder configuration; the recorded sound has one encoding.
package struct AudioEncoderSettings: ConfigurationSettings, Equatable {
    package static var kind: MediaConfigurationKind { .audioEncoder }

    package var token: String
    package var name: String
    package var encoding: String
    /// kbit/s
    package var bitrate: Int
    /// kHz
    package var sampleRate: Int
    package var multicast: MulticastConfiguration?
    /// Seconds.
    package var sessionTimeout: TimeInterval?
    private let service: Service

    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        encoding = try configuration.string("Encoding")
        bitrate = try configuration.integer("Bitrate")
        sampleRate = try configuration.integer("SampleRate")
        multicast = try configuration.child("Multicast").map(MulticastConfiguration.init)
        sessionTimeout = service == .media ? try configuration.sessionTimeout() : nil
        self.service = service
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        let index = try media.index(token, of: AudioEncoderConfiguration.self, in: service)
        var encoder = media.audioEncoders[index]
        guard encoding == encoder.codec.name(in: service) else {
            throw .configModify("Encoding is \"\(encoding)\"; this device has \(encoder.codec.rawValue) only")
        }
        guard bitrate == encoder.bitrate, sampleRate == encoder.sampleRate else {
            throw .configModify(
                "\(bitrate) kbit/s at \(sampleRate) kHz is not supported; use \(encoder.bitrate) and \(encoder.sampleRate)"
            )
        }
        encoder.name = name
        encoder.multicast = try media.multicast(multicast, inPlaceOf: encoder.multicast)
        encoder.sessionTimeout = sessionTimeout ?? encoder.sessionTimeout
        media.audioEncoders[index] = encoder
    }
}

extension XMLElement {
    func optionalIntegerAttribute(_ name: String) throws(Fault) -> Int? {
        attribute(name) == nil ? nil : try integerAttribute(name)
    }

    func isTrue(_ attribute: String) -> Bool { ["true", "1"].contains(self.attribute(attribute)) }

    func integerAttribute(_ name: String) throws(Fault) -> Int {
        let text = try requiredAttribute(name)
        guard let value = Int(text) else {
            throw .sender("InvalidArgVal", reason: "\(self.name)/@\(name) is \"\(text)\", not an integer")
        }
        return value
    }

    /// `SessionTimeout` of a configuration; nil where it is left out.
    ///
    /// - Throws: `InvalidArgVal/ConfigModify` for one that no session could keep.
    func sessionTimeout() throws(Fault) -> TimeInterval? {
        guard let timeout = try optionalDuration("SessionTimeout") else { return nil }
        guard Self.sessionTimeouts.contains(timeout) else {
            throw .configModify("SessionTimeout of \(timeout) s is outside \(Self.sessionTimeouts) s")
        }
        return timeout
    }

    /// Seconds: from the shortest that a keep-alive can make to a day.
    private static let sessionTimeouts: ClosedRange<TimeInterval> = 1...86_400
}
