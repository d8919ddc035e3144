import AV
import Documents
import Foundation
import ONVIF
import RTP
import Worlds

/// What a profile's view needs, made while the profile is read.
struct SceneryBuilder {
    /// Bits for a pixel of pictures that are encoded while they are watched, at most.
    private static let bitsPerPixel = 0.17
    /// kbit/s at least.
    private static let leastBitrate = 256
    /// Seconds from key frame to key frame.
    private static let groupSeconds = 2.0
    /// Pictures a second by which a recording may differ from its view.
    private static let rateTolerance = 0.01
    /// Degrees by which two lenses may differ.
    private static let lensTolerance = 0.01

    let file: String
    let view: ProfileFile.View
    let ptz: PTZModel?
    let kind: Scenery.Kind
    /// Pixels, and pictures a second, at the most.
    let size: Resolution
    let rate: Double
    /// Seconds after which what is seen begins again.
    let duration: Double

    /// Reads the scene, or opens the panorama.
    ///
    /// - Throws: what is wrong with it, or with the profile's wishes for it.
    init(_ view: ProfileFile.View, ptz: PTZModel?, file: String) throws(ProfileError) {
        (self.file, self.view, self.ptz) = (file, view, ptz)
        try Self.check(view.presets, ptz, file: file)
        let folder = URL(filePath: file).deletingLastPathComponent()
        func path(_ name: String) -> String { URL(filePath: name, relativeTo: folder).standardizedFileURL.path }
        switch view.kind {
        case .world(let scenePath, let name):
            guard FileManager.default.fileExists(atPath: path(scenePath)) else {
                throw .wrongValue(
                    file: file, line: view.lines.scene, key: "scene", value: scenePath,
                    expected: "the file of a scene, from this file on; those that come with Glasseye are "
                        + "Recordings/*/scene.yaml")
            }
            let scene = try SceneFile(path: path(scenePath)).scene
            guard let camera = scene.cameras.first(where: { $0.name == name }) else {
                let known = scene.cameras.map(\.name).joined(separator: ", ")
                throw .wrongValue(
                    file: file, line: view.lines.camera, key: "camera", value: name,
                    expected: known.isEmpty ? "another scene, as this one has no cameras" : "one of \(known)")
            }
            if let ptz { try Self.check(camera, of: scenePath, ptz, view.lines, file: file) }
            kind = .world(World(scene), camera)
            size = Resolution(width: camera.width, height: camera.height)
            rate = Double(camera.rate)
            duration = scene.duration
        case .panorama(let clip, let coverage, let width, let height):
            do {
                let panorama = try Recording(file: path(clip.path))
                kind = .panorama(panorama.plan, coverage)
                rate = panorama.clip.video.parameters.framesPerSecond
                duration = panorama.duration
            } catch {
                throw .recording(file: file, line: clip.line, reason: "\(error)")
            }
            size = Resolution(width: width, height: height)
        }
    }

    private static func check(
        _ presets: [ProfileFile.Preset], _ ptz: PTZModel?, file: String
    ) throws(ProfileError) {
        for (number, preset) in presets.enumerated() {
            guard let ptz, number < ptz.maximumPresets else {
                throw .wrongValue(
                    file: file, line: preset.line, key: "presets", value: preset.name,
                    expected: ptz.map { "\($0.maximumPresets) at most, as \"ptz\" says" }
                        ?? "\"ptz\" too, the head that goes there")
            }
            let axes = [("pan", preset.pan, ptz.pan), ("tilt", preset.tilt, ptz.tilt), ("zoom", preset.zoom, ptz.zoom)]
            for (key, value, axis) in axes where !axis.range.contains(value) {
                throw .wrongValue(
                    file: file, line: preset.line, key: key, value: "\(value)",
                    expected: "\(axis.minimum) to \(axis.maximum), which the head has")
            }
        }
    }

    /// The lens of the head is what PTZ tells clients, so that the camera in the scene has to have the same.
    private static func check(
        _ camera: SceneCamera, of scene: String, _ ptz: PTZModel,
        _ lines: (scene: Int, camera: Int, lens: Int, zoom: Int),
        file: String
    ) throws(ProfileError) {
        if abs(camera.fieldOfView - ptz.fieldOfView) > lensTolerance {
            throw .contradiction(
                file: file, line: lines.lens,
                reason: "\"field-of-view\" is \(ptz.fieldOfView), while the camera \"\(camera.name)\" of \(scene) has "
                    + "\(camera.fieldOfView); the head's lens rules: write \(ptz.fieldOfView) in the scene")
        }
        let range = ptz.zoom.maximum / ptz.zoom.minimum
        if camera.maximumZoom < range - lensTolerance {
            throw .contradiction(
                file: file, line: lines.zoom,
                reason: "\"zoom\" goes up to \(range) times the least, while the camera \"\(camera.name)\" of \(scene) "
                    + "has \(camera.maximumZoom); the head's lens rules: write \(range) in the scene")
        }
    }

