package import Foundation

/// What a device keeps over a restart, as one value.
///
/// Event subscriptions and running moves are not in it: they end with the reboot that a restart is. A head comes up at its
/// home position, uploaded firmware runs. The log and the stored events are in memory only, as they grow by themselves. A
/// sub-state that a device should keep is a line here, one in `init` and one in `DeviceState.take`; `KeptStateTests`
/// notices one that is neither kept nor listed as not kept.
package struct KeptState: Codable, Equatable, Sendable {
    /// Counts the shapes that this value had; `KeptState.migrate` knows the way from the older ones.
    package static let version = 1

    package var clock: DeviceClock
    package var system: SystemState
    package var network: NetworkState
    package var media: MediaState
    package var ptz: PTZState?
    package var imaging: [String: ImagingState]
    package var receivers: ReceiverState?
    package var thermal: [String: ThermalState]
    package var io: IOState
    package var security: SecurityState?
    package var maintenance: MaintenanceState
    /// Nil in what was kept before there were brokers.
    package var brokers: [EventBrokerConfiguration]?
    /// Where the device was served when this was kept; a restart may serve it elsewhere.
    package var identity: DeviceIdentity

    package init(_ device: DeviceState) {
        clock = device.clock
        system = device.system
        network = device.network
        media = device.media
        ptz = device.ptz?.atHome
        imaging = device.imaging.mapValues(\.atRest)
        receivers = device.receivers
        thermal = device.thermal
        io = device.io
        security = device.security
        maintenance = device.maintenance
        brokers = device.brokers.configurations
        maintenance.restart()
        identity = device.identity
    }
}

extension DeviceState {
    package var kept: KeptState { KeptState(self) }

    /// Brings back what was kept, as a start after a power cut does.
    ///
    /// - Parameters:
    ///   - kept: from a device of the same model.
    ///   - host: the host's clock.
    package mutating func restore(_ kept: KeptState, host: Date) {
        take(kept)
        restart(at: clock.now(host: host))
    }

    /// Puts the kept settings in the place of the present ones.
    mutating func take(_ kept: KeptState) {
        clock = kept.clock
        system = kept.system
        network = kept.network
        network.move(from: kept.identity, to: identity)
        media = kept.media
        ptz = kept.ptz
        imaging = kept.imaging
        receivers = kept.receivers
        thermal = kept.thermal
        io = kept.io
        security = kept.security
        maintenance = kept.maintenance
        brokers = EventBrokerState()
        brokers.configurations = kept.brokers ?? []
    }
}

extension KeptState {
    /// The RTSP port that a client chose; nil where the one that the device was started with holds.
    package var chosenRTSPPort: Int? { network.rtspPort == identity.rtspPort ? nil : network.rtspPort }

    package var isRTSPEnabled: Bool { network.protocols.first { $0.name == .rtsp }?.isEnabled ?? true }

    /// Infinities, which JSON has no numbers for, as XML Schema writes them: PTZ limits that are off.
    private static let (positiveInfinity, negativeInfinity, nan) = ("INF", "-INF", "NaN")

    /// - Throws: `EncodingError`.
    package func json() throws -> Data {
        try Self.encoder().encode(self)
    }

    /// - Parameters:
    ///   - json: what `json()` made.
    ///   - version: the version that made it.
    /// - Throws: `DecodingError`, `KeptVersionError`.
    package init(json: Data, version: Int) throws {
        self = try Self.decoder().decode(Self.self, from: Self.migrate(json, from: version))
    }

    /// Brings what an older version kept into the present shape, one version at a time.
    ///
    /// - Throws: `KeptVersionError` for versions that this program does not know.
    private static func migrate(_ json: Data, from version: Int) throws(KeptVersionError) -> Data {
        guard version == Self.version else { throw KeptVersionError(version: version) }
        return json
    }

    static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: positiveInfinity, negativeInfinity: negativeInfinity, nan: nan)
        return decoder
    }

    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: positiveInfinity, negativeInfinity: negativeInfinity, nan: nan)
        return encoder
    }
}

/// The state was kept by a version of this program that is not known here.
package struct KeptVersionError: Error, Equatable, CustomStringConvertible {
    package let version: Int

    package init(version: Int) { self.version = version }

    package var description: String { "it is of version \(version); this program reads version \(KeptState.version)" }
}

extension DeviceModel {
    /// The model as bytes that are the same whenever the model is, to tell models apart.
    ///
    /// - Throws: `EncodingError`.
    package func canonicalJSON() throws -> Data {
        let encoder = KeptState.encoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(self)
    }
}

extension NetworkState {
    /// What the factory set follows the device to where it is served now; what a client chose stays.
    fileprivate mutating func move(from old: DeviceIdentity, to new: DeviceIdentity) {
        for index in protocols.indices {
            switch protocols[index].name {
            case .http: protocols[index].ports = [new.httpPort]
            case .rtsp where protocols[index].ports == [old.rtspPort]: protocols[index].ports = [new.rtspPort]
            case .rtsp, .https: break
            }
        }
        if interface == NetworkInterface(identity: old) { interface = NetworkInterface(identity: new) }
    }
}

extension PTZState {
    /// The head without its moves, looking where it looks when it is switched on.
    fileprivate var atHome: PTZState {
        var head = self
        head.lookHome()
        head.commanded = nil
        head.recall = .none
        head.run = nil
        head.tracking = nil
        return head
    }
}

extension ImagingState {
    /// The focus where its move ends.
    fileprivate var atRest: ImagingState {
        var imaging = self
        imaging.focus = PTZTrajectory(at: focus.rest)
        return imaging
    }
}
