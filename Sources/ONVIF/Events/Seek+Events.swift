package import Foundation
package import XML

extension EventService {
    /// Moves a pull point into the past, or turns it backwards.
    ///
    /// Source: ONVIF Core 26.06 §9.1.5 Seek, §9.11.1 BeginOfBuffer.
    package struct Seek: ServiceOperation {
        package static let service = Service.events
        package static let access = AccessClass.readMedia
        package static let responseAction = pullPointSubscription + "SeekResponse"

        package static func isSupported(by model: DeviceModel) -> Bool { model.events.storage > 0 }

        package var time: Date
        package var isReverse: Bool

        package init(_ request: XMLElement) throws(Fault) {
            let text = try request.string("UtcTime")
            guard let time = XSDateTime.parse(text) else {
                throw .sender("InvalidArgVal", reason: "UtcTime is \"\(text)\", not a time")
            }
            self.time = time
            isReverse = try request.optionalBoolean("Reverse") ?? false
        }

        /// - Throws: `ResourceUnknownFault`; `ActionNotSupported` for a subscription whose messages are sent.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.events.seek(atPath: call.path, to: time, reverse: isReverse, now: call.now)
            return EmptyResponse()
        }
    }
}
