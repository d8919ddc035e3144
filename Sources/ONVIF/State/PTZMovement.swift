package import Foundation

/// Movements of the head as the whole device knows them: with the events of the presets.
extension DeviceState {
    /// Leaves everything under way its remaining time when the device's clock is set.
    package mutating func clockMoved(by seconds: TimeInterval) {
        events.clockMoved(by: seconds)
        receivers?.clockMoved(by: seconds)
        ptz?.clockMoved(by: seconds)
        for source in imaging.keys { imaging[source]?.clockMoved(by: seconds) }
        for source in thermal.keys { thermal[source]?.clockMoved(by: seconds) }
        io.clockMoved(by: seconds)
        maintenance.clockMoved(by: seconds)
    }

    /// Changes the head's movement, which ends its tour and tracking, and tells what that means for a preset: it is left,
    /// or its recall is aborted.
    mutating func changeMovement<Result>(
        now: Date, keepsTour: Bool = false, _ change: (inout PTZState) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        settlePreset(now: now)
        guard var head = ptz else { throw .receiver("ActionNotSupported", reason: "this device has no PTZ head") }
        let before = (head.pan, head.tilt, head.zoom)
        if !keepsTour { head.yieldTour() }
        head.tracking = nil
        head.commanded = now
        let result = try change(&head)
        if (head.pan, head.tilt, head.zoom) != before {
            switch head.recall {
            case .invoked(let preset, _):
                publish(.presetAborted, preset, at: now)
                head.recall = .none
            case .reached(let preset) where head.isMoving(at: now):
                publish(.presetLeft, preset, at: now)
                head.recall = .none
            case .reached, .none:
                break
            }
        }
        ptz = head
        return result
    }

    /// Moves to a preset and tells so.
    mutating func recall(_ preset: PTZState.Preset, _ rates: PTZState.Rates, now: Date) throws(Fault) {
        try changeMovement(now: now) { (head) throws(Fault) in
            head.move(pan: preset.view.pan, tilt: preset.view.tilt, zoom: preset.view.zoom, rates, now: now)
        }
        publish(.presetInvoked, preset, at: now)
        if let arrival = ptz?.arrival { ptz?.recall = .invoked(preset, arrival: max(arrival, now)) }
        settlePreset(now: now)
    }

    /// Tells that a preset is reached, where its time has come, and brings the tour to the moment.
    ///
    /// A head that stops elsewhere, because limits or a speed of zero kept it, has aborted the recall.
    mutating func settlePreset(now: Date) {
        ptz?.settleTour(at: now)
        guard let head = ptz, case .invoked(let preset, let arrival) = head.recall, arrival <= now else { return }
        let isThere = head.view(at: arrival) == preset.view
        ptz?.recall = isThere ? .reached(preset) : .none
        publish(isThere ? .presetReached : .presetAborted, preset, at: arrival)
    }

    mutating func publish(_ topic: EventTopic, _ preset: PTZState.Preset, at time: Date) {
        events.publish(
            Event(
                topic: topic.path, time: time,
                source: [.init("PTZConfigurationToken", PTZState.configurationToken)],
                data: [.init("PresetToken", preset.token), .init("PresetName", preset.name)]))
    }
}
