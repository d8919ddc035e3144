import Foundation
import ONVIF
import Testing
import XML

/// A camera whose operations are called with request text, as a client would, without any socket.
struct ControlHarness {
    var device: DeviceState
    /// The device's clock at the next call.
    var now: Date

    static let start = Date(timeIntervalSince1970: 1_780_000_000)

    init(_ model: DeviceModel = .dome, now: Date = Self.start) {
        self.now = now
        device = DeviceState(model: model, identity: .fixture, users: [], now: now)
    }

    /// Sends the request and returns the response element, read back from the envelope that a client would get.
    ///
    /// - Throws: the `Fault`; the state is then as before.
    @discardableResult
    mutating func call(_ request: String, path: String = "/onvif/device_service") throws -> XMLElement {
        try exchange(request, path: path).body
    }

    /// The response with what the owner of the state sees beside it.
    mutating func exchange(
        _ request: String, path: String = "/onvif/device_service", arrived: Date? = nil
    ) throws -> (body: XMLElement, action: String?, waitUntil: Date?) {
        let envelope = try Envelope(Array(Self.wrap(request).utf8).span)
        let entry = try #require(
            Operations.all.first { $0.name == envelope.body.name && $0.namespace.uri == envelope.body.namespace },
            "no operation \(envelope.body.name)")
        var call = Call(now: now, authority: "192.0.2.10:8080", addressing: envelope.addressing, path: path)
        call.arrived = arrived ?? now
        var next = device
        let response = try entry.perform(envelope.body, &next, call)
        device = next
        let bytes = entry.envelope(response, answering: envelope.addressing)
        try SchemaOracle.judge(bytes)
        let answer = try XMLParser.parse(bytes)
        let body = try #require(answer.child("Body")?.children.first)
        #expect(body.isNamed(entry.name + "Response", in: entry.namespace.uri))
        return (
            body, answer.child("Header")?.child("Action")?.text, (response as? any DeferrableResponse)?.waitUntil
        )
    }

    /// Sends the request, which must be refused, and checks that the refusal changed nothing that can be asked for.
    mutating func fault(_ request: String, path: String = "/onvif/device_service") throws -> Fault {
        let before = String(describing: device)
        do {
            let answer = try call(request, path: path)
            throw UnexpectedAnswer(name: answer.name)
        } catch let fault as Fault {
            #expect(String(describing: device) == before)
            try SchemaOracle.judge(Reply.fault(fault, answering: Addressing(action: "urn:request")))
            return fault
        }
    }

    /// Lets seconds pass on the device.
    mutating func pass(_ seconds: Double) {
        now += seconds
        device.advance(to: now)
    }

    struct UnexpectedAnswer: Error {
        var name: String
    }

    static func wrap(_ request: String) -> String {
        let declarations = XMLNamespace.messages.map { "xmlns:\($0.prefix)=\"\($0.uri)\"" }.joined(separator: " ")
        return """
            <env:Envelope \(declarations)><env:Header><wsa:Action>urn:request</wsa:Action>\
            <wsa:MessageID>urn:uuid:1</wsa:MessageID></env:Header><env:Body>\(request)</env:Body></env:Envelope>
            """
    }
}

extension XMLElement {
    /// The element at the end of a path of local names.
    func at(_ path: String...) throws -> XMLElement {
        try path.reduce(self) { element, name in
            try #require(element.child(name), "\(element.name) has no \(name)")
        }
    }
}

extension DeviceModel {
    /// A dome that moves, hears and tells events: 90° of view, 1…20 times magnification.
    static let dome = DeviceModel(
        manufacturer: "Glasseye", model: "Dome", firmwareVersion: "1.0", hardwareID: "dome", name: "Dome",
        location: "test", profiles: [.streaming, .t],
        video: VideoModel(renditions: [.fixture(1280, 720), .fixture(640, 360)]),
        audio: AudioModel(codec: .aac, bitrate: 64, sampleRate: 48, channels: 1),
        ptz: PTZModel(
            pan: .init(minimum: -180, maximum: 180, speed: 90), tilt: .init(minimum: -90, maximum: 30, speed: 60),
            zoom: .init(minimum: 1, maximum: 20, speed: 0.5), fieldOfView: 90, maximumPresets: 3,
            auxiliaryCommands: ["tt:Wiper|On", "tt:Wiper|Off"]),
        imaging: ImagingModel(
            brightness: 0...100, colorSaturation: 0...100, contrast: 0...100, sharpness: 0...10, hasIrCutFilter: true,
            hasFocus: true),
        events: EventModel(maximumPullPoints: 3, maximumNotificationProducers: 2))

    /// The dome with changes.
    static func dome(_ change: (inout DeviceModel) -> Void) -> DeviceModel {
        var model = DeviceModel.dome
        change(&model)
        return model
    }
}

extension VideoModel.Rendition {
    static func fixture(_ width: Int, _ height: Int) -> Self {
        VideoModel.Rendition(
            recording: "plaza", resolution: Resolution(width: width, height: height), frameRate: 25, bitrate: 1000,
            govLength: 25, profile: .main)
    }
}

extension DeviceIdentity {
    static let fixture = DeviceIdentity(
        uuid: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)), serialNumber: "GE0001",
        hardwareAddress: "02:00:00:00:00:01", address: "192.0.2.10", httpPort: 8080, rtspPort: 8554)
}
