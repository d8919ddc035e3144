import AV
import ArgumentParser
import Foundation
import Worlds

struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a clip of a scene as one of its cameras sees it, with the truth about every frame.",
        discussion: """
            Beside NAME.mp4 it writes NAME.clip.json (what the clip is), NAME.gt.txt (boxes as the tracking benchmarks have \
            them), NAME.truth.jsonl (all that is known of each frame), NAME.events.jsonl and NAME.metadata.xml (ONVIF). \
            docs/render.md describes them. The same scene makes the same frames and the same truth on every machine.

            Exit codes: 0 the clip is there, 2 it could not be made, 64 wrong usage.
            """)

    @Argument(
        help: "The scene: a file, its folder, or the name of a folder in Recordings.",
        completion: .file(extensions: ["yaml"]))
    var scene: String

    @Option(help: "Which camera of the scene; not needed where it has one.")
    var camera: String?

    @Option(name: .shortAndLong, help: "The clip to write.", completion: .file(extensions: ["mp4"]))
    var out: String?

    @Flag(help: "Only tell the cameras of the scene.")
    var list = false

    @Option(
        help: ArgumentHelp(
            "Instead of the scene's own seed: in the same place other people on other ways.", valueName: "N"))
    var seed: UInt64?

    @Option(help: "Seconds of the scene at which the clip begins.")
    var start = 0.0

    @Option(help: "How long it is; up to the end of the scene without it.")
    var seconds: Double?

    @Option(help: ArgumentHelp("Pixels of the picture; the camera's own without it.", valueName: "WxH"))
    var size: PixelSize?

    @Option(help: "Frames a second; the camera's own without it.")
    var rate: Int?

    @Option(help: "Degrees to the right of the camera's own direction, as a PTZ head turns.")
    var pan = 0.0

    @Option(help: "Degrees above the camera's own direction.")
    var tilt = 0.0

    @Option(help: "Focal length over that of the widest.")
    var zoom = 1.0

    @Option(help: "How pictures are coded: \(ClipCodec.allCases.map(\.rawValue).joined(separator: ", ")).")
    var codec = ClipCodec.h264

    @Option(help: "Rate factor of the encoder, from 0 (best) to 51 (smallest).")
    var quality = 24

    @Option(
        name: .customLong("key-frames"),
        help: "Seconds from one key frame to the next, where decoding may begin.")
    var keyFrameInterval = 1.0

    @Flag(name: .customLong("no-sound"), help: "Leave the sound out.")
    var isSilent = false

    @Option(help: "Folder for the truth; it lies beside the clip without it.", completion: .directory)
    var truth: String?

    @Flag(name: .customLong("no-truth"), help: "Write the clip only.")
    var hasNoTruth = false

    @Flag(help: "Compress the large files of truth (.gz).")
    var gzip = false

    @Option(help: "Write the frame that shows most as a JPEG picture.", completion: .file(extensions: ["jpg"]))
    var poster: String?

    @Flag(help: "Draw the truth over the picture, for people to look at.")
    var overlay = false

    @Flag(help: "Leave out everything that moves and what happens: the background for comparisons.")
    var empty = false

    @Option(
        help: ArgumentHelp(
            "Make a panorama around the camera instead: degrees from left to right, of the lower and of the upper edge, "
                + "such as 360:-60:30. NAME.panorama.yaml tells profiles of it; only events are its truth.",
            valueName: "H:BOTTOM:TOP"))
    var panorama: PanoramaExtent?

    @Flag(help: "Print what was made as JSON.")
    var json = false

    /// Most of an hour: truth is held in memory until the clip is whole.
    private static let secondsLimit = 3600.0
    private static let rates = 1...120
    private static let qualities = 0...51
    private static let zooms = 1.0...100.0
    private static let keyFrameIntervals = 0.01...60.0

    func validate() throws {
        if list { return }
        guard let out, !out.isEmpty else {
            throw ValidationError("say where the clip goes: --out FILE.mp4 (or --list to see the cameras)")
        }
        guard out.lowercased().hasSuffix(".mp4") else {
            throw ValidationError("\(out) is not named .mp4, which is what is written; give such a name")
        }
        if let rate, !Self.rates.contains(rate) {
            throw ValidationError("--rate is \(rate); give \(Self.rates.lowerBound) to \(Self.rates.upperBound)")
        }
        if let seconds, !(seconds > 0 && seconds <= Self.secondsLimit) {
            throw ValidationError("--seconds is \(seconds); give more than 0 and at most \(Int(Self.secondsLimit))")
        }
        if let seed, seed > UInt64(UInt32.max) {
            throw ValidationError("--seed is \(seed); give 0 to \(UInt32.max)")
        }
        guard start >= 0, start <= Self.secondsLimit else {
            throw ValidationError("--start is \(start); give 0 to \(Int(Self.secondsLimit))")
        }
        guard Self.qualities.contains(quality) else {
            throw ValidationError("--quality is \(quality); give 0 (best) to 51 (smallest)")
        }
        guard Self.zooms.contains(zoom), abs(pan) <= 360, abs(tilt) <= 180 else {
            throw ValidationError("--pan is within 360 degrees, --tilt within 180, --zoom from 1 to 100")
        }
        guard Self.keyFrameIntervals.contains(keyFrameInterval) else {
            throw ValidationError("--key-frames is \(keyFrameInterval); give seconds, up to 60")
        }
        if hasNoTruth, truth != nil || gzip {
            throw ValidationError("--no-truth leaves nothing for --truth and --gzip")
        }
        if panorama != nil, overlay {
            throw ValidationError("--overlay does not go with --panorama, of whose frames nothing is told")
        }
    }

    func run() throws {
        do {
            let (scene, file) = try SceneFolder.read(self.scene, seed: seed)
            if list { return show(scene) }
            guard let out else { return }
            let job = try RenderJob(plan(scene, file: file, out: out))
            let progress = StandardErrorLine()
            defer { progress.clear() }
            let result = try job.run { progress.show($0) }
            progress.clear()
            print(json ? try result.json : result.text)
        } catch let code as ExitCode {
            throw code
        } catch {
            throw failure("\(error)")
        }
    }

    private func plan(_ scene: Scene, file: String, out: String) throws -> RenderPlan {
        let known = scene.cameras.map(\.name)
        let found: SceneCamera? =
            if let camera {
                scene.cameras.first { $0.name == camera }
            } else {
                known.count == 1 ? scene.cameras.first : nil
            }
        guard let found else {
            let wish = camera.map { "no camera \"\($0)\"" } ?? "\(known.count) cameras"
            throw RenderError.wrongCamera(file: file, wish: wish, known: known)
        }
        guard start < scene.duration else {
            throw RenderError.beyondTheEnd(file: file, start: start, duration: scene.duration)
        }
        var scene = scene
        if empty { (scene.subjects, scene.vehicles, scene.things) = ([], [], []) }
        let rate = rate ?? found.rate
        let length = seconds ?? scene.duration - start
        return RenderPlan(
            scene: scene, camera: found, out: out, start: start, rate: rate,
            frames: max(1, Int((length * Double(rate)).rounded())),
            width: size?.width ?? found.width, height: size?.height ?? found.height,
            pan: pan, tilt: tilt, zoom: zoom, codec: codec.kind, quality: quality,
            groupLength: max(1, Int((keyFrameInterval * Double(rate)).rounded())), hasSound: !isSilent,
            truth: hasNoTruth ? nil : RenderPlan.TruthPlace(folder: truth, compresses: gzip), poster: poster,
            overlay: overlay, panorama: panorama)
    }

    private func show(_ scene: Scene) {
        let rows = scene.cameras.map { camera in
            [
                camera.name, "\(camera.width)x\(camera.height)", "\(camera.rate)",
                "\(Int(camera.fieldOfView.rounded()))°", camera.maximumZoom > 1 ? "\(camera.maximumZoom)x" : "",
            ]
        }
        print("\(scene.name): \(scene.duration) s, \(scene.tier.rawValue)\n")
        print(Table(columns: ["camera", "pixels", "frames/s", "view", "zoom"]).text(rows))
    }
}

/// How a clip's pictures are coded.
enum ClipCodec: String, CaseIterable, ExpressibleByArgument {
    case h264, h265, jpeg

    var kind: VideoCodec.Kind {
        switch self {
        case .h264: .h264
        case .h265: .h265
        case .jpeg: .jpeg
        }
    }
}

/// `1280x720`; even, as the encoders want it.
struct PixelSize: ExpressibleByArgument {
    private static let limits = 64...8192

    let width: Int
    let height: Int

    init?(argument: String) {
        let parts = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let width = parts[0], let height = parts[1] else { return nil }
        for value in [width, height] where !Self.limits.contains(value) || value % 2 != 0 { return nil }
        (self.width, self.height) = (width, height)
    }
}

/// `360:-60:30`.
struct PanoramaExtent: ExpressibleByArgument, Equatable {
    /// Degrees.
    let horizontal: Double
    let bottom: Double
    let top: Double

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard parts.count == 3, let horizontal = parts[0], let bottom = parts[1], let top = parts[2],
            (1...360).contains(horizontal), -90 <= bottom, bottom < top, top <= 90
        else { return nil }
        (self.horizontal, self.bottom, self.top) = (horizontal, bottom, top)
    }
}
