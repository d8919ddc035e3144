/// IEEE 802.1X configurations: kept and bound to interfaces, and never performed, since there is no switch.
///
/// Source: ONVIF Security 26.06 §4.5 IEEE 802.1X.
package struct Dot1XState: Codable, Equatable, Sendable {
    package struct Configuration: Codable, Equatable, Sendable {
        package let id: String
        package var alias: String?
        package var outer: Stage
    }

    /// An authentication method with what it needs.
    package struct Stage: Codable, Equatable, Sendable {
        package var method: String
        package var identity: String?
        /// Identifiers of objects in the keystore.
        package var path: String?
        package var passphrase: String?
        package var policy: String?
        /// The method inside the tunnel of this one: none or one.
        package var inner: [Stage] = []

        /// This stage and those inside it.
        var all: [Stage] { [self] + inner.flatMap(\.all) }
    }

    package internal(set) var configurations: [Configuration] = []
    /// Identifiers of configurations by the token of the interface.
    package internal(set) var bindings: [String: String] = [:]
    var lastNumber = 0

    var stages: [Stage] { configurations.flatMap(\.outer.all) }

    /// The methods that can be configured: outer, or outer and inner.
    package static let methods = ["EAP-PEAP/MSCHAPv2", "EAP-TLS", "EAP-MD5"]
    /// The deepest nesting of stages that is read.
    static let depthLimit = 2
}
