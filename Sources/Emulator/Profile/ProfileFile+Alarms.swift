import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// Reactions of a device.
    private static let alarmLimit = 32

    /// `alarms:`, what the device does of itself when a rule gives an alarm.
    ///
    /// - Parameters:
    ///   - top: the document.
    ///   - io: the relays that there are.
    ///   - hasLoudspeaker: whether there is something to sound a siren with.
    /// - Returns: in the order of the file.
    /// - Throws: what is wrong, at its line.
    static func alarms(
        _ top: ProfileNode, io: IOModel, hasLoudspeaker: Bool
    ) throws(ProfileError) -> [AlarmReaction] {
        var alarms: [AlarmReaction] = []
        for node in try top.nodes("alarms", known: ["rule", "relay", "siren"], limit: alarmLimit) {
            var reaction = AlarmReaction(rule: try node.string("rule"))
            if node.has("relay") {
                guard !io.relays.isEmpty else {
                    throw node.wrong("relay", try node.node("relay"), "\"relays\" in \"io\", one of which it names")
                }
                reaction.relay = try node.integer("relay", in: 1...io.relays.count) - 1
            }
            if let siren = try node.optionalMapping("siren", known: ["tone", "duration"]) {
                guard hasLoudspeaker else {
                    throw node.wrong("siren", try node.node("siren"), "a \"loudspeaker\" to sound it")
                }
                reaction.siren = Siren(
                    tone: try siren.choice("tone", else: .twoTone),
                    duration: try siren.number("duration", in: 0.1...30, otherwise: 3))
            }
            guard reaction.relay != nil || reaction.siren != nil else {
                throw .missingKey(file: node.file, line: node.line, key: "relay", inside: "alarms")
            }
            alarms.append(reaction)
        }
        return alarms
    }
}
