import AV
import NIOCore
import NIOPosix
import ONVIF
import Pictures
import Synchronization

/// A still picture to be made.
struct Still: Sendable {
    enum Content: Sendable {
        /// A frame as it was recorded.
        case recorded(Clip, frame: Int)
        case made(any PictureSource, PictureSubject, Retouch)
    }

    var content: Content
    var resolution: Resolution
    /// Nothing is seen.
    var isBlack = false

    func isSame(as other: Still) -> Bool {
        if isBlack || other.isBlack { return isBlack == other.isBlack && resolution == other.resolution }
        switch (content, other.content) {
        case (.recorded(let clip, let frame), .recorded(let otherClip, let otherFrame)):
            return clip.file == otherClip.file && frame == otherFrame
        case (.made(let source, let subject, let retouch), .made(let otherSource, let otherSubject, let otherRetouch)):
            return source === otherSource && subject == otherSubject && retouch == otherRetouch
                && resolution == other.resolution
        default: return false
        }
    }
}

/// Makes still pictures off the event loops, each picture once.
final class SnapshotMaker: Sendable {
    /// Pictures kept for the next who asks; 25 of them are a second of one stream.
    private static let keptPictures = 32
    /// Makers kept for the next picture of their source, which they often have half made.
    private static let keptMakers = 4
    /// Threads that make; more would take time from the streams.
    private static let threads = 1

    private struct Maker {
        var source: any PictureSource
        var resolution: Resolution
        var maker: any PictureMaker
    }

    private let pool = NIOThreadPool(numberOfThreads: threads)
    private let kept = Mutex<[(still: Still, picture: EventLoopFuture<[UInt8]>)]>([])
    /// Used by one job at a time.
    private let makers = Mutex<[Maker]>([])

    init() {
        pool.start()
    }

    /// The picture as JPEG.
    func picture(_ still: Still, on loop: any EventLoop) -> EventLoopFuture<[UInt8]> {
        kept.withLock { kept in
            if let known = kept.first(where: { $0.still.isSame(as: still) }) {
                return known.picture.hop(to: loop)
            }
            let picture = pool.runIfActive(eventLoop: loop) { try self.jpeg(still) }
            if kept.count >= Self.keptPictures { kept.removeFirst() }
            kept.append((still, picture))
            return picture
        }
    }

    /// Decodes or draws, changes and encodes it.
    ///
    /// - Throws: what libav said.
    private func jpeg(_ still: Still) throws -> [UInt8] {
        let (width, height) = (still.resolution.width, still.resolution.height)
        if still.isBlack { return try YUVPicture(width: width, height: height, filled: .black).jpeg() }
        switch still.content {
        case .recorded(let clip, let frame): return try clip.snapshot(frame: frame)
        case .made(let source, let subject, let retouch):
            var picture = try makers.withLock { (makers) throws(AVError) -> YUVPicture in
                let maker: Maker
                if let known = makers.firstIndex(where: {
                    $0.source === source && $0.resolution == still.resolution
                }) {
                    maker = makers.remove(at: known)
                } else {
                    maker = Maker(
                        source: source, resolution: still.resolution,
                        maker: try source.maker(width: width, height: height))
                }
                makers.append(maker)
                if makers.count > Self.keptMakers { makers.removeFirst() }
                return try maker.maker.picture(of: subject)
            }
            retouch.apply(to: &picture)
            return try picture.jpeg()
        }
    }

    func shutDown() async {
        try? await pool.shutdownGracefully()
    }
}
