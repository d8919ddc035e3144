/// A message on its way to a broker.
///
/// Source: OASIS MQTT Version 3.1.1 §3.3 PUBLISH.
package struct MQTTMessage: Equatable, Sendable {
    /// Without wildcards, 1…65,535 bytes of UTF-8.
    package var topic: String
    /// Empty to have the broker forget what it retains of the topic.
    package var payload: [UInt8]
    package var quality: MQTTQuality
    /// The broker keeps it for those who subscribe later.
    package var isRetained: Bool

    package init(topic: String, payload: [UInt8], quality: MQTTQuality, isRetained: Bool = false) {
        self.topic = topic
        self.payload = payload
        self.quality = quality
        self.isRetained = isRetained
    }

    /// What it takes in a queue, bytes.
    package var size: Int { topic.utf8.count + payload.count }
}

/// What is guaranteed of a delivery.
///
/// Source: OASIS MQTT Version 3.1.1 §4.3 Quality of Service levels and protocol flows.
package enum MQTTQuality: Int, Codable, CaseIterable, Sendable {
    case atMostOnce = 0
    case atLeastOnce = 1
    case exactlyOnce = 2
}
