package import Foundation

/// The connectors of a device beside picture and sound.
package struct IOModel: Codable, Equatable, Sendable {
    package var relays: [RelayModel] = []
    package var inputs: [DigitalInputModel] = []
    package var serialPorts: [SerialPortModel] = []
    package var videoOutputs: [VideoOutputModel] = []

    package init() {}
}

/// A relay output.
package struct RelayModel: Codable, Equatable, Sendable {
    /// `tt:RelayMode`.
    package enum Mode: String, Codable, CaseIterable, Sendable {
        case bistable = "Bistable"
        case monostable = "Monostable"
    }

    /// At least one; the first is the factory's choice.
    package var modes: [Mode]
    /// Seconds after which a monostable relay goes back: the least and the most, or all there are where they are discrete.
    package var delays: [TimeInterval]
    package var hasDiscreteDelays: Bool
    /// The contact while the relay is inactive, as the factory ships it.
    package var idle: Contact

    package init(
        modes: [Mode] = Mode.allCases, delays: [TimeInterval] = [1, 120], hasDiscreteDelays: Bool = false,
        idle: Contact = .open
    ) {
        precondition(!modes.isEmpty && !delays.isEmpty, "a relay without a mode or a delay")
        self.modes = modes
        self.delays = delays
        self.hasDiscreteDelays = hasDiscreteDelays
        self.idle = idle
    }

    func accepts(delay: TimeInterval) -> Bool {
        guard !hasDiscreteDelays, let least = delays.min(), let most = delays.max() else {
            return delays.contains(delay)
        }
        return (least...most).contains(delay)
    }
}

/// `tt:RelayIdleState` and `tt:DigitalIdleState`.
package enum Contact: String, Codable, CaseIterable, Sendable {
    case closed, open
}

/// A digital input with something connected to it.
package struct DigitalInputModel: Codable, Equatable, Sendable {
    /// When the contact leaves its normal state; never where nil.
    package var schedule: AlarmSchedule?
    package var normally: Contact
    /// Whether clients may say which state of the contact is idle.
    package var isConfigurable: Bool

    package init(schedule: AlarmSchedule?, normally: Contact = .open, isConfigurable: Bool = true) {
        self.schedule = schedule
        self.normally = normally
        self.isConfigurable = isConfigurable
    }

    /// The contact at a moment of the device's clock.
    package func contact(at time: Date) -> Contact {
        let isAway = schedule?.isOn(at: time.timeIntervalSince1970) ?? false
        return isAway == (normally == .open) ? .closed : .open
    }
}

/// A serial port.
package struct SerialPortModel: Codable, Equatable, Sendable {
    /// `tmd:SerialPortType`.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case rs232 = "RS232"
        case rs422HalfDuplex = "RS422HalfDuplex"
        case rs422FullDuplex = "RS422FullDuplex"
        case rs485HalfDuplex = "RS485HalfDuplex"
        case rs485FullDuplex = "RS485FullDuplex"
    }

    /// `tmd:ParityBit`.
    package enum Parity: String, Codable, CaseIterable, Sendable {
        case none = "None"
        case even = "Even"
        case odd = "Odd"
    }

    package var kind: Kind
    /// Bits a second; at least one, the first is the factory's choice.
    package var baudRates: [Int]
    /// Whether a plug sends back all that is transmitted; otherwise nothing is connected.
    package var hasLoopback: Bool
    package let parities = Parity.allCases
    package let characterLengths = [8, 7]
    package let stopBits: [Double] = [1, 2]

    package init(kind: Kind, baudRates: [Int] = [9600, 19_200, 38_400, 115_200], hasLoopback: Bool = false) {
        precondition(!baudRates.isEmpty, "a serial port without a baud rate")
        self.kind = kind
        self.baudRates = baudRates
        self.hasLoopback = hasLoopback
    }

    private enum CodingKeys: String, CodingKey { case kind, baudRates, hasLoopback }
}

/// A connector for a monitor, which shows the whole picture.
package struct VideoOutputModel: Codable, Equatable, Sendable {
    package var resolution: Resolution
    /// Pictures a second.
    package var refreshRate: Double

    package init(resolution: Resolution, refreshRate: Double) {
        self.resolution = resolution
        self.refreshRate = refreshRate
    }
}
