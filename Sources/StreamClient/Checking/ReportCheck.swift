import RTP

/// What the sender's reports say, against each other and against the media.
///
/// Source: RFC 3550 §6.4.1 (SR), §6.1 (compound packets), §6.6 (BYE); ONVIF Streaming 26.06 §5.1.2.2.1.
struct ReportCheck: Sendable, Equatable {
    /// Two reports whose clocks disagree by more are inconsistent, seconds.
    static let consistency = 0.1
    /// A report whose RTP time lies further from the media's is of another clock, seconds.
    static let clockTolerance = 2.0
    /// Drift of a sound clock is far below, parts in a million.
    static let driftTolerance = 1000.0
    /// Drift is told over this time at least, seconds.
    static let driftPeriod = 20.0

    private(set) var senderReports = 0
    private(set) var goodbye: String?
    private(set) var withoutTime = 0
    private(set) var formErrors = 0
    private(set) var firstFormError: String?
    private(set) var inconsistent = 0
    private(set) var firstInconsistency: String?
    private(set) var offClock = 0
    private(set) var firstOffClock: String?
    private(set) var countsBackward = 0
    /// The sender's wall clock less ours at the first report, seconds, where ours is known.
    private(set) var latest: (report: RTCPPacket.SenderReport, arrival: Duration)?
    private var first: (report: RTCPPacket.SenderReport, elapsed: Int64)?
    /// RTP ticks from the first report to the latest.
    private var elapsed: Int64 = 0
    private let rate: Double

    init(rate: Double) { self.rate = rate }

    static func == (left: Self, right: Self) -> Bool { left.senderReports == right.senderReports }

    /// Takes one compound packet; `media` is the timestamp of the newest frame with its arrival.
    mutating func take(_ packets: [RTCPPacket], at arrival: Duration, media: (timestamp: UInt32, arrival: Duration)?) {
        checkForm(packets)
        for packet in packets {
            switch packet {
            case .senderReport(let report, _): take(report, at: arrival, media: media)
            case .goodbye(_, let reason): goodbye = reason ?? ""
            default: break
            }
        }
    }

    private mutating func checkForm(_ packets: [RTCPPacket]) {
        let problem: String?
        let hasName = packets.contains {
            if case .sourceDescription(let chunks) = $0 {
                chunks.contains { $0.items.contains { $0.type == 1 } }
            } else {
                false
            }
        }
        switch packets.first {
        case .senderReport, .receiverReport: problem = hasName ? nil : "no SDES CNAME with the report"
        default: problem = "a compound packet that does not begin with a report"
        }
        guard let problem else { return }
        formErrors += 1
        if firstFormError == nil { firstFormError = problem }
    }

    private mutating func take(
        _ report: RTCPPacket.SenderReport, at arrival: Duration, media: (timestamp: UInt32, arrival: Duration)?
    ) {
        senderReports += 1
        if report.ntp.value == 0 { withoutTime += 1 }
        compare(report, at: arrival, with: media)
        defer { latest = (report, arrival) }
        guard let before = latest?.report, before.ssrc == report.ssrc else {
            first = (report, 0)
            elapsed = 0
            return
        }
        let ticks = Int64(Int32(bitPattern: report.rtpTimestamp &- before.rtpTimestamp))
        elapsed &+= ticks
        if report.ntp.value != 0, before.ntp.value != 0 {
            let wall = Self.seconds(from: before.ntp, to: report.ntp)
            let difference = Double(ticks) / rate - wall
            if abs(difference) > Self.consistency + abs(wall) * Self.driftTolerance / 1_000_000 {
                inconsistent += 1
                if firstInconsistency == nil {
                    firstInconsistency =
                        "RTP went on by \(Words.milliseconds(Double(ticks) / rate)), NTP by \(Words.milliseconds(wall))"
                }
            }
        }
        if report.packetCount &- before.packetCount >= 1 << 31 { countsBackward += 1 }
    }

    private mutating func compare(
        _ report: RTCPPacket.SenderReport, at arrival: Duration, with media: (timestamp: UInt32, arrival: Duration)?
    ) {
        guard let media else { return }
        let ahead = Double(Int32(bitPattern: report.rtpTimestamp &- media.timestamp)) / rate
        let waited = (arrival - media.arrival).seconds
        guard abs(ahead - waited) > Self.clockTolerance else { return }
        offClock += 1
        if firstOffClock == nil { firstOffClock = "\(Words.number(ahead - waited)) s from the media's clock" }
    }

    /// Drift of the RTP clock against the sender's own wall clock, parts in a million, and over how many seconds.
    var drift: (millionths: Double, seconds: Double)? {
        guard let first, let latest, first.report.ntp.value != 0, latest.report.ntp.value != 0 else { return nil }
        let wall = Self.seconds(from: first.report.ntp, to: latest.report.ntp)
        guard wall > 0 else { return nil }
        return ((Double(elapsed) / rate / wall - 1) * 1_000_000, wall)
    }

    private static func seconds(from: NTPTime, to: NTPTime) -> Double {
        Double(Int64(bitPattern: to.value &- from.value)) / 4_294_967_296
    }
}
