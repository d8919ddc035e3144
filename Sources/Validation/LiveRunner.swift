import Foundation
import Metadata
import StreamClient
import Vision

/// A core that looks at a camera's stream and tells what it sees by a metadata stream: camera, core and client are three
/// processes that know of each other what a network shows.
package struct LiveRunner: CoreRunner {
    /// The program, which knows `validate camera` and `validate device`.
    package let executable: String
    /// Seconds from the beginning of the camera up to which the core has to have begun.
    package let preRoll: Double

    /// Seconds after which a process that has not begun is given up.
    private static let patience = 30.0
    /// Seconds after the last picture in which its metadata may still come.
    private static let rest = 2.0
    /// Nanoseconds from look to look for a file that says that a process is ready.
    private static let pause = Duration.milliseconds(20)

    package init(executable: String, preRoll: Double) {
        self.executable = executable
        self.preRoll = preRoll
    }

    package func run(_ job: CoreJob) async throws -> CoreAnswer {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let seconds = try clipSeconds(job)
        let password = UUID().uuidString
        let (cameraReady, coreReady) = (folder.appending(path: "a.json"), folder.appending(path: "b.json"))
        let camera = ChildProcess.process(
            executable, ["validate", "camera", job.source, "--ready-file", cameraReady.path], in: folder)
        camera.environment?["GLASSEYE_PASSWORD"] = password
        try camera.run()
        defer { ChildProcess.end(camera) }
        let eye = try await Self.ready(cameraReady, camera)
        guard let stream = eye.streams.first else { throw ValidationError.noStream(reason: "the camera has none") }
        var told = job
        told.source = stream
        let (task, answer) = (folder.appending(path: "job.json"), folder.appending(path: "answer.json"))
        try JSONEncoder().encode(told).write(to: task)
        let command =
            OneProcessor.command + [
                executable, "validate", "device", task.path, "--ready-file", coreReady.path, "--out", answer.path,
                "--seconds", "\(seconds + Self.rest)",
            ]
        let device = ChildProcess.process(command[0], Array(command.dropFirst()), in: folder)
        device.environment?["GLASSEYE_PASSWORD"] = password
        try device.run()
        defer { ChildProcess.end(device) }
        let core = try await Self.ready(coreReady, device)
        guard let metadata = core.streams.first else { throw ValidationError.noStream(reason: "the core has none") }
        let recorder = MetadataRecorder()
        let options = StreamOptions(
            credentials: StreamCredentials(user: LiveCameras.user, password: password))
        try await Self.record(recorder, metadata, options, until: device)
        if let problem = recorder.problem { throw ValidationError.noStream(reason: "its metadata: \(problem)") }
        let cost = try? JSONDecoder().decode(CoreCost.self, from: Data(contentsOf: answer))
        return try answered(recorder.entries, job, epoch: eye.pictureEpoch, seconds: seconds, cost ?? CoreCost())
    }

    /// Records until the core's process has ended.
    private static func record(
        _ recorder: MetadataRecorder, _ address: String, _ options: StreamOptions, until device: Process
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await recorder.record(address, options: options, playing: {}) }
            group.addTask {
                while device.isRunning { try await Task.sleep(for: Self.pause) }
            }
            try await group.next()
            group.cancelAll()
            while device.isRunning { try await Task.sleep(for: Self.pause) }
        }
    }

    private func answered(
        _ entries: [MetadataRecorder.Entry], _ job: CoreJob, epoch: Int64, seconds: Double, _ cost: CoreCost
    ) throws -> CoreAnswer {
        let size = (width: Double(job.width), height: Double(job.height))
        let last = Int((seconds * Double(job.rate)).rounded())
        var frames: [CoreFrame] = []
        var latencies: [Double] = []
        for entry in entries {
            let time = Double(entry.frame.utc - epoch) / 1e9
            let index = Int((time * Double(job.rate)).rounded())
            // The camera begins again at the end of the clip.
            guard (0..<last).contains(index), frames.last?.index != index else { continue }
            latencies.append(Double(entry.arrival - entry.frame.utc) / 1e9)
            frames.append(
                CoreFrame(index: index, objects: entry.frame.objects.compactMap { CoreFrame.Object($0, size) }))
        }
        guard let first = frames.first else { throw ValidationError.noStream(reason: "no description came") }
        let began = Double(first.index) / Double(job.rate)
        guard began < preRoll else { throw ValidationError.late(seconds: began, preRoll: preRoll) }
        var cost = cost
        latencies.sort()
        cost.latency50 = latencies[latencies.count / 2]
        cost.latency95 = latencies[min(latencies.count - 1, latencies.count * 95 / 100)]
        return CoreAnswer(frames: frames, cost: cost)
    }

    private func clipSeconds(_ job: CoreJob) throws -> Double {
        try LiveCameras.seconds(ofClip: job.source)
    }

    private static func ready(_ file: URL, _ process: Process) async throws -> LiveCameras.Ready {
        let end = ContinuousClock.now + .seconds(patience)
        while ContinuousClock.now < end, process.isRunning {
            if let data = try? Data(contentsOf: file) {
                return try JSONDecoder().decode(LiveCameras.Ready.self, from: data)
            }
            try await Task.sleep(for: pause)
        }
        throw ValidationError.noStream(
            reason: process.isRunning
                ? "a process did not begin within \(patience.text(0)) s" : "a process ended before it began")
    }
}

extension CoreFrame.Object {
    /// As a client reads it; nil for what has no place or is of no kind that is scored.
    fileprivate init?(_ object: MetadataObject, _ picture: (width: Double, height: Double)) {
        guard let box = object.box, let type = object.types.max(by: { $0.likelihood < $1.likelihood }),
            let kind = VisionKind(rawValue: type.value)
        else { return nil }
        let pixels = box.pixels(in: picture)
        self.init(
            id: object.id, kind: kind,
            box: VisionBox(x: pixels.x, y: pixels.y, width: pixels.width, height: pixels.height),
            confidence: type.likelihood, parent: object.parent, candidate: object.identity?.value,
            similarity: object.identity?.likelihood, isKnown: object.identity == nil ? nil : true,
            plate: object.plate?.number.value)
    }
}
