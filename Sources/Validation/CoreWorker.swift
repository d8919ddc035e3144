import AV
import Foundation
import Pictures
import Vision

/// Runs the reference core on a file as fast as it can; the whole work of the process that it lives in.
package struct CoreWorker {
    private let job: CoreJob

    package init(_ job: CoreJob) {
        self.job = job
    }

    /// - Throws: what is wrong with the file or the gallery.
    package func run() throws -> CoreAnswer {
        let core = VisionCore(try job.settings())
        var frames: [CoreFrame] = []
        var looks: [Double] = []
        let clock = ContinuousClock()
        let (began, beganProcessor) = (clock.now, Self.processorSeconds)
        try PictureFile(job.source).forEachPicture { index, picture in
            let before = Self.processorSeconds
            let frame = core.look(at: picture, time: Double(index) / Double(job.rate), from: job.camera)
            looks.append(Self.processorSeconds - before)
            frames.append(CoreFrame(index: index, frame))
        }
        var cost = CoreCost()
        cost.frames = frames.count
        cost.streamSeconds = Double(frames.count) / Double(job.rate)
        cost.processorSeconds = Self.processorSeconds - beganProcessor
        cost.lookingSeconds = looks.reduce(0, +)
        cost.elapsedSeconds = (clock.now - began) / .seconds(1)
        cost.peakMemory = Self.peakMemory
        cost.lookingTime95 = looks.sorted().dropLast(looks.count / 20).last ?? 0
        return CoreAnswer(frames: frames, cost: cost)
    }

    /// Of this process, all its threads.
    static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Bytes; 0 where the system does not say.
    static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        return (kilobytes ?? 0) * 1024
    }
}
