package import Foundation

/// The receivers of streams of other devices.
///
/// The emulator opens no connections to the outside: every attempt of a receiver lasts a while and fails, and the next one
/// follows. Nothing on the device consumes streams, so that a receiver in `AutoConnect` mode has no reason to connect.
///
/// Source: ONVIF Receiver 26.06 §5 Service, §5.2 Receiver modes.
package struct ReceiverState: Codable, Equatable, Sendable {
    /// The longest address, in characters; ONVIF asks for 128 at least.
    package static let addressLimit = 256
    /// Seconds that an attempt to connect lasts.
    static let attemptDuration: TimeInterval = 2
    /// Seconds from one attempt to the next.
    static let attemptInterval: TimeInterval = 30

    package private(set) var receivers: [Receiver] = []
    private let limit: Int
    private var lastNumber = 0

    /// - Parameter limit: the most receivers.
    init(limit: Int) {
        self.limit = limit
    }

    /// - Throws: `InvalidArgVal/UnknownToken`.
    package func receiver(_ token: String) throws(Fault) -> Receiver {
        receivers[try index(token)]
    }

    private func index(_ token: String) throws(Fault) -> Int {
        guard let index = receivers.firstIndex(where: { $0.token == token }) else {
            throw .sender("InvalidArgVal", "UnknownToken", reason: "there is no receiver \"\(token)\"")
        }
        return index
    }

    /// - Throws: `Action/MaxReceivers`.
    mutating func create(_ configuration: Receiver.Configuration, now: Date) throws(Fault) -> Receiver {
        guard receivers.count < limit else {
            throw .receiver(
                "Action", "MaxReceivers", reason: "the device has its \(limit) receivers already; delete one first")
        }
        lastNumber += 1
        let receiver = Receiver(token: "Receiver_\(lastNumber)", configuration: configuration, since: now)
        receivers.append(receiver)
        return receiver
    }

    /// - Throws: `InvalidArgVal/UnknownToken`.
    mutating func delete(_ token: String) throws(Fault) {
        receivers.remove(at: try index(token))
    }

    /// Changes the configuration, and begins anew to connect where that changed something.
    ///
    /// - Throws: `InvalidArgVal/UnknownToken`.
    mutating func configure(
        _ token: String, now: Date, _ change: (inout Receiver.Configuration) -> Void
    ) throws(Fault) {
        let index = try index(token)
        let before = receivers[index].configuration
        change(&receivers[index].configuration)
        if receivers[index].configuration != before { receivers[index].since = now }
    }

    /// What happened since this was called last: the state of each receiver that has another one, and failures.
    mutating func news(at now: Date) -> [Event] {
        var news: [Event] = []
        for index in receivers.indices {
            let receiver = receivers[index]
            let state = receiver.state(at: now)
            guard state != receiver.toldState else { continue }
            receivers[index].toldState = state
            if state == .notConnected, receiver.configuration.mode == .alwaysConnect {
                news.append(.receiverFailed(receiver, at: now))
            }
            news.append(.receiverChanged(receiver, to: state, at: now))
        }
        return news
    }

    /// When `news` will have something to tell; nil where it never will.
    func nextChange(after now: Date) -> Date? {
        receivers.compactMap { receiver in
            receiver.toldState == receiver.state(at: now) ? receiver.nextChange(after: now) : now
        }.min()
    }

    /// Begins anew after a start; receivers stay.
    mutating func restart(at now: Date) {
        for index in receivers.indices {
            receivers[index].since = now
            receivers[index].toldState = .notConnected
        }
    }

    /// Keeps what is going on when the device's clock is set.
    mutating func clockMoved(by seconds: TimeInterval) {
        for index in receivers.indices { receivers[index].since += seconds }
    }
}

/// `tt:Receiver`.
package struct Receiver: Codable, Equatable, Sendable {
    /// `tt:ReceiverMode`.
    package enum Mode: String, Codable, Sendable {
        case autoConnect = "AutoConnect"
        case alwaysConnect = "AlwaysConnect"
        case neverConnect = "NeverConnect"
    }

    /// `tt:ReceiverState`.
    package enum State: String, Codable, Sendable {
        case notConnected = "NotConnected"
        case connecting = "Connecting"
    }

    /// `tt:TransportProtocol`, those that a receiver takes.
    package enum Transport: String, Codable, Sendable {
        case udp = "UDP"
        case rtsp = "RTSP"
        case http = "HTTP"
    }

    /// `tt:ReceiverConfiguration`; the stream is always unicast.
    package struct Configuration: Codable, Equatable, Sendable {
        package var mode: Mode
        package var address: String
        package var transport: Transport
    }

    package let token: String
    package var configuration: Configuration
    /// When the receiver got its configuration.
    var since: Date
    fileprivate var toldState = State.notConnected

    init(token: String, configuration: Configuration, since: Date) {
        self.token = token
        self.configuration = configuration
        self.since = since
    }

    package func state(at now: Date) -> State {
        guard configuration.mode == .alwaysConnect else { return .notConnected }
        return phase(at: now) < ReceiverState.attemptDuration ? .connecting : .notConnected
    }

    fileprivate func nextChange(after now: Date) -> Date? {
        guard configuration.mode == .alwaysConnect else { return nil }
        let (phase, duration) = (phase(at: now), ReceiverState.attemptDuration)
        return now + (phase < duration ? duration : ReceiverState.attemptInterval) - phase
    }

    /// Seconds since the last attempt began.
    private func phase(at now: Date) -> TimeInterval {
        max(0, now.timeIntervalSince(since)).truncatingRemainder(dividingBy: ReceiverState.attemptInterval)
    }
}
