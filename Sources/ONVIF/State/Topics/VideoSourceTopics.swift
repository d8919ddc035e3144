import Foundation

extension EventTopic {
    static let videoSource = [motionAlarm, globalSceneChange]

    /// Source: ONVIF Imaging 26.06, Events, MotionAlarm and GlobalSceneChange.
    package static let motionAlarm = alarm("tns1:VideoSource/MotionAlarm") { $0.motion }
    package static let globalSceneChange = alarm("tns1:VideoSource/GlobalSceneChange/ImagingService") { $0.tampering }

    /// A property that is on and off by a schedule.
    private static func alarm(
        _ path: String, _ schedule: @escaping @Sendable (EventModel) -> AlarmSchedule?
    ) -> EventTopic {
        EventTopic(
            property: path, source: [("Source", "tt:ReferenceToken")], data: [("State", "xs:boolean")],
            when: { schedule($0.events) != nil },
            nextChange: { device, now in
                schedule(device.model.events).map {
                    Date(timeIntervalSince1970: $0.nextChange(after: now.timeIntervalSince1970))
                }
            },
            values: { device, now in
                let isOn = schedule(device.model.events)?.isOn(at: now.timeIntervalSince1970) ?? false
                return [Value(source: [videoSourceItem], data: [isOn ? on : off])]
            })
    }

    // Shared by the alarms of all devices.
    private static let videoSourceItem = Event.Item("Source", MediaState.videoSourceToken)
    private static let on = Event.Item("State", "true")
    private static let off = Event.Item("State", "false")
}
