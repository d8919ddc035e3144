import Foundation
import Gzip
import Truth
import Worlds

/// Gathers the truth of a clip and writes it when the clip is whole.
struct RenderTruth {
    private let plan: RenderPlan
    private let world: World
    private let metadata: TruthMetadata
    private var rows: [UInt8] = []
    private var lines: [UInt8] = []
    private var document: [UInt8]
    /// Rows of all frames.
    private(set) var objects = 0

    init(_ plan: RenderPlan, _ world: World) {
        self.plan = plan
        self.world = world
        metadata = TruthMetadata(width: plan.width, height: plan.height)
        document = Array(TruthMetadata.head.utf8)
    }

    mutating func take(_ frame: TruthFrame) {
        guard plan.truth != nil else { return }
        rows += Array(MOTChallengeRow.text(of: frame).utf8)
        lines += Array(TruthLines.text(of: frame).utf8)
        document += Array(metadata.text(of: frame).utf8)
        objects += frame.objects.count
    }

    /// - Returns: the files that were written; on failure those that had been written are gone.
    func write() throws -> [String] {
        guard let place = plan.truth else { return [] }
        let clip = URL(filePath: plan.out)
        let folder = place.folder ?? RenderFile.folder(of: plan.out)
        let name = clip.deletingPathExtension().lastPathComponent
        let suffix = place.compresses ? ".gz" : ""
        var files: [(String, [UInt8], isLarge: Bool)] = [("clip.json", Array(sheet.text.utf8), false)]
        if let panorama = plan.panorama {
            files.append(("panorama.yaml", Array(Self.text(panorama, clip: clip.lastPathComponent).utf8), false))
        } else {
            files.append(("gt.txt", rows, false))
            files.append(("truth.jsonl", lines, true))
            files.append(("metadata.xml", document + Array(TruthMetadata.tail.utf8), true))
        }
        files.append(("events.jsonl", Array(events.map(TruthLines.text(of:)).joined().utf8), false))
        var written: [String] = []
        do {
            for (kind, bytes, isLarge) in files {
                let file = "\(folder.isEmpty ? "" : folder + "/")\(name).\(kind)\(isLarge ? suffix : "")"
                guard let content = isLarge && place.compresses ? Gzip.compress(bytes) : bytes else {
                    throw RenderError.cannotWrite(file: file, reason: "no memory to compress it")
                }
                written.append(try RenderFile.write(content, to: file))
            }
        } catch {
            for file in written { try? FileManager.default.removeItem(atPath: file) }
            throw error
        }
        return written
    }

    /// Those of the clip's time.
    private var events: [TruthEvent] {
        let end = plan.time(of: plan.frames)
        return world.events.filter { $0.time >= plan.start && $0.time < end }
    }

    private var sheet: TruthSheet {
        let (scene, view) = (plan.scene, plan.view)
        let end = plan.time(of: plan.frames)
        func pair(_ point: GroundPoint) -> [Double] { [point.x, point.z] }
        return TruthSheet(
            generator: GeneratorVersion.current, scene: scene.name, tier: scene.tier.rawValue, seed: scene.seed,
            camera: plan.camera.name, position: [view.position.x, view.position.y, view.position.z],
            pose: [view.pan, view.tilt, view.roll, view.fieldOfView], distortion: view.distortion, width: plan.width,
            height: plan.height, rate: plan.rate, frames: plan.frames, start: plan.start,
            scored: [min(max(plan.start, scene.preRoll), end), end],
            lines: scene.lines.map { TruthSheet.Line(name: $0.name, from: pair($0.from), to: pair($0.to)) },
            zones: scene.zones.map {
                TruthSheet.Zone(
                    name: $0.name, corners: $0.corners.map(pair), loitering: $0.loitering, counts: $0.countsPeople)
            })
    }

    /// As a profile has it.
    private static func text(_ extent: PanoramaExtent, clip: String) -> String {
        """
        # For the profile of a camera with a head: the panorama's middle is the head's pan 0.
        panorama:
          clip: \(clip)
          horizontal: \(extent.horizontal)
          top: \(extent.top)
          bottom: \(extent.bottom)

        """
    }
}

/// Files that come into being whole.
enum RenderFile {
    /// What stands before the last slash.
    static func folder(of file: String) -> String {
        file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
    }

    /// Throws for a folder that is not there, before anybody has waited for what is to go into it.
    static func check(folder: String) throws {
        var isFolder: ObjCBool = false
        let path = folder.isEmpty ? "." : folder
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw RenderError.cannotWrite(file: folder, reason: "no such folder")
        }
    }

    /// - Returns: the name of the file.
    /// - Throws: `RenderError.cannotWrite`.
    static func write(_ bytes: [UInt8], to file: String) throws -> String {
        do {
            try Data(bytes).write(to: URL(filePath: file), options: .atomic)
        } catch {
            let reason = error.localizedDescription
            throw RenderError.cannotWrite(file: file, reason: reason)
        }
        return file
    }
}