    /// Whether a recording can stand for the view: it has to be as long and as fast, so that both show the same moment.
    ///
    /// - Throws: why not.
    func check(_ recording: Recording, line: Int) throws(ProfileError) {
        let parameters = recording.clip.video.parameters
        let what = if case .world = view.kind { "the scene" } else { "the panorama" }
        guard abs(recording.duration - duration) < 0.5 / rate else {
            throw .recording(
                file: file, line: line,
                reason: "\(recording.clip.file) lasts \(recording.duration) s, while \(what) lasts \(duration) s; "
                    + "record all of it")
        }
        guard abs(parameters.framesPerSecond - rate) < Self.rateTolerance else {
            throw .recording(
                file: file, line: line,
                reason: "\(recording.clip.file) has \(parameters.framesPerSecond) pictures a second, while \(what) has "
                    + "\(rate); record it with as many")
        }
        guard parameters.width * size.height == parameters.height * size.width else {
            throw .recording(
                file: file, line: line,
                reason: "\(recording.clip.file) has \(parameters.width)×\(parameters.height) pixels, which are no "
                    + "\(size.width)×\(size.height) made smaller; record it in that shape")
        }
    }

    /// What the streams are at first: of recordings where there are, else the view in its full and in half its size.
    func renditions(_ recorded: [VideoModel.Rendition]) -> [VideoModel.Rendition] {
        var renditions = recorded.map { rendition in
            var rendition = rendition
            rendition.bitrate = max(rendition.bitrate, bitrate(rendition.resolution))
            return rendition
        }
        let half = Resolution(width: size.width / 2, height: size.height / 2)
        let isHalvable = half.width % 2 == 0 && half.height % 2 == 0
        for size in isHalvable ? [size, half] : [size] where !recorded.contains(where: { $0.resolution == size }) {
            renditions.append(
                VideoModel.Rendition(
                    recording: "\(size.width)x\(size.height)", resolution: size, frameRate: rate,
                    bitrate: bitrate(size), govLength: max(1, Int((rate * Self.groupSeconds).rounded())),
                    profile: .main))
        }
        return renditions
    }

    private func bitrate(_ size: Resolution) -> Int {
        max(Self.leastBitrate, Int(Double(size.width * size.height) * rate * Self.bitsPerPixel / 1000))
    }

    /// - Parameters:
    ///   - home: the recordings of where the head looks when it comes from the factory.
    ///   - presets: those of each preset.
    /// - Returns: what the cameras look at.
    func scenery(home: [Recording], presets: [[Recording]]) -> Scenery {
        let head = ptz.map { PTZState(model: $0) }
        var scenery = Scenery(
            kind: kind, fieldOfView: ptz?.fieldOfView ?? Self.fieldOfView(kind), leastZoom: ptz?.zoom.minimum ?? 1)
        if !home.isEmpty {
            scenery.rests.append(.init(pose: scenery.pose(of: head, at: .distantFuture), recordings: home))
        }
        for (preset, recordings) in zip(view.presets, presets) where !recordings.isEmpty {
            let pose = ViewPose(pan: preset.pan, tilt: preset.tilt, zoom: preset.zoom / scenery.leastZoom)
            scenery.rests.append(.init(pose: pose, recordings: recordings))
        }
        return scenery
    }

    private static func fieldOfView(_ kind: Scenery.Kind) -> Double {
        if case .world(_, let camera) = kind { camera.fieldOfView } else { 0 }
    }

    /// The presets of the factory.
    var presets: [PTZState.Preset] {
        view.presets.enumerated().map { number, preset in
            PTZState.Preset(
                token: "Preset_\(number + 1)", name: preset.name,
                view: PTZView(pan: preset.pan, tilt: preset.tilt, zoom: preset.zoom))
        }
    }
}

extension Recording {
    /// Seconds.
    fileprivate var duration: Double { clip.video.timeBase.seconds(clip.video.duration) }
}
