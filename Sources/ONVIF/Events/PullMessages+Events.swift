package import Foundation
package import XML

extension EventService {
    /// Fetches what waits at a pull point, and has the answer held while there is nothing.
    ///
    /// Source: ONVIF Core 26.06 §9.1.2 Pull messages.
    package struct PullMessages: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let responseAction = pullPointSubscription + "PullMessagesResponse"

        /// Seconds.
        package var timeout: TimeInterval
        package var messageLimit: Int

        package init(_ request: XMLElement) throws(Fault) {
            timeout = try request.duration("Timeout")
            messageLimit = try request.integer("MessageLimit")
            guard timeout >= 0 else { throw .sender("InvalidArgVal", reason: "Timeout is negative") }
            guard messageLimit > 0 else { throw .sender("InvalidArgVal", reason: "MessageLimit is not positive") }
        }

        /// Answers at once where messages wait or the timeout is over; else `Response.waitUntil` tells how long to hold the
        /// request (see `DeferrableResponse`).
        ///
        /// The subscription lives at least the timeout on, counted from the answer.
        ///
        /// - Throws: `PullMessagesFaultResponse` for too long a timeout, `ResourceUnknownFault`, and
        ///   `UnableToGetMessagesFault` for a subscription whose messages are sent.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let (timeout, limit) = (timeout, min(messageLimit, EventState.messageLimit))
            return try device.events.withSubscription(atPath: call.path, now: call.now) {
                (subscription) throws(Fault) in
                guard subscription.delivery == .pull else {
                    throw .notification(
                        .unableToGetMessages, reason: "the messages of this subscription are sent to its consumer",
                        at: call.now)
                }
                guard timeout <= EventState.maximumPullTimeout else {
                    throw Fault(
                        code: .receiver, subcodes: [],
                        reason: "Timeout is above \(Int(EventState.maximumPullTimeout)) seconds",
                        detail: .pullMessages(
                            maxTimeout: EventState.maximumPullTimeout, maxMessageLimit: EventState.messageLimit))
                }
                let deadline = call.arrived + timeout
                let isWaiting = subscription.queue.isEmpty && call.now < deadline
                let messages = subscription.dequeue(limit)
                let end = max(subscription.terminationTime, (isWaiting ? deadline : call.now) + timeout)
                subscription.terminationTime = end
                return Response(
                    currentTime: call.now, subscription: subscription, messages: messages,
                    waitUntil: isWaiting ? deadline : nil)
            }
        }

        /// What the owner of the state answers while it holds another PullMessages of the same subscription.
        package static func alreadyWaiting(now: Date) -> Fault {
            .notification(
                .unableToGetMessages, reason: "another PullMessages waits for this subscription already", at: now)
        }

        package struct Response: DeferrableResponse {
            package var currentTime: Date
            package var subscription: EventSubscription
            package var messages: [Event]
            package var waitUntil: Date?

            package func write(to writer: inout XMLWriter) {
                writer.element(.tev, "CurrentTime", XSDateTime.string(currentTime))
                writer.element(.tev, "TerminationTime", XSDateTime.string(subscription.terminationTime))
                for message in messages { message.write(to: &writer, subscription: subscription) }
            }
        }
    }
}
