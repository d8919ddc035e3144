import Certificates
import Crypto
import Foundation
import MQTT
import NIOCore
import ONVIF

/// The connections of a device to its event brokers; on the device's loop.
final class Brokers {
    /// Judges the certificate of a broker, DER, its own first, by a policy of the keystore.
    typealias Judge = @Sendable (_ chain: [[UInt8]], _ policy: String) async -> Bool

    /// What a connection is made of; another one is made where it differs.
    private struct Wanted: Equatable {
        var configuration: EventBrokerConfiguration
        /// The client's certificate, its own first.
        var chain: [Data]
        var privateKey: PrivateKey?
    }

    private struct Running {
        let wanted: Wanted
        let session: MQTTSession
        /// Messages that the bound has cost while the broker was away.
        var missed = 0
    }

    private let loop: any EventLoop
    private let device: UUID
    private let judge: Judge
    private let note: (String) -> Void
    /// By the text of the address.
    private var running: [String: Running] = [:]

    /// - Parameters:
    ///   - loop: the device's.
    ///   - device: makes clients of one broker different.
    ///   - judge: asked for brokers that have a policy.
    ///   - note: takes what belongs into the device's log.
    init(loop: any EventLoop, device: UUID, judge: @escaping Judge, note: @escaping (String) -> Void) {
        self.loop = loop
        self.device = device
        self.judge = judge
        self.note = note
    }

    /// Connects to the brokers of a state, and leaves those that it does not have any more.
    func follow(_ state: DeviceState) {
        let wanted = state.brokers.configurations.map { configuration in
            let keystore = state.security?.keystore
            let key = configuration.certificate.flatMap { keystore?.privateKey(ofCertificate: $0) }
            return Wanted(
                configuration: configuration,
                chain: key == nil ? [] : configuration.certificate.flatMap { keystore?.chain(of: $0) } ?? [],
                privateKey: key)
        }
        for (address, running) in running where !wanted.contains(running.wanted) {
            running.session.stop()
            self.running[address] = nil
        }
        for wanted in wanted where running[wanted.configuration.address.text] == nil { begin(wanted) }
    }

    func stop() {
        for running in running.values { running.session.stop() }
        running = [:]
    }

    /// Puts messages behind those that wait for the broker.
    func publish(_ messages: [EventBrokerMessage], to address: String) {
        guard let running = running[address],
            let quality = MQTTQuality(rawValue: running.wanted.configuration.quality)
        else { return }
        for message in messages {
            running.session.publish(
                MQTTMessage(
                    topic: message.topic, payload: Array(message.payload.utf8), quality: quality,
                    isRetained: message.isRetained))
        }
    }

    /// How the connections are, by the text of the address.
    var links: [String: EventBrokerLink] {
        running.mapValues { running in
            let figures = running.session.figures
            let status: EventBrokerLink.Status =
                switch running.session.status {
                case .offline: .offline
                case .connecting: .connecting
                case .connected: .connected
                }
            return EventBrokerLink(
                status: status, waiting: figures.waiting, delivered: figures.delivered, dropped: figures.dropped,
                limit: running.session.settings.messageLimit)
        }
    }

    // MARK: Connections

    private func begin(_ wanted: Wanted) {
        let configuration = wanted.configuration
        let address = configuration.address
        var settings = MQTTSession.Settings(
            clientIdentifier: identifier(for: address), endpoint: endpoint(wanted), userName: configuration.userName,
            password: configuration.password, isLasting: configuration.quality > 0)
        settings.backoff = .usual
        let session = MQTTSession(settings, on: loop) { [weak self] news in self?.hear(news, of: address.text) }
        running[address.text] = Running(wanted: wanted, session: session)
        session.start()
    }

    private func endpoint(_ wanted: Wanted) -> MQTTEndpoint {
        let address = wanted.configuration.address
        var encryption: MQTTEndpoint.Encryption?
        if address.scheme.isEncrypted {
            var settings = MQTTEndpoint.Encryption()
            settings.chain = wanted.chain.map { Array($0) }
            settings.privateKey = wanted.privateKey?.secretPEM
            if let policy = wanted.configuration.policy {
                let judge = judge
                settings.judge = { chain in await judge(chain, policy) }
            }
            encryption = settings
        }
        return MQTTEndpoint(
            host: address.host, port: address.port,
            carrier: address.scheme.isWebSocket ? .webSocket(target: address.resource) : .stream,
            encryption: encryption)
    }

    /// The same for the same device and broker, so that the broker finds the session again; 18 characters, as every broker
    /// takes 23 (OASIS MQTT Version 3.1.1 §3.1.3.1).
    private func identifier(for address: EventBrokerAddress) -> String {
        let digest = SHA256.hash(data: Data("\(device.uuidString) \(address.text)".utf8))
        return "ge" + digest.prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private func hear(_ news: MQTTSession.News, of address: String) {
        switch news {
        case .connected:
            let missed = running[address]?.missed ?? 0
            running[address]?.missed = 0
            let loss = missed == 0 ? "" : "; \(missed) messages were dropped, as at most \(MQTTQueue.messageLimit) wait"
            note("event broker \(address): connected\(loss)")
        case .failed(let error, let count):
            // The attempts that follow tell nothing new.
            if count == 1 { note("event broker \(address): \(error)") }
        case .dropped(let count):
            if running[address]?.missed == 0 {
                note("event broker \(address): the queue is full, the oldest messages are dropped")
            }
            running[address]?.missed += count
        case .unsendable(let reason): note("event broker \(address): a message cannot be sent: \(reason)")
        }
    }
}

extension KeystoreState {
    /// The certificate with those that sign it, DER, as a certification path has them.
    fileprivate func chain(of certificate: String) -> [Data] {
        if let path = paths.first(where: { $0.certificates.first == certificate }) {
            return certificates(ofPath: path).map(\.der)
        }
        return certificates.first { $0.id == certificate }.map { [$0.certificate.der] } ?? []
    }
}
