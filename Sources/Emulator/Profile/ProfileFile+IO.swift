import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// Connectors of one kind.
    static let connectorLimit = 16

    /// `io:` with relays, inputs, serial ports and video outputs.
    static func io(_ top: ProfileNode) throws(ProfileError) -> IOModel {
        var model = IOModel()
        guard
            let io = try top.optionalMapping("io", known: ["relays", "inputs", "serial-ports", "video-outputs"])
        else { return model }
        for node in try io.nodes("relays", known: ["modes", "delays", "delay-list", "idle"], limit: connectorLimit) {
            model.relays.append(try relay(node))
        }
        let inputs = try io.nodes("inputs", known: ["every", "for", "normally", "configurable"], limit: connectorLimit)
        for node in inputs {
            let isDriven = node.has("every") || node.has("for")
            model.inputs.append(
                DigitalInputModel(
                    schedule: isDriven ? try schedule(node) : nil, normally: try node.choice("normally", else: .open),
                    isConfigurable: try node.boolean("configurable", otherwise: true)))
        }
        for node in try io.nodes("serial-ports", known: ["type", "baud-rates", "loopback"], limit: connectorLimit) {
            let rates = try node.integers("baud-rates", in: 50...4_000_000) ?? [9600, 19_200, 38_400, 115_200]
            model.serialPorts.append(
                SerialPortModel(
                    kind: try node.choice("type", else: .rs232), baudRates: rates,
                    hasLoopback: try node.boolean("loopback", otherwise: false)))
        }
        for node in try io.nodes("video-outputs", known: ["width", "height", "rate"], limit: connectorLimit) {
            let width = try node.integer("width", in: 1...16_384)
            let height = try node.integer("height", in: 1...16_384)
            model.videoOutputs.append(
                VideoOutputModel(
                    resolution: Resolution(width: width, height: height),
                    refreshRate: try node.number("rate", in: 1...240, otherwise: 50)))
        }
        return model
    }

    private static func relay(_ node: ProfileNode) throws(ProfileError) -> RelayModel {
        let modes: [RelayModel.Mode] = try node.choices("modes") ?? RelayModel.Mode.allCases
        let list = try node.integers("delay-list", in: 1...86_400)?.map(Double.init)
        if list != nil, node.has("delays") {
            throw node.wrong("delays", try node.node("delays"), "either \"delays\", a range, or \"delay-list\"")
        }
        let range = try node.range("delays") ?? 1...120
        return RelayModel(
            modes: modes, delays: list ?? [range.lowerBound, range.upperBound], hasDiscreteDelays: list != nil,
            idle: try node.choice("idle", else: .open))
    }

    /// `every:` and `for:`, seconds.
    static func schedule(_ node: ProfileNode) throws(ProfileError) -> AlarmSchedule {
        let period = try node.number("every", in: 1...86_400)
        return AlarmSchedule(period: period, duration: try node.number("for", in: 0.1...period))
    }
}

extension ProfileNode {
    /// A list of mappings, at most so many; empty where the key is missing.
    func nodes(_ key: String, known: [String], limit: Int) throws(ProfileError) -> [ProfileNode] {
        guard has(key) else { return [] }
        let node = try node(key)
        guard let list = node.sequence, list.count <= limit else {
            throw wrong(key, node, "a list of at most \(limit), each with the keys \(known.joined(separator: ", "))")
        }
        var nodes: [ProfileNode] = []
        for element in list {
            nodes.append(try ProfileNode(element, file: file, name: key, known: known))
        }
        return nodes
    }

    /// A value of an enumeration by its name in the standard.
    func choice<Value: RawRepresentable<String> & CaseIterable>(
        _ key: String, else other: Value
    ) throws(ProfileError) -> Value {
        guard has(key) else { return other }
        // YAML reads a plain on or off as it stands.
        let text = try string(key)
        guard let value = Value(rawValue: text) else { throw wrong(key, try node(key), Self.names(Value.self)) }
        return value
    }

    /// A list of at least one value of an enumeration; nil where the key is missing.
    func choices<Value: RawRepresentable<String> & CaseIterable>(_ key: String) throws(ProfileError) -> [Value]? {
        guard has(key) else { return nil }
        var values: [Value] = []
        for (text, line) in try strings(key) {
            guard let value = Value(rawValue: text) else {
                throw .wrongValue(file: file, line: line, key: key, value: text, expected: Self.names(Value.self))
            }
            values.append(value)
        }
        guard !values.isEmpty else { throw wrong(key, try node(key), Self.names(Value.self)) }
        return values
    }

    /// A list of at least one whole number; nil where the key is missing.
    func integers(_ key: String, in range: ClosedRange<Int>) throws(ProfileError) -> [Int]? {
        guard has(key) else { return nil }
        let node = try node(key)
        let expected = "a list of whole numbers from \(range.lowerBound) to \(range.upperBound)"
        guard let sequence = node.sequence, !sequence.isEmpty else { throw wrong(key, node, expected) }
        var numbers: [Int] = []
        for element in sequence {
            guard let number = element.int, range.contains(number) else { throw wrong(key, element, expected) }
            numbers.append(number)
        }
        return numbers
    }

    private static func names<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) -> String {
        "some of " + type.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
