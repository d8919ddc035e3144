import RTP

@testable import StreamClient

/// A stream of packets that a test makes wrong in one respect.
struct SyntheticStream {
    static let h264 = {
        var media = StreamMedia(
            kind: "video", control: "rtsp://h/s/0", payloadType: 96, encoding: "H264", clockRate: 90_000,
            formatParameters: [:], direction: "")
        media.formatText = "packetization-mode=1"
        return media
    }()

    static let g711 = StreamMedia(
        kind: "audio", control: "rtsp://h/s/1", payloadType: 0, encoding: "PCMU", clockRate: 8000,
        formatParameters: [:], direction: "")

    /// One packet with the time it comes.
    struct Packet {
        var header: RTPHeader
        var payload: [UInt8]
        var arrival: Duration

        var bytes: ArraySlice<UInt8> { RTPPacket(header: header, payload: payload[...]).bytes[...] }
    }

    var media = SyntheticStream.h264
    var claim: StreamClaim?
    var mayReorder = true
    var packets: [Packet] = []

    /// 25 frames a second, a key frame every 25, three packets each: SPS and PPS in band before key frames; 40 ms apart.
    ///
    /// `first`: sequence number of the first packet; `time`: timestamp of the first frame.
    static func video(frames: Int = 250, first: UInt16 = 65_000, time: UInt32 = 4_294_000_000) -> SyntheticStream {
        var stream = SyntheticStream()
        var number = first
        for frame in 0..<frames {
            let isKey = frame % 25 == 0
            // Parameter sets of libx264 at 640 × 360, Main, level 3.0.
            var payloads: [[UInt8]] = isKey ? [[0x67, 77, 64, 30, 0xAC], [0x68, 0xEE, 0x3C]] : []
            // An FU-A in two parts.
            let type: UInt8 = isKey ? 5 : 1
            payloads += [[0x7C, 0x80 | type] + [UInt8](repeating: 7, count: 998), [0x7C, 0x40 | type, 1, 2, 3]]
            for (index, payload) in payloads.enumerated() {
                let header = RTPHeader(
                    payloadType: 96, marker: index == payloads.count - 1, sequenceNumber: number,
                    timestamp: time &+ UInt32(frame) &* 3600, ssrc: 7)
                stream.packets.append(
                    Packet(header: header, payload: payload, arrival: .milliseconds(40 * frame + index)))
                number &+= 1
            }
        }
        return stream
    }

    /// 20 ms a packet.
    static func audio(packets count: Int = 500) -> SyntheticStream {
        var stream = SyntheticStream(media: g711)
        for index in 0..<count {
            let header = RTPHeader(
                payloadType: 0, marker: false, sequenceNumber: UInt16(truncatingIfNeeded: 100 + index),
                timestamp: UInt32(index) &* 160, ssrc: 9)
            stream.packets.append(
                Packet(
                    header: header, payload: [UInt8](repeating: 0xFF, count: 160), arrival: .milliseconds(20 * index)))
        }
        return stream
    }

    /// Indices of the packets of a frame, counted from 0.
    func packets(ofFrame frame: Int) -> [Int] {
        let times = packets.map(\.header.timestamp)
        let distinct = times.reduce(into: [UInt32]()) { if $0.last != $1 { $0.append($1) } }
        return times.indices.filter { times[$0] == distinct[frame] }
    }

    /// What the checker makes of it, with sound sender reports each 5 s unless others are given.
    func check(
        reports: [(Duration, [RTCPPacket])]? = nil, decoding: DecodingSummary? = nil
    ) -> StreamChecker {
        var checker = StreamChecker(media, claim: claim, mayReorder: mayReorder)
        checker.played = .zero
        var pending = reports ?? soundReports
        for packet in packets.sorted(by: { $0.arrival < $1.arrival }) {
            while let next = pending.first, next.0 <= packet.arrival {
                checker.receiveRTCP(RTCPPacket.compound(next.1)[...], at: next.0)
                pending.removeFirst()
            }
            _ = checker.receiveRTP(packet.bytes, at: packet.arrival)
        }
        for (arrival, packets) in pending { checker.receiveRTCP(RTCPPacket.compound(packets)[...], at: arrival) }
        _ = checker.flush()
        if let decoding { checker.decoding = decoding }
        return checker
    }

    /// Kinds of the findings, notes left out.
    func kinds(
        reports: [(Duration, [RTCPPacket])]? = nil, decoding: DecodingSummary? = nil, watched: Double = 10
    ) -> Set<StreamFinding.Kind> {
        let findings = check(reports: reports, decoding: decoding).findings(watched: watched)
        return Set(findings.filter { $0.severity != .note }.map(\.kind))
    }

    var soundReports: [(Duration, [RTCPPacket])] {
        guard let first = packets.first else { return [] }
        return [2500, 7500].map { milliseconds in
            let report = Self.report(milliseconds, time: first.header.timestamp, media: media)
            return (.milliseconds(milliseconds), [report, Self.name(first.header.ssrc)])
        }
    }

    /// A report `milliseconds` after the stream's start, when its RTP time was `time`.
    static func report(
        _ milliseconds: Int, time: UInt32, media: StreamMedia = h264, drift: Double = 0, count: UInt32? = nil
    ) -> RTCPPacket {
        let ticks = Double(milliseconds) * Double(media.clockRate) / 1000 * (1 + drift)
        let ntp = NTPTime(unixTime: .seconds(1_800_000_000) + .milliseconds(milliseconds))
        return .senderReport(
            .init(
                ssrc: 7, ntp: ntp, rtpTimestamp: time &+ UInt32(truncatingIfNeeded: Int64(ticks)),
                packetCount: count ?? UInt32(milliseconds), octetCount: 0), [])
    }

    static func name(_ ssrc: UInt32) -> RTCPPacket { .sourceDescription([.canonicalName("camera", ssrc: ssrc)]) }
}
