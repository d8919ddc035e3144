import Analytics
import Foundation
import Metadata
import ONVIF
import Truth

/// A device whose rules look at what its analytics find.
extension Device {
    /// Judges the rules of a video source by what was found in one picture, and tells what happened.
    ///
    /// - Parameters:
    ///   - frame: times rise from one to the next.
    ///   - source: index of the video source.
    func observe(_ frame: MetadataFrame, ofSource source: Int) {
        guard prepareRules(ofSource: source) else { return }
        let wasMoving = ruleEngines[source]?.isMoving ?? false
        let reports = ruleEngines[source]?.observe(frame) ?? []
        let isMoving = ruleEngines[source]?.isMoving ?? false
        guard !reports.isEmpty || isMoving != wasMoving else { return }
        tell(reports, ofSource: source, isMoving: isMoving, at: Double(frame.utc) / 1e9)
    }

    /// Judges the rules that listen.
    ///
    /// - Parameters:
    ///   - sound: what is heard; events that are no sounds of a known class tell nothing.
    ///   - source: index of the video source whose analytics listen.
    ///   - time: seconds since 1970 by the host's clock.
    func observe(sound: TruthEvent, ofSource source: Int, at time: Double) {
        guard let heard = SoundClass.of(sound), prepareRules(ofSource: source), let engine = ruleEngines[source] else {
            return
        }
        let reports = engine.hear(heard)
        guard !reports.isEmpty else { return }
        tell(reports, ofSource: source, isMoving: engine.isMoving, at: time)
    }

    /// Whether somebody wants rules judged, so that pictures must be looked at though nobody takes the metadata.
    var wantsObservation: Bool { !isDown && state.wantsRules }

    private func tell(_ reports: [RuleReport], ofSource source: Int, isMoving: Bool, at time: Double) {
        update(changesDevice: false) { state, _ in
            let time = state.clock.now(host: Date(timeIntervalSince1970: time))
            state.observe(reports, ofSource: source, isMoving: isMoving, at: time)
        }
    }

    /// Brings the rules at work up to date with those that are configured.
    ///
    /// - Returns: whether the source has any.
    private func prepareRules(ofSource source: Int) -> Bool {
        guard !isDown, let model = state.model.analytics, model.hasScene,
            let configuration = state.media.analytics.first(where: { $0.source == source })
        else { return false }
        let context = RuleContext(model: model, clock: state.clock, picture: state.model.videos[source].sensor)
        ruleEngines[source, default: RuleEngine(context: context)].configure(
            configuration.rules, modules: configuration.modules, context: context)
        return true
    }
}
