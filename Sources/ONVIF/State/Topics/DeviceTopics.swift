extension EventTopic {
    static let device = [lastReboot]

    /// Source: ONVIF Core 26.06, Device management events, Monitoring.
    package static let lastReboot = EventTopic(
        property: "tns1:Monitoring/OperatingTime/LastReboot", data: [("Status", "xs:dateTime")], when: { _ in true }
    ) { device, _ in
        [Value(data: [Event.Item("Status", XSDateTime.string(device.bootTime))])]
    }
}
