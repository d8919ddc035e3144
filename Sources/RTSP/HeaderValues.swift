/// Value of the Session header.
///
/// Source: RFC 2326 §12.37 Session.
package struct SessionHeader: Hashable, Sendable {
    package var id: String
    /// Seconds; absent means 60.
    package var timeout: Int?

    package init(id: String, timeout: Int? = nil) {
        self.id = id
        self.timeout = timeout
    }

    /// - Returns: nil without an identifier.
    package init?(_ text: String) {
        let parts = text.split(separator: ";").map(\.trimmed)
        guard let id = parts.first, !id.isEmpty else { return nil }
        self.id = id
        for part in parts.dropFirst() where part.lowercased().hasPrefix("timeout=") {
            timeout = Int(part.dropFirst("timeout=".count))
        }
    }

    /// The value as header text.
    package var text: String {
        timeout.map { "\(id);timeout=\($0)" } ?? id
    }
}

/// Value of the Range header in a live session: where it starts.
///
/// Source: RFC 2326 §3.6 (npt), §3.7 (clock), §12.29 Range.
package enum RangeHeader: Hashable, Sendable {
    case now
    /// Seconds from the start of the presentation, with an end if one is given.
    case npt(start: Double, end: Double?)
    /// UTC as sent, such as `20100217T143720.257Z`; an open end.
    case clock(start: String)

    /// - Returns: nil for other units and malformed values.
    package init?(_ text: String) {
        // A time parameter (`;time=`) says when to act; live servers act at once.
        guard let range = text.split(separator: ";").first?.trimmed, let equal = range.firstIndex(of: "=") else {
            return nil
        }
        let unit = range[..<equal].trimmed.lowercased()
        let ends = range[range.index(after: equal)...].split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false
        ).map(\.trimmed)
        switch unit {
        case "npt":
            guard let first = ends.first else { return nil }
            if first == "now" || first.isEmpty {
                self = .now
                return
            }
            guard let start = Self.seconds(first) else { return nil }
            guard ends.count == 2, !ends[1].isEmpty else {
                self = .npt(start: start, end: nil)
                return
            }
            guard let end = Self.seconds(ends[1]) else { return nil }
            self = .npt(start: start, end: end)
        case "clock":
            guard let start = ends.first, !start.isEmpty else { return nil }
            self = .clock(start: start)
        default:
            return nil
        }
    }

    /// `12.5` or `1:02:03.5`.
    private static func seconds(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 1 || parts.count == 3 else { return nil }
        var total = 0.0
        for part in parts {
            guard let number = Double(part), number >= 0, number.isFinite else { return nil }
            total = total * 60 + number
        }
        return total
    }

    /// The value as header text.
    package var text: String {
        switch self {
        case .now: "npt=now-"
        case .npt(let start, let end): "npt=\(start)-\(end.map { "\($0)" } ?? "")"
        case .clock(let start): "clock=\(start)-"
        }
    }
}

/// A moment as RTSP and SDP write it, `20100217T143720.257Z`.
///
/// Source: RFC 2326 §3.7 Absolute Time.
package enum ClockTime {
    /// `unixTime` (since 1970-01-01 UTC), rounded down to milliseconds.
    package static func text(_ unixTime: Duration) -> String {
        let (seconds, attoseconds) = unixTime.components
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let second = Int(seconds - days * 86_400)
        // Days to a date of the Gregorian calendar, counted from March of the year 0 (Howard Hinnant's sum).
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * month + 2) / 5) + 1
        let civilMonth = Int(month < 10 ? month + 3 : month - 9)
        let civilYear = Int(year + era * 400) + (civilMonth <= 2 ? 1 : 0)
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return digits(civilYear, 4) + digits(civilMonth, 2) + digits(day, 2) + "T" + digits(second / 3_600, 2)
            + digits(second / 60 % 60, 2) + digits(second % 60, 2) + "."
            + digits(Int(max(0, attoseconds) / 1_000_000_000_000_000), 3) + "Z"
    }
}

/// One stream's entry in the RTP-Info header.
///
/// Source: RFC 2326 §12.33 RTP-Info.
package struct RTPInfo: Hashable, Sendable {
    package var url: String
    /// Sequence number of the first packet.
    package var sequenceNumber: UInt16?
    /// RTP time of the moment that the Range header of the same response names.
    package var rtpTime: UInt32?

    package init(url: String, sequenceNumber: UInt16?, rtpTime: UInt32?) {
        self.url = url
        self.sequenceNumber = sequenceNumber
        self.rtpTime = rtpTime
    }

    /// Entries of a header; those without a URL are left out.
    package static func list(_ header: String) -> [RTPInfo] {
        header.split(separator: ",").compactMap { entry in
            var info = RTPInfo(url: "", sequenceNumber: nil, rtpTime: nil)
            for part in entry.split(separator: ";") {
                let pair = part.split(separator: "=", maxSplits: 1).map(\.trimmed)
                guard pair.count == 2 else { continue }
                switch pair[0].lowercased() {
                case "url": info.url = pair[1]
                case "seq": info.sequenceNumber = UInt16(pair[1])
                case "rtptime": info.rtpTime = UInt32(pair[1])
                default: break
                }
            }
            return info.url.isEmpty ? nil : info
        }
    }

    /// The entries as header text.
    package static func text(_ entries: [RTPInfo]) -> String {
        entries.map { entry in
            "url=\(entry.url)" + (entry.sequenceNumber.map { ";seq=\($0)" } ?? "")
                + (entry.rtpTime.map { ";rtptime=\($0)" } ?? "")
        }.joined(separator: ",")
    }
}
