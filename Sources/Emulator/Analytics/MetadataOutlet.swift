package import Metadata
internal import Synchronization

/// Where analytics outside of the camera hand in what they found, for the camera's metadata streams.
///
/// A description that nobody takes is forgotten.
package final class MetadataOutlet: Sendable {
    /// Descriptions that wait; the oldest is left out for a further one.
    package static let frameLimit = 64
    /// How often a stream looks for new ones, nanoseconds.
    private static let interval: Int64 = 5_000_000

    private struct State {
        var frames: [(number: Int64, frame: MetadataFrame)] = []
        var nextNumber: Int64 = 0
        /// The next number of each media profile that somebody takes.
        var cursors: [String: Int64] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Hands in what was found in a picture; times rise.
    package func push(_ frame: MetadataFrame) {
        state.withLock { state in
            state.frames.append((state.nextNumber, frame))
            state.nextNumber += 1
            if state.frames.count > Self.frameLimit { state.frames.removeFirst() }
        }
    }

    /// Whether somebody takes them.
    package var isTaken: Bool { state.withLock { !$0.cursors.isEmpty } }

    /// What a media profile's stream has not told yet; the first time nothing.
    func take(for token: String) -> [MetadataFrame] {
        state.withLock { state in
            let cursor = state.cursors[token] ?? state.nextNumber
            state.cursors[token] = state.nextNumber
            return state.frames.filter { $0.number >= cursor }.map(\.frame)
        }
    }

    /// - Parameters:
    ///   - token: of the media profile.
    ///   - compress: what is done to a document.
    /// - Returns: what `MetadataFeed` calls.
    func watch(
        ofProfile token: String, compress: @escaping @Sendable ([UInt8]) -> [UInt8]?
    ) -> MetadataFeed.Watch {
        { feed, _, now in
            for frame in self.take(for: token) {
                if let bytes = compress(MetadataWriter().document(of: [frame])) { feed.append(bytes, at: now) }
            }
            return now + Self.interval
        }
    }
}
