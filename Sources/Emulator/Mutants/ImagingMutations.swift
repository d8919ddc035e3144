import ONVIF
import XML

extension Mutation {
    static let imagingMutations: [Mutation] = [
        Mutation(
            .alarmsAreNoProperties, "IsProperty of alarms is false",
            alarmDescriptions { $0.change("MessageDescription") { $0.setAttribute("IsProperty", "false") } }),
        Mutation(
            .alarmsWithoutSource, "alarms are described without Source",
            alarmDescriptions { $0.remove("Source") }),
        Mutation(
            .alarmSourceIsString, "the source of alarms has the type xs:string",
            alarmDescriptions { topics in
                topics.change("Source") { $0.change("SimpleItemDescription") { $0.setAttribute("Type", "xs:string") } }
            }),
        Mutation(
            .alarmStateIsDescribedAsString, "the state of alarms has the type xs:string",
            alarmDescriptions { topics in
                topics.change("Data") { $0.change("SimpleItemDescription") { $0.setAttribute("Type", "xs:string") } }
            }),
        Mutation(
            .alarmStateIsNoBoolean, "the state of alarms is told as off",
            alarmMessages { $0.change("Data") { $0.change("SimpleItem") { $0.setAttribute("Value", "off") } } }),
        Mutation(
            .messagesOfAlarmsWithoutSource, "alarms are told without Source",
            alarmMessages { $0.remove("Source") }),
        Mutation(
            .alarmsAreNotTold, "messages of alarms are lost",
            .exchange(operation: "PullMessages", service: .events) { exchange in
                exchange.edit { $0.children.removeAll(where: isAlarm) }
            }),
        Mutation(
            .forgetsImagingSettings, "SetImagingSettings changes nothing",
            .forgets("SetImagingSettings", of: .imaging)),
        Mutation(
            .forgetsContrast, "Contrast cannot be changed",
            .exchange(operation: "SetImagingSettings", service: .imaging) { $0.perform { $0.remove("Contrast") } }),
        Mutation(
            .imagingLevelsAreOff, "Brightness is told 5 too low",
            .exchange(operation: "GetImagingSettings", service: .imaging) {
                $0.edit { $0.change("Brightness") { $0.text = "\((Double($0.text) ?? 0) - 5)" } }
            }),
        Mutation(
            .refusesImagingSettings, "SetImagingSettings is refused",
            .refuses("SetImagingSettings", of: .imaging)),
        Mutation(
            .irCutFilterStaysOff, "IrCutFilter AUTO is taken for OFF",
            .exchange(operation: "SetImagingSettings", service: .imaging) { exchange in
                exchange.perform { $0.change("IrCutFilter") { $0.text = "OFF" } }
            }),
        Mutation(
            .forgetsFocusSpeed, "DefaultSpeed of the focus is always told as 1",
            .exchange(operation: "GetImagingSettings", service: .imaging) {
                $0.edit { $0.change("DefaultSpeed") { $0.text = "1" } }
            }),
        Mutation(
            .imagingAnswersForAnySource, "any video source token is taken",
            .exchange(operation: nil, service: .imaging) { exchange in
                guard exchange.fault?.subcodes.contains("NoSource") == true else { return }
                exchange.perform { $0.change("VideoSourceToken") { $0.text = MediaState.videoSourceToken } }
            }),
        Mutation(
            .imagingFaultsWithoutReason, "NoSource is missing in faults",
            .exchange(operation: nil, service: .imaging) { exchange in
                if exchange.fault?.subcodes.contains("NoSource") == true { exchange.refuse() }
            }),
    ]

    /// Changes what lies below VideoSource in the topic set.
    private static func alarmDescriptions(_ change: @escaping @Sendable (inout XMLElement) -> Void) -> Rule {
        .exchange(operation: "GetEventProperties", service: .events) { $0.edit { $0.change("VideoSource", change) } }
    }

    /// Changes messages of topics below VideoSource.
    private static func alarmMessages(_ change: @escaping @Sendable (inout XMLElement) -> Void) -> Rule {
        .exchange(operation: "PullMessages", service: .events) { exchange in
            exchange.edit { response in
                for index in response.children.indices where isAlarm(response.children[index]) {
                    change(&response.children[index])
                }
            }
        }
    }

    @Sendable private static func isAlarm(_ message: XMLElement) -> Bool {
        message.child("Topic")?.text.contains(":VideoSource/") == true
    }
}
