import Foundation

extension EventTopic {
    static let thermal = [radiometryAlarm]

    /// A temperature beyond what somebody set as its limit, at every thermal video source that measures.
    ///
    /// Source: ONVIF Thermal 26.06 §5.2.1 Radiometry Alarms.
    package static let radiometryAlarm = EventTopic(
        property: "tns1:VideoSource/RadiometryAlarm", source: [("VideoSource", "tt:ReferenceToken")],
        data: [("State", "xs:boolean")], when: { $0.thermal?.measures ?? false && $0.thermal?.alarm != nil },
        nextChange: { device, now in
            device.model.thermal?.alarm.map {
                Date(timeIntervalSince1970: $0.nextChange(after: now.timeIntervalSince1970))
            }
        }
    ) { device, now in
        let isOn = device.model.thermal?.alarm?.isOn(at: now.timeIntervalSince1970) ?? false
        return device.thermal.keys.sorted().map { token in
            Value(source: [Event.Item("VideoSource", token)], data: [Event.Item("State", "\(isOn)")])
        }
    }
}
