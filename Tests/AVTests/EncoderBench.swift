import AV
import Foundation
import Glibc
import Pictures
import Testing

/// What encoding costs: `GLASSEYE_BENCH=1 swift test -c release --filter EncoderBench`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GLASSEYE_BENCH"] != nil), .serialized)
struct EncoderBench {
    /// Milliseconds of processor time for a second of pictures, without decoding the recording.
    @Test(arguments: VideoCodec.Kind.allCases)
    func encodingOfASecond(_ codec: VideoCodec.Kind) throws {
        let (width, height, seconds) = (640, 360, 8)
        let player = try ClipPlayer(try ClipTests.recording("clock-360p"), width: width, height: height)
        let pictures = try (0..<25 * seconds).map { try player.picture(of: $0) }
        let encoder = try VideoEncoder(
            .init(
                codec: codec, width: width, height: height, frameRate: TimeBase(numerator: 25, denominator: 1),
                groupLength: 25, bitRate: codec == .jpeg ? 8000 : 1000))
        let start = clock()
        var bytes = 0
        for picture in pictures { bytes += try encoder.encode(picture).bytes.count }
        let milliseconds = Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1000 / Double(seconds)
        print("\(codec.rawValue): \(Int(milliseconds.rounded())) ms a second, \(bytes * 8 / seconds / 1000) kbit/s")
    }
}
