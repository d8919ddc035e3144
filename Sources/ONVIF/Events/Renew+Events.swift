package import Foundation
package import XML

extension EventService {
    /// Moves the end of a subscription, forward or back.
    ///
    /// Source: WS-BaseNotification 1.3 §6.1.1 Renew; ONVIF Core 26.06 §9.1.3.
    package struct Renew: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let namespace = XMLNamespace.wsnt
        package static let responseAction = subscriptionManager + "RenewResponse"

        package var terminationTime: RequestedTime?

        package init(_ request: XMLElement) throws(Fault) {
            terminationTime = try RequestedTime(request.required("TerminationTime"))
        }

        /// - Throws: `ResourceUnknownFault`, `UnacceptableTerminationTimeFault`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let requested = terminationTime
            return try device.events.withSubscription(atPath: call.path, now: call.now) {
                (subscription) throws(Fault) in
                let end = try RequestedTime.date(requested, now: call.now, orThrow: .unacceptableTerminationTime)
                subscription.terminationTime = end
                return Response(currentTime: call.now, terminationTime: end)
            }
        }

        package struct Response: ResponseMessage, Equatable {
            package var currentTime: Date
            package var terminationTime: Date

            package func write(to writer: inout XMLWriter) {
                writer.element(.wsnt, "TerminationTime", XSDateTime.string(terminationTime))
                writer.element(.wsnt, "CurrentTime", XSDateTime.string(currentTime))
            }
        }
    }
}
