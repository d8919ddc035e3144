import Foundation

extension EventTopic {
    static let videoSource = [motionAlarm, globalSceneChange, imageTooBlurry]

    /// Source: ONVIF Imaging 26.06, Events, MotionAlarm and GlobalSceneChange.
    package static let motionAlarm = alarm(
        "tns1:VideoSource/MotionAlarm", observed: { $0.observations.moving }
    ) { $0.motion }
    package static let globalSceneChange = alarm("tns1:VideoSource/GlobalSceneChange/ImagingService") { $0.tampering }

    /// A property of each video source whose focus tells when it is far from sharp.
    ///
    /// Source: ONVIF Imaging 26.06 §5.5.1.1 ImageTooBlurry.
    package static let imageTooBlurry = EventTopic(
        property: "tns1:VideoSource/ImageTooBlurry/ImagingService", source: [("Source", "tt:ReferenceToken")],
        data: [("State", "xs:boolean")], when: \.tellsBlur,
        nextChange: { device, now in
            device.imaging.values.filter(\.model.tellsBlur).compactMap { $0.nextBlurChange(after: now) }.min()
        },
        values: { device, now in
            device.imaging.filter { $1.model.tellsBlur }.sorted { $0.key < $1.key }.map { token, imaging in
                Value(
                    source: [Event.Item("Source", token)], data: [Event.Item("State", "\(imaging.isBlurred(at: now))")])
            }
        })

    /// A property of each video source that is on and off by a schedule; the sources have their turns within the period.
    /// Where a device sees its scene, and the alarm can be seen, it is on at the observed sources.
    private static func alarm(
        _ path: String, observed: (@Sendable (DeviceState) -> Set<Int>)? = nil,
        _ schedule: @escaping @Sendable (EventModel) -> AlarmSchedule?
    ) -> EventTopic {
        let sees: @Sendable (DeviceModel) -> Bool = { observed != nil && $0.analytics?.hasScene == true }
        return EventTopic(
            property: path, source: [("Source", "tt:ReferenceToken")], data: [("State", "xs:boolean")],
            when: { schedule($0.events) != nil || sees($0) },
            nextChange: { device, now in
                guard !sees(device.model), let schedule = schedule(device.model.events) else { return nil }
                return device.model.videos.indices.map { index in
                    let delay = delay(ofSource: index, device.model, schedule)
                    let change = schedule.nextChange(after: now.timeIntervalSince1970 - delay) + delay
                    return Date(timeIntervalSince1970: change)
                }.min()
            },
            values: { device, now in
                if sees(device.model), let sources = observed?(device) {
                    return device.model.videos.indices.map { index in
                        let source = Event.Item("Source", MediaState.videoSourceToken(index))
                        return Value(source: [source], data: [sources.contains(index) ? on : off])
                    }
                }
                guard let schedule = schedule(device.model.events) else { return [] }
                return device.model.videos.indices.map { index in
                    let delay = delay(ofSource: index, device.model, schedule)
                    let isOn = schedule.isOn(at: now.timeIntervalSince1970 - delay)
                    let source = Event.Item("Source", MediaState.videoSourceToken(index))
                    return Value(source: [source], data: [isOn ? on : off])
                }
            })
    }

    /// Seconds by which the alarms of a source come later than those of the first.
    static func delay(ofSource index: Int, _ model: DeviceModel, _ schedule: AlarmSchedule) -> Double {
        schedule.period * Double(index) / Double(model.videos.count)
    }

    // Shared by the alarms of all devices.
    private static let on = Event.Item("State", "true")
    private static let off = Event.Item("State", "false")
}
