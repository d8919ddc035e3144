import Foundation
import Metadata
import StreamClient
import Synchronization

/// Takes the metadata stream of a device over RTSP, as any client does.
final class MetadataRecorder: Sendable {
    /// A description and the moment at which it came, nanoseconds since 1970.
    struct Entry: Sendable {
        var frame: MetadataFrame
        var arrival: Int64
    }

    /// Descriptions that are kept: an hour of 25 a second.
    private static let limit = 90_000

    private struct State {
        var entries: [Entry] = []
        var problem: String?
    }

    private let state = Mutex(State())

    /// In the order in which they came.
    var entries: [Entry] { state.withLock { $0.entries } }

    /// What was wrong with the first document that was; nil where none was.
    var problem: String? { state.withLock { $0.problem } }

    private func take(_ bytes: [UInt8]) {
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        do throws(MetadataParseError) {
            let frames = try MetadataParser.frames(of: bytes)
            state.withLock { state in
                guard state.entries.count < Self.limit else { return }
                state.entries += frames.map { Entry(frame: $0, arrival: now) }
            }
        } catch {
            state.withLock { $0.problem = $0.problem ?? "\(error)" }
        }
    }

    /// Plays until it is cancelled or the device hangs up.
    ///
    /// - Parameters:
    ///   - address: of a stream with metadata.
    ///   - options: how it is taken.
    ///   - playing: called when the device has begun.
    /// - Throws: why it cannot be played.
    func record(_ address: String, options: StreamOptions, playing: @Sendable () -> Void) async throws {
        let client = try await RTSPClient(address, options: options) { _ in
            0
        } tap: { frame in
            if frame.kind == "application" { self.take(frame.bytes) }
        }
        do {
            let media = try await client.describe()
            guard let (index, one) = media.enumerated().first(where: { $0.element.kind == "application" }) else {
                throw ValidationError.noStream(reason: "\(client.url) has no metadata")
            }
            try await client.setup(one, index: index)
            try await client.play()
            playing()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await client.receive(frames: .max, within: .seconds(3600)) }
                group.addTask {
                    while !Task.isCancelled {
                        try? await Task.sleep(for: .seconds(20))
                        if !Task.isCancelled { _ = try? await client.keepAlive() }
                    }
                }
                await group.next()
                group.cancelAll()
            }
            client.finish()
            await client.close()
        } catch {
            await client.close()
            throw error
        }
    }
}
