import Foundation
import ONVIF
import Testing
import XML

/// A camera to which requests are put as XML text, without HTTP, SOAP or authentication around them.
struct OperationHarness {
    var device: DeviceState
    var call: Call

    /// - Parameter model: a PTZ dome with sound, unless told otherwise.
    init(model: DeviceModel = .soundDome) {
        let identity = DeviceIdentity(
            uuid: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)), serialNumber: "GE0001",
            hardwareAddress: "02:00:00:00:00:01", address: "192.0.2.1", httpPort: 8080, rtspPort: 8554)
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        device = DeviceState(
            model: model, identity: identity, users: [User(name: "admin", password: "secret", level: .administrator)],
            now: now)
        call = Call(now: now, authority: "camera.example:8080")
    }

    /// Runs the request on a copy of the state, which replaces the state only if the operation succeeds.
    ///
    /// - Parameter request: the request element; its prefixes are declared for it.
    /// - Returns: the response element, read back from the envelope that a client would get, which the schemas must allow.
    /// - Throws: `Fault`, as the operation does.
    mutating func run(_ request: String) throws -> XMLElement {
        let element = try Self.element(request)
        let entry = try #require(
            Operations.all.first { $0.name == element.name && $0.namespace.uri == element.namespace },
            "no operation \(element.name) in \(element.namespace)")
        if let refusal = entry.refusal(by: device.model) { throw refusal }
        var next = device
        let response = try entry.perform(element, &next, call)
        device = next
        let message = entry.envelope(response, answering: Addressing())
        try SchemaOracle.judge(message)
        let envelope = try XMLParser.parse(message)
        let body = try #require(envelope.child("Body")?.children.first)
        #expect(body.isNamed(element.name + "Response", in: element.namespace))
        return body
    }

    /// The fault that the request gets; the state must be as it was.
    mutating func fault(_ request: String) throws -> Fault {
        let before = device
        let fault = try #require(throws: Fault.self) { try run(request) }
        #expect(device.media == before.media)
        #expect(device.effects == before.effects)
        return fault
    }

    /// What the change asked of the world, and forgets it.
    mutating func takeEffects() -> [Effect] {
        defer { device.effects = [] }
        return device.effects
    }

    private static func element(_ request: String) throws -> XMLElement {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        let wrapped = try XMLParser.parse(Array("<r \(declarations)>\(request)</r>".utf8))
        return try #require(wrapped.children.first)
    }
}

extension DeviceModel {
    /// A PTZ dome with two renditions and AAC sound.
    static var soundDome: DeviceModel {
        DeviceModel(
            manufacturer: "Glasseye", model: "Dome", firmwareVersion: "1.0", hardwareID: "dome", name: "Dome",
            location: "lab", profiles: [.streaming, .t],
            video: VideoModel(renditions: [
                .init(
                    recording: "main", resolution: Resolution(width: 1280, height: 720), frameRate: 25, bitrate: 2000,
                    govLength: 25, profile: .high),
                .init(
                    recording: "sub", resolution: Resolution(width: 640, height: 360), frameRate: 25, bitrate: 500,
                    govLength: 25, profile: .high),
            ]),
            audio: AudioModel(codec: .aac, bitrate: 64, sampleRate: 16, channels: 1),
            ptz: PTZModel(
                pan: .init(minimum: -180, maximum: 180, speed: 90), tilt: .init(minimum: -10, maximum: 90, speed: 60),
                zoom: .init(minimum: 1, maximum: 20, speed: 0.5), fieldOfView: 60, maximumPresets: 16),
            imaging: ImagingModel(brightness: 0...100))
    }

    /// A fixed camera without sound.
    static var silentBullet: DeviceModel {
        var model = soundDome
        model.audio = nil
        model.ptz = nil
        return model
    }
}
