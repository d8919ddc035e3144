package import Foundation
package import XML

extension DeviceService {
    /// Readable without credentials, so that clients can sign with the device's own time.
    ///
    /// Source: ONVIF Core 26.06 §8.3.6 GetSystemDateAndTime.
    package struct GetSystemDateAndTime: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(clock: device.clock, now: call.now)
        }

        package struct Response: ResponseMessage, Equatable {
            package var clock: DeviceClock
            package var now: Date

            package func write(to writer: inout XMLWriter) {
                let utc = XSDateTime.Parts(secondsSince1970: Int64(now.timeIntervalSince1970.rounded(.down)))
                writer.element(.tds, "SystemDateAndTime") { writer in
                    writer.element(.tt, "DateTimeType", clock.source.rawValue)
                    writer.element(.tt, "DaylightSavings", clock.daylightSavings)
                    writer.element(.tt, "TimeZone") { $0.element(.tt, "TZ", clock.timeZone.text) }
                    writer.dateTime("UTCDateTime", utc)
                    let offset = Int64(clock.secondsEast(at: utc.secondsSince1970))
                    writer.dateTime(
                        "LocalDateTime", XSDateTime.Parts(secondsSince1970: utc.secondsSince1970 + offset))
                }
            }
        }
    }
}

extension XMLWriter {
    /// A `tt:DateTime`.
    fileprivate mutating func dateTime(_ name: String, _ parts: XSDateTime.Parts) {
        element(.tt, name) { writer in
            writer.element(.tt, "Time") { writer in
                writer.element(.tt, "Hour", parts.hour)
                writer.element(.tt, "Minute", parts.minute)
                writer.element(.tt, "Second", parts.second)
            }
            writer.element(.tt, "Date") { writer in
                writer.element(.tt, "Year", parts.year)
                writer.element(.tt, "Month", parts.month)
                writer.element(.tt, "Day", parts.day)
            }
        }
    }
}
