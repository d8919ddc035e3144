package import Foundation

/// The state of the connectors, each list in the order of the model's.
package struct IOState: Codable, Equatable, Sendable {
    package internal(set) var relays: [RelayState]
    package internal(set) var inputs: [DigitalInputState]
    package internal(set) var serialPorts: [SerialPortState]
    /// The names of their configurations.
    package internal(set) var videoOutputNames: [String]

    package init(model: IOModel) {
        relays = model.relays.enumerated().map { RelayState(token: "RelayOutput_\($0 + 1)", model: $1) }
        inputs = model.inputs.enumerated().map { DigitalInputState(token: "DigitalInput_\($0 + 1)", model: $1) }
        serialPorts = model.serialPorts.enumerated().map { SerialPortState(token: "SerialPort_\($0 + 1)", model: $1) }
        videoOutputNames = model.videoOutputs.indices.map { "Video output \($0 + 1)" }
    }

    mutating func clockMoved(by seconds: TimeInterval) {
        for index in relays.indices { relays[index].end? += seconds }
    }

    /// A start after a reboot: relays are without power, buffers empty.
    mutating func restart() {
        for index in relays.indices { relays[index].set(active: false, now: .distantPast) }
        for index in serialPorts.indices { serialPorts[index].received = [] }
    }
}

/// A relay output: its settings, and whether it is active.
package struct RelayState: Codable, Equatable, Sendable {
    package let token: String
    package internal(set) var mode: RelayModel.Mode
    /// Seconds after which a monostable relay goes back.
    package internal(set) var delay: TimeInterval
    package internal(set) var idle: Contact
    fileprivate var wasSetActive = false
    /// When a monostable relay goes back; nil where it is not under way.
    package internal(set) var end: Date?

    init(token: String, model: RelayModel) {
        self.token = token
        mode = model.modes[0]
        delay = model.delays[0]
        idle = model.idle
    }

    package func isActive(at time: Date) -> Bool {
        wasSetActive && end.map { time < $0 } ?? true
    }

    mutating func set(active: Bool, now: Date) {
        wasSetActive = active
        end = active && mode == .monostable ? now + delay : nil
    }

    /// Takes other settings; an active relay stays so, and goes back if it is monostable.
    mutating func set(mode: RelayModel.Mode, delay: TimeInterval?, idle: Contact, now: Date) {
        let isActive = isActive(at: now)
        self.mode = mode
        self.delay = delay ?? self.delay
        self.idle = idle
        set(active: isActive, now: now)
    }
}

/// A digital input: which state of its contact is idle.
package struct DigitalInputState: Codable, Equatable, Sendable {
    package let token: String
    package internal(set) var idle: Contact

    init(token: String, model: DigitalInputModel) {
        self.token = token
        idle = model.normally
    }

    /// What the event tells: away from idle, or closed where nobody may say what idle is.
    ///
    /// Source: ONVIF Device IO 26.06 §5.10.1 DigitalInput State Change.
    package func isActive(_ model: DigitalInputModel, at time: Date) -> Bool {
        let contact = model.contact(at: time)
        return model.isConfigurable ? contact != idle : contact == .closed
    }
}

/// A serial port: its settings, and what arrived and was not read yet.
package struct SerialPortState: Codable, Equatable, Sendable {
    /// Bytes of the receive buffer, and of a transmission; what is more arrives and is lost.
    package static let bufferLimit = 4096

    package let token: String
    package internal(set) var baudRate: Int
    package internal(set) var parity: SerialPortModel.Parity
    package internal(set) var characterLength: Int
    package internal(set) var stopBit: Double
    package internal(set) var received: [UInt8] = []

    init(token: String, model: SerialPortModel) {
        self.token = token
        baudRate = model.baudRates[0]
        parity = model.parities[0]
        characterLength = model.characterLengths[0]
        stopBit = model.stopBits[0]
    }

    /// Puts bytes on the line, which come back where the model has a loopback plug.
    mutating func transmit(_ bytes: [UInt8], _ model: SerialPortModel) {
        guard model.hasLoopback else { return }
        received += bytes.prefix(Self.bufferLimit - received.count)
    }

    /// Takes what arrived out of the buffer.
    ///
    /// - Parameters:
    ///   - length: so many bytes are enough; all where nil.
    ///   - delimiter: the bytes up to the first of these sequences, which is included, are enough.
    /// - Returns: at most what is there; as many bytes as are enough, where they have arrived.
    mutating func receive(length: Int?, delimiter: [UInt8]) -> [UInt8] {
        var count = min(length ?? received.count, received.count)
        if !delimiter.isEmpty, let range = received.firstRange(of: delimiter) { count = min(count, range.upperBound) }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }
}
