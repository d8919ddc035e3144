import Foundation
package import XML

extension DeviceService {
    /// Sets the clock by hand, or hands it back to NTP, which here is the host's clock.
    ///
    /// Source: ONVIF Core 26.06 §8.3.7 SetSystemDateAndTime.
    package struct SetSystemDateAndTime: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var source: DeviceClock.Source
        package var daylightSavings: Bool
        package var timeZone: String?
        /// Nil where the request gave none; the inner nil stands for a date that does not exist.
        package var utc: XSDateTime.Parts??

        package init(_ request: XMLElement) throws(Fault) {
            source = try request.choice("DateTimeType")
            daylightSavings = try request.boolean("DaylightSavings")
            timeZone = try request.child("TimeZone")?.string("TZ")
            guard let dateTime = request.child("UTCDateTime") else { return }
            let (time, date) = (try dateTime.required("Time"), try dateTime.required("Date"))
            utc = .some(
                XSDateTime.Parts(
                    year: try date.integer("Year"), month: try date.integer("Month"), day: try date.integer("Day"),
                    hour: try time.integer("Hour"), minute: try time.integer("Minute"),
                    second: try time.integer("Second")))
        }

        /// - Throws: `InvalidArgVal/InvalidTimeZone`, `…/InvalidDateTime`, `…/NtpServerUndefined`; the clock runs on as it was.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var clock = device.clock
            if let timeZone {
                guard let zone = POSIXTimeZone(timeZone) else {
                    throw .sender("InvalidArgVal", "InvalidTimeZone", reason: "\"\(timeZone)\" is no POSIX time zone")
                }
                clock.timeZone = zone
            }
            clock.daylightSavings = daylightSavings
            clock.source = source
            switch source {
            case .ntp:
                guard device.network.ntp.hasServer else {
                    throw .sender("InvalidArgVal", "NtpServerUndefined", reason: "no NTP server is set; use SetNTP")
                }
                clock.offset = 0
            case .manual:
                guard let utc = utc else { break }
                guard let utc else {
                    throw .sender("InvalidArgVal", "InvalidDateTime", reason: "there is no such date and time")
                }
                clock.offset += Double(utc.secondsSince1970) - call.now.timeIntervalSince1970
            }
            let shift = clock.offset - device.clock.offset
            device.clockMoved(by: shift)
            device.clock = clock
            device.maintenance.lastClockSetting = call.now + shift
            return EmptyResponse()
        }
    }
}
