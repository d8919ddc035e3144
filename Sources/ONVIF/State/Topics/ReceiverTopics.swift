import Foundation

extension EventTopic {
    static let receiver = [receiverChangeState, receiverConnectionFailed]

    private static func hasReceivers(_ model: DeviceModel) -> Bool { model.receivers != nil }

    /// Source: ONVIF Receiver 26.06 §5.6.1 ChangeState.
    package static let receiverChangeState = EventTopic(
        "tns1:Receiver/ChangeState", source: [("ReceiverToken", "tt:ReferenceToken")],
        data: [("NewState", "tt:ReceiverState"), ("MediaUri", "tt:MediaUri")], when: hasReceivers)
    /// Source: ONVIF Receiver 26.06 §5.6.2 Connection Failed.
    package static let receiverConnectionFailed = EventTopic(
        "tns1:Receiver/ConnectionFailed", source: [("ReceiverToken", "tt:ReferenceToken")],
        data: [("MediaUri", "tt:MediaUri")], when: hasReceivers)
}

extension Event {
    static func receiverChanged(_ receiver: Receiver, to state: Receiver.State, at time: Date) -> Event {
        Event(
            topic: EventTopic.receiverChangeState.path, time: time, source: [Item("ReceiverToken", receiver.token)],
            data: [Item("NewState", state.rawValue), Item("MediaUri", receiver.configuration.address)])
    }

    static func receiverFailed(_ receiver: Receiver, at time: Date) -> Event {
        Event(
            topic: EventTopic.receiverConnectionFailed.path, time: time,
            source: [Item("ReceiverToken", receiver.token)], data: [Item("MediaUri", receiver.configuration.address)])
    }
}
