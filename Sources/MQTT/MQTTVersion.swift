/// The version of the protocol that brokers are spoken to in.
///
/// Source: OASIS MQTT Version 3.1.1.
package enum MQTTVersion: Int, Sendable {
    case mqtt311 = 4
}
