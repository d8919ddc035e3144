import Certificates
package import Foundation
package import XML

extension SecurityService {
    /// Starts making a key pair; the topic KeyStatus and GetKeyStatus tell when it is there.
    ///
    /// Source: ONVIF Security 26.06 §5.2.6.2.1 CreateRSAKeyPair.
    package struct CreateRSAKeyPair: ServiceOperation {
        package static let service = Service.security
        package static let access = AccessClass.writeSystem

        private var length: Int
        private var alias: String?

        package static func isSupported(by model: DeviceModel) -> Bool {
            model.security?.rsaKeyLengths.isEmpty == false
        }

        package init(_ request: XMLElement) throws(Fault) {
            length = try request.integer("KeyLength")
            alias = try request.alias()
        }

        /// - Throws: `InvalidArgVal/KeyLength`, `Action/MaximumNumberOfKeysReached`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> KeyPairResponse {
            let lengths = device.model.security?.rsaKeyLengths ?? []
            guard lengths.contains(length) else {
                throw .sender("InvalidArgVal", "KeyLength", reason: "\(length) bits are none of \(lengths)")
            }
            return try device.startGeneration(of: .rsa(bits: length), alias: alias, at: call.now)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.2.2 CreateECCKeyPair.
    package struct CreateECCKeyPair: ServiceOperation {
        package static let service = Service.security
        package static let access = AccessClass.writeSystem

        private var curve: String
        private var alias: String?

        package static func isSupported(by model: DeviceModel) -> Bool {
            model.security?.ellipticCurves.isEmpty == false
        }

        package init(_ request: XMLElement) throws(Fault) {
            curve = try request.string("EllipticCurve")
            alias = try request.alias()
        }

        /// - Throws: `InvalidArgVal/UnsupportedEllipticCurve`, `Action/MaximumNumberOfKeysReached`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> KeyPairResponse {
            let curves = device.model.security?.ellipticCurves ?? []
            guard let known = EllipticCurve(rawValue: curve), curves.contains(known) else {
                throw .sender(
                    "InvalidArgVal", "UnsupportedEllipticCurve",
                    reason: "\"\(curve)\" is none of \(curves.map(\.rawValue).joined(separator: ", "))")
            }
            return try device.startGeneration(of: .ec(known), alias: alias, at: call.now)
        }
    }

    package struct KeyPairResponse: ResponseMessage, Equatable {
        package var id: String
        /// Seconds.
        package var estimate: TimeInterval

        package func write(to writer: inout XMLWriter) {
            writer.element(.tas, "KeyID", id)
            writer.element(.tas, "EstimatedCreationTime", XSDuration.string(estimate))
        }
    }
}

extension DeviceState {
    fileprivate mutating func startGeneration(
        of algorithm: KeyAlgorithm, alias: String?, at time: Date
    ) throws(Fault) -> SecurityService.KeyPairResponse {
        let id = try changeSecurity { (security, model) throws(Fault) in
            let keystore = security.keystore
            try keystore.room(keystore.keys.count, model.maximumKeys, "keys", "MaximumNumberOfKeysReached")
            let id = security.keystore.newID("Key")
            security.keystore.keys.append(
                KeystoreState.Key(id: id, alias: alias, status: .generating, isExternal: false))
            return id
        }
        effects.append(.generateKey(id: id, algorithm))
        events.publish(.keyStatus(id, from: nil, to: .generating, at: time))
        return SecurityService.KeyPairResponse(id: id, estimate: algorithm.estimatedCreationTime)
    }
}

extension KeyAlgorithm {
    /// Seconds; the mean of some keys made on one core of a server, rounded up.
    fileprivate var estimatedCreationTime: TimeInterval {
        switch self {
        case .rsa(...2048): 1
        case .rsa(...3072): 2
        case .rsa: 5
        case .ec: 0.1
        }
    }
}
