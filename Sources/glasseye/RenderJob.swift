import AV
import Foundation
import Pictures
import Synchronization
import Truth
import Worlds

/// What is to be rendered.
struct RenderPlan {
    /// Where truth goes.
    struct TruthPlace {
        /// Nil beside the clip.
        var folder: String?
        var compresses: Bool
    }

    var scene: Scene
    var camera: SceneCamera
    var out: String
    /// Seconds of the scene.
    var start: Double
    var rate: Int
    var frames: Int
    var width: Int
    var height: Int
    var pan: Double
    var tilt: Double
    var zoom: Double
    var codec: VideoCodec.Kind
    var quality: Int
    /// Frames from key frame to key frame.
    var groupLength: Int
    var hasSound: Bool
    var truth: TruthPlace?
    var poster: String?
    var overlay: Bool
    var panorama: PanoramaExtent?

    var view: CameraView { camera.view(pan: pan, tilt: tilt, zoom: zoom).sized(width: width, height: height) }

    /// Seconds of the scene at which a frame is taken.
    func time(of frame: Int) -> Double { start + Double(frame) / Double(rate) }
}

/// Draws, encodes and tells the truth, frame by frame.
struct RenderJob {
    /// kbit/s that the encoder does not pass, whatever the quality.
    private static let bitRate = 40_000

    private let plan: RenderPlan
    private let interruption = Interruption()

    init(_ plan: RenderPlan) { self.plan = plan }

    /// Makes all files, or none where it fails.
    ///
    /// - Parameter progress: is told how far it is, some times a second.
    /// - Returns: the files and figures.
    /// - Throws: why there is no clip; `RenderError.interrupted` where the user stopped it.
    func run(progress: (String) -> Void) throws -> RenderResult {
        for folder in [plan.truth?.folder, plan.poster.map(RenderFile.folder(of:))] {
            if let folder { try RenderFile.check(folder: folder) }
        }
        ClipWriter.computeAlike()
        let writer = try ClipWriter(
            file: plan.out,
            VideoEncoder.Settings(
                codec: plan.codec, width: plan.width, height: plan.height,
                frameRate: TimeBase(numerator: Int64(plan.rate), denominator: 1), groupLength: plan.groupLength,
                bitRate: Self.bitRate, profile: .high, rateFactor: plan.quality, effort: .file),
            hasSound: plan.hasSound)
        let world = World(plan.scene)
        var truth = RenderTruth(plan, world)
        var poster = RenderPoster()
        var result = RenderResult(plan)
        let source = RenderSource(plan, world)
        let clock = ContinuousClock()
        let began = clock.now
        var toldAt = began
        for index in 0..<plan.frames {
            let before = clock.now
            var (picture, frame) = source.frame(index)
            let drawn = clock.now
            if let frame { truth.take(frame) }
            if plan.poster != nil { poster.take(picture, frame) }
            if plan.overlay, let frame { TruthOverlay.draw(frame, on: &picture) }
            let ready = clock.now
            try writer.add(picture)
            if plan.hasSound { try writer.add(sound: source.sound(from: writer.samples, upTo: index + 1)) }
            result.drawing += drawn - before
            result.encoding += clock.now - ready
            if interruption.hasCome { throw RenderError.interrupted(frame: index + 1, of: plan.frames) }
            if clock.now - toldAt > .milliseconds(200) {
                toldAt = clock.now
                progress(result.progress(index + 1, since: clock.now - began))
            }
        }
        let posterBytes = try plan.poster == nil ? nil : poster.picture?.jpeg()
        try writer.finish()
        do {
            result.files += try truth.write()
            if let file = plan.poster, let posterBytes {
                result.files.append(try RenderFile.write(posterBytes, to: file))
            }
        } catch {
            // A clip without its truth is none.
            try? FileManager.default.removeItem(atPath: plan.out)
            for file in result.files { try? FileManager.default.removeItem(atPath: file) }
            throw error
        }
        result.files.insert(plan.out, at: 0)
        result.elapsed = clock.now - began
        result.objects = truth.objects
        return result
    }
}

/// Where pictures, truth and sound come from.
private final class RenderSource {
    private let plan: RenderPlan
    private let painter: WorldPainter
    private let panorama: PanoramaPainter?
    private let view: CameraView
    private let synthesizer: SoundSynthesizer
    private let sampleRate = ClipWriter.sampleRate

    init(_ plan: RenderPlan, _ world: World) {
        let view = plan.view
        self.plan = plan
        self.view = view
        painter = WorldPainter(world)
        synthesizer = SoundSynthesizer(world, ear: view.position, rate: sampleRate)
        panorama = plan.panorama.map { extent in
            PanoramaPainter(
                world, position: view.position, pan: view.pan, horizontal: extent.horizontal, bottom: extent.bottom,
                top: extent.top, width: plan.width, height: plan.height)
        }
    }

    func frame(_ index: Int) -> (YUVPicture, TruthFrame?) {
        let time = plan.time(of: index)
        if let panorama { return (panorama.picture(at: time), nil) }
        return painter.frame(of: view, at: time, index: index)
    }

    /// The samples from one up to the beginning of a frame.
    func sound(from sample: Int, upTo frame: Int) -> [Int16] {
        let end = frame * sampleRate / plan.rate
        let first = Int((plan.start * Double(sampleRate)).rounded())
        return synthesizer.samples(from: first + sample, count: max(0, end - sample))
    }
}

/// The frame that shows most, without truth the one in the middle of what came so far.
private struct RenderPoster {
    private(set) var picture: YUVPicture?
    private var most = -1.0

    mutating func take(_ picture: YUVPicture, _ frame: TruthFrame?) {
        let shown = frame?.objects.reduce(0.0) { sum, object in
            guard object.cut == 0, let box = object.visibleBox else { return sum }
            return sum + object.visibility * (box.width * box.height).squareRoot()
        }
        guard shown ?? 0 > most else { return }
        (most, self.picture) = (shown ?? 0, picture)
    }
}

/// Knows that the user wants to stop, so that nothing half made stays behind.
private final class Interruption {
    private let source: any DispatchSourceSignal
    private let flag: Flag

    private final class Flag: Sendable {
        let value = Mutex(false)
    }

    init() {
        let flag = Flag()
        self.flag = flag
        // The source replaces the usual end of the process.
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { flag.value.withLock { $0 = true } }
        source.resume()
    }

    deinit { source.cancel() }

    var hasCome: Bool { flag.value.withLock { $0 } }
}
