package import XML

extension EventService {
    /// Tells the last message of a topic, which only properties have: what they say now.
    ///
    /// Source: WS-BaseNotification 1.3 §4.3 GetCurrentMessage; ONVIF Core 26.06 §9.3.2 Requirements.
    package struct GetCurrentMessage: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let namespace = XMLNamespace.wsnt
        package static let responseAction = notificationProducer + "GetCurrentMessageResponse"

        package static func isSupported(by model: DeviceModel) -> Bool { model.events.maximumNotificationProducers > 0 }

        package var topic: XMLElement

        package init(_ request: XMLElement) throws(Fault) {
            topic = try request.required("Topic")
        }

        /// - Throws: `NoCurrentMessageOnTopicFault`, `MultipleTopicsSpecifiedFault`, and the faults of a topic filter.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let topics = device.events.topics
            let expression = try EventFilter.topicExpression(topic, announced: topics, now: call.now)
            let selected = topics.filter { expression.matches($0.path) }
            guard selected.count == 1, let topic = selected.first else {
                throw .notification(
                    .multipleTopicsSpecified, reason: "the expression selects \(selected.count) topics; ask for one",
                    at: call.now)
            }
            guard let value = topic.values?(device, call.now).first else {
                throw .notification(
                    .noCurrentMessageOnTopic, reason: "\(topic.path) has no message that is still true", at: call.now)
            }
            return Response(
                message: Event(
                    topic: topic.path, time: call.now, operation: .initialized, source: value.source, data: value.data))
        }

        package struct Response: ResponseMessage, Equatable {
            package var message: Event

            package func write(to writer: inout XMLWriter) {
                message.writeMessage(to: &writer)
            }
        }
    }
}
