import AV
import Analytics
package import Emulator
import Foundation
import Metadata
import Pictures
package import StreamClient
import Vision

/// The reference core as a device: plays a camera's stream, looks at it, and tells in a metadata stream of its own what it saw.
///
/// The device has its own small picture, as every ONVIF device has one; what it describes is the stream that it plays.
package final class LiveCore: Sendable {
    /// Pictures that wait for the core; when it is that late, further ones are left out.
    package static let queueLimit = 250
    /// Seconds that it waits for the stream's first sender report, without which no picture has a time.
    private static let reportPatience = 10.0

    private let job: CoreJob
    private let options: StreamOptions
    private let outlet: MetadataOutlet

    /// - Parameters:
    ///   - job: the source is an address.
    ///   - options: how the stream is taken.
    ///   - outlet: takes what is seen.
    package init(_ job: CoreJob, options: StreamOptions, outlet: MetadataOutlet) {
        self.job = job
        self.options = options
        self.outlet = outlet
    }

    /// Looks until the stream ends or the time is over.
    ///
    /// - Parameter duration: how long it plays.
    /// - Returns: what it took; of memory and time the whole process, its device included.
    /// - Throws: why nothing could be played.
    package func run(for duration: Duration) async throws -> CoreCost {
        let settings = try job.settings()
        let (frames, continuation) = AsyncStream<StreamFrame>.makeStream(
            bufferingPolicy: .bufferingOldest(Self.queueLimit))
        let client = try await RTSPClient(job.source, options: options) { _ in
            0
        } tap: { frame in
            if frame.kind == "video" { continuation.yield(frame) }
        }
        do {
            let media = try await client.describe()
            guard let (index, video) = media.enumerated().first(where: { $0.element.kind == "video" }) else {
                throw ValidationError.noStream(reason: "\(client.url) has no video")
            }
            try await client.setup(video, index: index)
            try await client.play()
        } catch {
            await client.close()
            throw error
        }
        let (job, outlet) = (job, outlet)
        // Ends with the stream of frames, which ends below.
        let worker = Task.detached { try await Self.look(at: frames, job, settings, outlet) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await client.receive(frames: .max, within: duration) }
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(20))
                    if !Task.isCancelled { _ = try? await client.keepAlive() }
                }
            }
            await group.next()
            group.cancelAll()
        }
        continuation.finish()
        let cost = try await worker.value
        await client.close()
        return cost
    }

    private static func look(
        at frames: AsyncStream<StreamFrame>, _ job: CoreJob, _ settings: VisionSettings, _ outlet: MetadataOutlet
    ) async throws -> CoreCost {
        let core = VisionCore(settings)
        let source = CoreSource(width: job.width, height: job.height)
        var decoder: StreamDecoder?
        var report: StreamFrame.Report?
        // Pictures that came before the first report, seen but not told.
        var waiting: [(frame: StreamFrame, vision: VisionFrame)] = []
        var first: StreamFrame?
        var cost = CoreCost()
        var looks: [Double] = []
        let clock = ContinuousClock()
        let (began, beganProcessor) = (clock.now, CoreWorker.processorSeconds)
        for await frame in frames {
            // With one processor there is one thread for all tasks: the clock that ends this must have its turn.
            await Task.yield()
            if decoder == nil {
                guard frame.isKey, let codec = frame.codec else { continue }
                decoder = try StreamDecoder(codec, configuration: frame.configuration, keepsPictures: true)
                first = frame
            }
            guard let decoder, let first else { continue }
            let before = decoder.pictures
            decoder.decode(frame.bytes)
            guard decoder.pictures > before, let picture = decoder.latest else { continue }
            let time = Double(Int32(bitPattern: frame.timestamp &- first.timestamp)) / frame.rate
            let start = CoreWorker.processorSeconds
            let vision = core.look(at: picture, time: time, from: job.camera)
            looks.append(CoreWorker.processorSeconds - start)
            cost.frames += 1
            // One report for all: a clock that is set while we look shall not move the pictures.
            report = report ?? frame.report
            waiting.append((frame, vision))
            guard let report else {
                guard time < reportPatience else {
                    throw ValidationError.noStream(reason: "no sender report within \(reportPatience.text(0)) s")
                }
                continue
            }
            for (frame, vision) in waiting { outlet.push(source.frame(of: vision, utc: frame.utc(by: report))) }
            waiting = []
        }
        cost.streamSeconds = Double(cost.frames) / Double(job.rate)
        cost.processorSeconds = CoreWorker.processorSeconds - beganProcessor
        cost.lookingSeconds = looks.reduce(0, +)
        cost.elapsedSeconds = (clock.now - began) / .seconds(1)
        cost.peakMemory = CoreWorker.peakMemory
        cost.lookingTime95 = looks.sorted().dropLast(looks.count / 20).last ?? 0
        return cost
    }
}
