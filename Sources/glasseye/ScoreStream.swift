import Foundation
import Metadata
import Scoring
import StreamClient
import Synchronization

/// Listens to a metadata stream.
struct ScoreStream {
    let url: String
    let seconds: Double
    let credentials: Credentials

    /// Bytes of documents that are kept.
    private static let byteLimit = 1 << 30

    /// What came.
    struct Heard {
        var frames: [MetadataFrame]
        /// Seconds since 1970 at which each came.
        var arrivals: [Double]
        /// Without user and password.
        var address: String
    }

    /// - Throws: `ScoreInputError` where nothing comes, or what comes is no metadata.
    func listen() async throws -> Heard {
        let address = Inspect.shown(url)
        let documents = Mutex<[(arrival: Double, bytes: [UInt8])]>([])
        let size = Mutex(0)
        var options = StreamOptions(
            transport: transport,
            credentials: credentials.secret.map { StreamCredentials(user: credentials.user, password: $0) })
        options.allowsBasic = false
        var inspection = StreamInspection(url: url, options: options)
        inspection.duration = .seconds(seconds)
        inspection.tap = { frame in
            guard frame.kind == "application",
                size.withLock({
                    $0 += frame.bytes.count; return $0 <= Self.byteLimit
                })
            else { return }
            documents.withLock { $0.append((Date().timeIntervalSince1970, frame.bytes)) }
        }
        let progress = StandardErrorLine()
        do {
            _ = try await inspection.run { passed, _ in
                progress.show(
                    "\(address): \(Int(passed / .seconds(1))) s, \(documents.withLock { $0.count }) documents")
            }
        } catch {
            throw ScoreInputError(file: address, what: "\(error)")
        }
        progress.clear()
        var heard = Heard(frames: [], arrivals: [], address: address)
        for document in documents.withLock({ $0 }) {
            do {
                let frames = try MetadataParser.frames(of: document.bytes)
                heard.frames += frames
                heard.arrivals += frames.map { _ in document.arrival }
            } catch {
                throw ScoreInputError(file: address, what: "\(error)")
            }
        }
        guard !heard.frames.isEmpty else {
            throw ScoreInputError(
                file: address, what: "no metadata frames came in \(seconds) s; is its metadata configured?")
        }
        return heard
    }

    private var transport: StreamTransport {
        StreamTransport(rawValue: url.prefix { $0 != ":" }.lowercased()) ?? .tcp
    }
}
