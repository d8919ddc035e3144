package import AV
import RTP

/// A frame of a stream with what tells the moment at which it was taken.
package struct StreamFrame: Sendable {
    /// A moment of the sender's wall clock, nanoseconds since 1970, and the RTP time at it.
    package struct Report: Hashable, Sendable {
        package let utc: Int64
        package let timestamp: UInt32
    }

    /// `video`, `audio` or `application`.
    package let kind: String
    /// Nil for what is no video.
    package let codec: VideoCodec.Kind?
    /// What the stream's description says of it, ready for libavcodec; may be empty.
    package let configuration: [UInt8]
    /// RTP time.
    package let timestamp: UInt32
    /// Hertz of it.
    package let rate: Double
    /// Ready for libavcodec, or a document.
    package let bytes: [UInt8]
    package let isKey: Bool
    /// The latest sender report; nil before the first.
    package let report: Report?

    /// Seconds from 1900, where NTP begins, to 1970 (RFC 5905 §6).
    private static let from1900To1970: Int64 = 2_208_988_800

    init(_ frame: MediaFrame, _ checker: StreamChecker) {
        let format = checker.media.format
        kind = checker.media.kind
        codec = if case .video(let kind) = format.codec { kind } else { nil }
        configuration = format.decoderConfiguration
        timestamp = frame.timestamp
        rate = checker.rate
        bytes = frame.bytes
        isKey = frame.isKey
        report = checker.reports.latest.flatMap { latest in
            guard latest.report.ntp.value != 0 else { return nil }
            let seconds = Int64(latest.report.ntp.value >> 32) - Self.from1900To1970
            let part = Int64(Double(latest.report.ntp.value & 0xFFFF_FFFF) / 4_294_967_296 * 1e9)
            return Report(utc: seconds * 1_000_000_000 + part, timestamp: latest.report.rtpTimestamp)
        }
    }

    /// When it was taken, by a report of its stream that is nearer than half the period of the RTP clock.
    ///
    /// - Parameter report: of the same stream.
    /// - Returns: nanoseconds since 1970.
    package func utc(by report: Report) -> Int64 {
        report.utc + Int64((Double(Int32(bitPattern: timestamp &- report.timestamp)) / rate * 1e9).rounded())
    }
}
