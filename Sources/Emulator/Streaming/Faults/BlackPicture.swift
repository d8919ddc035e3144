internal import AV
internal import Pictures
internal import RTP
internal import Synchronization

/// A coded picture that can be sent at any place of a stream, packetised.
struct StillPicture: Sendable {
    let fragments: ArraySlice<Fragment>
    /// What the fragments' ranges point into.
    let bytes: [UInt8]
}

/// A black picture of a recording's codec and size, encoded when it is first asked for.
final class BlackPicture: Sendable {
    /// Why there is none.
    struct Failure: Error, Equatable, CustomStringConvertible {
        let file: String
        let reason: String
        var description: String {
            "\(file): no black picture can be made for it: \(reason); write `picture: frozen` in its place, or take a "
                + "recording in H.264"
        }
    }

    /// Kilobits of the second that holds nothing but the picture.
    private static let bitRate = 1000

    private let file: String
    private let parameters: VideoParameters
    private let made = Mutex<StillPicture?>(nil)

    init(of clip: Clip) {
        file = clip.file
        parameters = clip.video.parameters
    }

    /// Nil until it was made.
    var known: StillPicture? { made.withLock { $0 } }

    /// Encodes the picture unless it is known.
    ///
    /// - Throws: where libavcodec has no encoder for the codec or refuses the size.
    func make() throws(Failure) {
        guard known == nil else { return }
        let (width, height) = (parameters.width, parameters.height)
        do {
            let encoder = try VideoEncoder(
                .init(
                    codec: parameters.codec.kind, width: width, height: height, frameRate: parameters.frameRate,
                    groupLength: 1, bitRate: Self.bitRate))
            let frame = try encoder.encode(YUVPicture(width: width, height: height, filled: .black), asKey: true)
            let fragments = VideoPacketizer(encoder.parameters.codec).fragments(
                isKey: true, units: frame.units[...], in: frame.bytes)
            guard !fragments.isEmpty else { throw Failure(file: file, reason: "the picture cannot be packetised") }
            made.withLock { $0 = StillPicture(fragments: fragments[...], bytes: frame.bytes) }
        } catch let error as Failure {
            throw error
        } catch {
            throw Failure(file: file, reason: "\(error)")
        }
    }
}
