import Authentication
import Documents
import Foundation
import ONVIF

/// A device profile as its YAML file has it; recordings are named, not yet opened.
struct ProfileFile {
    /// A recording with the line that names it.
    struct Recording: Equatable {
        var path: String
        var line: Int
    }

    /// A sensor.
    struct Source: Equatable {
        /// Paths are relative to the profile file.
        var recordings: [Recording]
        /// Where it differs from that of the device.
        var imaging: ImagingModel?
        /// With the lines that name them.
        var modes: [Mode] = []
    }

    var file: String
    var manufacturer: String
    var model: String
    var firmwareVersion: String
    var hardwareID: String
    var name: String
    var location: String
    var claims: [ProfileClaim]
    /// At least one.
    var sources: [Source]
    /// What is seen in place of recordings, or beside them.
    var view: View?
    var hasAudio: Bool
    var ptz: PTZModel?
    var imaging: ImagingModel?
    var events: EventModel
    var access: AccessModel
    var security: SecurityModel?
    var loudspeaker: AudioOutputModel?
    var analytics: AnalyticsModel?
    /// What describes the pictures.
    var scenes: Scenes?
    var alarms: [AlarmReaction]
    var receivers: Int?
    /// Pictures are changed and encoded as clients ask for it.
    var encodes: Bool
    /// What the encoder makes; nil for what cameras of the kind usually have.
    var chosenEncodings: [VideoModel.Codec]?
    /// Streams go out to groups of receivers, too.
    var multicast: Bool
    var system: SystemModel
    var network: NetworkModel
    var thermal: ThermalModel?
    var io: IOModel
    var habits: [PersonaHabit]
    var faults: FaultFile

    /// The most receivers of a device.
    static let receiverLimit = 256

    static let keys = [
        "manufacturer",
        "model",
        "firmware",
        "hardware",
        "name",
        "location",
        "claims",
        "recordings",
        "world",
        "panorama",
        "audio",
        "ptz",
        "imaging",
        "events",
        "access",
        "sources",
        "loudspeaker",
        "modes",
        "encode",
        "encodings",
        "multicast",
        "system",
        "network",
        "thermal",
        "io",
        "habits",
        "faults",
        "analytics",
        "alarms",
        "receiver",
        "security",
    ]

