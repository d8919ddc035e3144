import AV
import Foundation
import Pictures
package import Truth
import Vision
package import Worlds

/// What one camera sees of one scene, as pictures without truth first and as truth without pictures afterwards.
package struct SceneFilm: Sendable {
    /// What is done to the pictures, to see whether a core lives by them.
    package enum Treatment: Hashable, Sendable {
        case none
        /// Nothing that moves.
        case empty
        /// Left and right change places.
        case mirrored
        /// Seconds by which the pictures come too late.
        case delayed(Double)
        /// Two subjects have each other's face.
        case swappedFaces(Int, Int)
        /// Drawn otherwise: other surfaces, other light, another lens, more noise.
        case restyled
    }

    package let scene: Scene
    package let camera: SceneCamera
    package let treatment: Treatment
    package let quality: Int
    /// The manifest of those whom the core may name.
    package let gallery: String?
    /// Of the clip.
    package let frames: Int

    /// kbit/s that the encoder does not pass, whatever the quality.
    private static let bitRate = 40_000

    /// - Parameters:
    ///   - scene: with the seed of the run.
    ///   - camera: of the scene.
    ///   - treatment: of the pictures.
    ///   - quality: rate factor of the encoder.
    ///   - seconds: nil for the whole scene.
    ///   - gallery: the file of a manifest; nil where nobody is to be named.
    package init(
        _ scene: Scene, camera: SceneCamera, treatment: Treatment = .none, quality: Int, seconds: Double? = nil,
        gallery: String? = nil
    ) {
        var (scene, camera) = (scene, camera)
        switch treatment {
        case .none, .mirrored, .delayed: break
        case .empty: (scene.subjects, scene.vehicles, scene.things) = ([], [], [])
        case .swappedFaces(let one, let other):
            let face = scene.subjects[one].appearance.face
            scene.subjects[one].appearance.face = scene.subjects[other].appearance.face
            scene.subjects[other].appearance.face = face
        case .restyled: Self.restyle(&scene, &camera)
        }
        self.scene = scene
        self.camera = camera
        self.treatment = treatment
        self.quality = quality
        self.gallery = gallery
        frames = Int(((seconds ?? scene.duration) * Double(camera.rate)).rounded())
    }

    /// Guard 9: a drawing style that nobody tuned for.
    private static func restyle(_ scene: inout Scene, _ camera: inout SceneCamera) {
        scene.setting.ground = .concrete
        scene.setting.groundColor = nil
        scene.setting.patches = []
        for index in scene.setting.buildings.indices {
            scene.setting.buildings[index].material = .plaster
            scene.setting.buildings[index].color = nil
        }
        scene.light.warmth = scene.light.warmth > 0.3 ? -0.2 : 0.4
        scene.light.level *= 0.88
        scene.weather.noise += 2
        camera.distortion = -0.06
    }

    package var rate: Int { camera.rate }
    /// Of the clip that are scored.
    package var scored: Range<Int> { min(frames, Int((scene.preRoll * Double(rate)).rounded()))..<frames }

    private var isMirrored: Bool { treatment == .mirrored }

    /// Seconds of the scene that a frame shows.
    private func shownTime(_ frame: Int) -> Double {
        let time = Double(frame) / Double(rate)
        guard case .delayed(let delay) = treatment else { return time }
        return max(0, time - delay)
    }

    /// What the core is told.
    package func job(source: String) -> CoreJob {
        let view = camera.view()
        let sign = isMirrored ? -1.0 : 1
        let lines = scene.lines.map { line in
            CoreJob.Rule(
                name: line.name, kind: .line,
                points: [[sign * line.from.x, line.from.z], [sign * line.to.x, line.to.z]])
        }
        let fields = scene.zones.map { zone in
            CoreJob.Rule(name: zone.name, kind: .field, points: zone.corners.map { [sign * $0.x, $0.z] })
        }
        return CoreJob(
            source: source,
            camera: VisionCamera(
                position: [sign * view.position.x, view.position.y, view.position.z], pan: sign * view.pan,
                tilt: view.tilt, roll: sign * view.roll, fieldOfView: view.fieldOfView, distortion: view.distortion),
            width: camera.width, height: camera.height, rate: rate, rules: lines + fields,
            gallery: gallery)
    }

    /// Writes the pictures and nothing else.
    ///
    /// - Parameters:
    ///   - file: is overwritten.
    ///   - progress: given the frames that are done, now and then.
    /// - Throws: what the writer says, or `CancellationError`.
    package func write(to file: String, progress: (Int) -> Void = { _ in }) throws {
        let writer = try ClipWriter(
            file: file,
            VideoEncoder.Settings(
                width: camera.width, height: camera.height,
                frameRate: TimeBase(numerator: Int64(rate), denominator: 1), groupLength: rate, bitRate: Self.bitRate,
                profile: .high, rateFactor: quality, effort: .file), hasSound: false)
        let painter = WorldPainter(World(scene))
        let view = camera.view()
        for frame in 0..<frames {
            try Task.checkCancellation()
            let picture = painter.picture(of: view, at: shownTime(frame), quality: .resting)
            try writer.add(isMirrored ? picture.mirrored : picture)
            if frame % rate == 0 { progress(frame) }
        }
        try writer.finish()
    }

    /// Replays the scene and tells what was true in each frame of the clip's time, whatever the pictures showed; mirrored
    /// where they were.
    ///
    /// - Throws: `CancellationError`.
    package func truth(progress: (Int) -> Void = { _ in }) throws -> [TruthFrame] {
        let painter = WorldPainter(World(scene))
        let view = camera.view()
        return try (0..<frames).map { frame in
            try Task.checkCancellation()
            if frame % rate == 0 { progress(frame) }
            let (_, truth) = painter.frame(of: view, at: Double(frame) / Double(rate), index: frame)
            return isMirrored ? truth.mirrored(width: Double(camera.width)) : truth
        }
    }

    /// What happened within the clip's time.
    package var events: [TruthEvent] {
        World(scene).events.filter { $0.time < Double(frames) / Double(rate) }
    }
}

extension YUVPicture {
    /// Left and right change places.
    var mirrored: YUVPicture {
        func flipped(_ plane: [UInt8], _ width: Int) -> [UInt8] {
            var plane = plane
            for start in stride(from: 0, to: plane.count, by: width) {
                plane[start..<start + width].reverse()
            }
            return plane
        }
        return YUVPicture(
            width: width, height: height, luma: flipped(luma, width), blue: flipped(blue, chromaWidth),
            red: flipped(red, chromaWidth))
    }
}

extension TruthFrame {
    /// As a mirrored picture shows it; of objects the whole boxes only.
    func mirrored(width: Double) -> TruthFrame {
        var frame = self
        for index in frame.objects.indices {
            let box = frame.objects[index].box
            frame.objects[index].box.x = width - box.x - box.width
            frame.objects[index].world.x *= -1
            frame.objects[index].visibleBox = nil
            frame.objects[index].face = nil
        }
        return frame
    }
}
