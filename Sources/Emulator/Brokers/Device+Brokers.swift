import Certificates
import Foundation
import Metadata
import NIOCore
import ONVIF
import XML

/// A device that publishes what happens to event brokers.
extension Device {
    /// Connects to the brokers that the state has now, and leaves the others.
    func followBrokers() {
        guard !isDown else { return }
        if brokers == nil {
            guard !state.brokers.configurations.isEmpty else { return }
            let loop = loop
            brokers = Brokers(
                loop: loop, device: state.identity.uuid,
                judge: { [weak self] chain, policy in await self?.judgeBroker(chain, policy: policy) ?? false },
                note: { [weak self] text in
                    let device = self
                    // Behind the change that has told it.
                    loop.execute { device?.assumeIsolated { $0.note(text) } }
                })
        }
        brokers?.follow(state)
    }

    private func note(_ text: String) {
        update(changesDevice: false) { state, now in state.log.note(.system, text, at: now) }
    }

    /// Ends all connections to brokers; what waits for them is gone.
    func leaveBrokers() {
        brokers?.stop()
        brokers = nil
    }

    private func judgeBroker(_ chain: [[UInt8]], policy: String) async -> Bool {
        guard let validator = state.brokerValidator(policy: policy) else { return false }
        return await validator.validate(chain.map { Data($0) }, at: now) != nil
    }

    // MARK: Scene descriptions

    /// Whether a broker takes scene descriptions, so that pictures must be looked at though nobody takes the metadata.
    var wantsBrokerMetadata: Bool {
        brokers != nil && state.brokers.configurations.contains { $0.metadataFilter != nil }
    }

    /// Publishes the description of a picture to the brokers that ask for it, once for each media profile that has the
    /// analytics of that source.
    func publish(_ frame: MetadataFrame, ofSource source: Int) {
        guard wantsBrokerMetadata, let brokers,
            let analytics = state.media.analytics.first(where: { $0.source == source })
        else { return }
        let module = frame.source ?? analytics.modules.first?.name ?? analytics.name
        var payload: String?
        for profile in state.media.profiles where profile[.analytics] == analytics.token {
            for broker in state.brokers.configurations {
                let filtered = EventBrokerMessage.videoAnalyticsFilterTopic(profile: profile.token, module: module)
                guard broker.wantsMetadata(of: filtered) else { continue }
                let text = payload ?? MetadataJSON.text(of: [frame])
                payload = text
                let topic = EventBrokerMessage.videoAnalyticsTopic(
                    prefix: broker.topicPrefix, profile: profile.token, module: module)
                brokers.publish(
                    [EventBrokerMessage(topic: topic, payload: text, isRetained: false)], to: broker.address.text)
            }
        }
    }
}