    /// Reads a profile file.
    init(path: String) throws(ProfileError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .noSuchFile(file: path) }
        try self.init(try DocumentNode.text(path), file: path)
    }

    init(_ text: String, file: String) throws(ProfileError) {
        self.file = file
        guard let root = try DocumentNode.compose(text, file: file) else {
            throw .missingKey(file: file, line: 1, key: "manufacturer", inside: "")
        }
        let top = try ProfileNode(root, file: file, name: "", known: Self.keys)
        manufacturer = try top.string("manufacturer")
        model = try top.string("model")
        firmwareVersion = try top.string("firmware")
        hardwareID = try top.string("hardware")
        name = try top.string("name")
        location = try top.string("location")
        claims = try Self.claims(top)
        sources = try Self.sources(top)
        hasAudio = try top.boolean("audio", otherwise: true)
        ptz = try Self.ptz(top)
        view = try Self.view(top, ptz: ptz)
        imaging = try Self.imaging(top)
        events = try Self.events(top)
        access = try Self.access(top)
        thermal = try Self.thermal(top, sources: sources.count)
        io = try Self.io(top)
        loudspeaker = try Self.loudspeaker(top)
        analytics = try Self.analytics(top)
        scenes = try Self.scenes(top)
        alarms = try Self.alarms(top, io: io, hasLoudspeaker: loudspeaker != nil)
        receivers = top.has("receiver") ? try top.integer("receiver", in: 1...ProfileFile.receiverLimit) : nil
        encodes = try Self.encodes(top)
        chosenEncodings = try Self.encodings(top)
        multicast = try top.boolean("multicast", otherwise: !claims.isEmpty)
        system = try Self.system(top)
        network = try Self.network(top)
        habits = try Self.habits(top)
        faults = try FaultFile(top)
        security = try Self.security(top)
    }

    private static func claims(_ top: ProfileNode) throws(ProfileError) -> [ProfileClaim] {
        var claims: [ProfileClaim] = []
        for (letter, line) in try top.strings("claims") {
            guard let claim = ProfileClaim.allCases.first(where: { $0.letter == letter }) else {
                let known = ProfileClaim.allCases.map(\.letter).joined(separator: ", ")
                throw .wrongValue(
                    file: top.file, line: line, key: "claims", value: letter, expected: "some of \(known)")
            }
            claims.append(claim)
        }
        return claims
    }

    private static func ptz(_ top: ProfileNode) throws(ProfileError) -> PTZModel? {
        guard
            let ptz = try top.optionalMapping("ptz", known: ptzKeys)
        else { return nil }
        func axis(
            _ key: String, _ range: ClosedRange<Double>, speed: ClosedRange<Double>, acceleration: ClosedRange<Double>,
            _ more: [String] = []
        ) throws(ProfileError) -> PTZModel.Axis {
            let axis = try ptz.mapping(key, known: ["from", "to", "speed", "acceleration"] + more)
            let (from, to) = (try axis.number("from", in: range), try axis.number("to", in: range))
            guard from < to else { throw axis.wrong("to", try axis.node("to"), "a number above \"from\"") }
            return PTZModel.Axis(
                minimum: from, maximum: to, speed: try axis.number("speed", in: speed),
                acceleration: axis.has("acceleration") ? try axis.number("acceleration", in: acceleration) : nil)
        }
        var model = PTZModel(
            pan: try axis("pan", -360...360, speed: 0.1...1000, acceleration: 1...10_000),
            tilt: try axis("tilt", -180...180, speed: 0.1...1000, acceleration: 1...10_000),
            zoom: try axis("zoom", 1...100, speed: 0.01...10, acceleration: 0.01...100, ["law"]),
            fieldOfView: try ptz.number("field-of-view", in: 1...179),
            maximumPresets: try ptz.integer("presets", in: 0...1000, otherwise: 100),
            auxiliaryCommands: ptz.has("auxiliary") ? try ptz.strings("auxiliary").map(\.text) : [])
        try extendPTZ(&model, ptz)
        return model
    }

    static func imaging(_ top: ProfileNode) throws(ProfileError) -> ImagingModel? {
        guard
            let imaging = try top.optionalMapping("imaging", known: imagingKeys)
        else { return nil }
        var model = ImagingModel(
            brightness: try imaging.range("brightness"), colorSaturation: try imaging.range("saturation"),
            contrast: try imaging.range("contrast"), sharpness: try imaging.range("sharpness"),
            hasIrCutFilter: try imaging.boolean("ir-cut-filter", otherwise: false),
            hasFocus: try imaging.boolean("focus", otherwise: false))
        try extendImaging(&model, imaging)
        return model
    }

    static func events(_ top: ProfileNode) throws(ProfileError) -> EventModel {
        guard
            let events = try top.optionalMapping(
                "events", known: ["pull-points", "consumers", "motion", "tampering", "storage", "brokers"])
        else { return EventModel() }
        func schedule(_ key: String) throws(ProfileError) -> AlarmSchedule? {
            guard let schedule = try events.optionalMapping(key, known: ["every", "for"]) else { return nil }
            let period = try schedule.number("every", in: 1...86_400)
            return AlarmSchedule(period: period, duration: try schedule.number("for", in: 0.1...period))
        }
        var model = EventModel(
            maximumPullPoints: try events.integer("pull-points", in: 0...10_000, otherwise: 10),
            maximumNotificationProducers: try events.integer("consumers", in: 0...1000, otherwise: 10),
            motion: try schedule("motion"), tampering: try schedule("tampering"))
        model.storage = try events.integer("storage", in: 0...10_000, otherwise: 0)
        let brokers = try events.integer("brokers", in: 0...64, otherwise: 0)
        model.brokers = brokers > 0 ? brokers : nil
        return model
    }

    private static func access(_ top: ProfileNode) throws(ProfileError) -> AccessModel {
        guard
            let access = try top.optionalMapping(
                "access", known: ["username-token", "http-digest", "clock-window", "users", "hashing", "replay-check"])
        else { return AccessModel() }
        var algorithms: [DigestAuthentication.Algorithm] = []
        for (name, line) in access.has("hashing") ? try access.strings("hashing") : [("MD5", access.line)] {
            guard let algorithm = DigestAuthentication.Algorithm(rawValue: name) else {
                throw .wrongValue(
                    file: top.file, line: line, key: "hashing", value: name, expected: "some of MD5, SHA-256")
            }
            algorithms.append(algorithm)
        }
        return AccessModel(
            usernameToken: try access.boolean("username-token", otherwise: true),
            httpDigest: try access.boolean("http-digest", otherwise: true),
            clockWindow: try access.number("clock-window", in: 1...1e9, otherwise: 300),
            maximumUsers: try access.integer("users", in: 1...1000, otherwise: 20), hashingAlgorithms: algorithms,
            checksReplay: try access.boolean("replay-check", otherwise: true))
    }
}
