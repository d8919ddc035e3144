import AV
import Foundation
import Pictures
import Truth
import Vision

/// What needs no skill, beside what the core does: whoever is not better has shown nothing.
package enum Baseline: String, Hashable, Codable, Sendable, CaseIterable {
    /// People-sized boxes that stand still all over the ground.
    case constantBoxes = "constant boxes"
    /// As many, each time elsewhere.
    case chance
    /// What differs from the mean of the past, as it hangs together; followed by overlap.
    case blobs = "background blobs"
    /// The same, followed by colour alone.
    case color = "colour only"

    /// Metres of somebody of middling height.
    private static let height = 1.73
    /// Metres from place to place, and how far the ground reaches.
    private static let spacing = 4.0
    private static let depth = 8.0...32.0

    /// What it makes of a clip.
    ///
    /// - Throws: what is wrong with the file.
    package func answer(_ job: CoreJob, frames: Int) throws -> [CoreFrame] {
        switch self {
        case .constantBoxes:
            let objects = Self.places(job).enumerated().map { index, box in
                CoreFrame.Object(id: index + 1, kind: .human, box: box)
            }
            return (0..<frames).map { CoreFrame(index: $0, objects: objects) }
        case .chance: return Self.chance(job, frames: frames)
        case .blobs: return try BlobTracker(job, byColor: false).run()
        case .color: return try BlobTracker(job, byColor: true).run()
        }
    }

    private static func places(_ job: CoreJob) -> [VisionBox] {
        let ground = Ground(job.camera, width: job.width, height: job.height)
        var boxes: [VisionBox] = []
        for away in stride(from: depth.lowerBound, through: depth.upperBound, by: spacing) {
            for aside in stride(from: -away, through: away, by: spacing) {
                let angle = job.camera.pan * .pi / 180
                let x = job.camera.position[0] + sin(angle) * away + cos(angle) * aside
                let z = job.camera.position[2] + cos(angle) * away - sin(angle) * aside
                guard let box = ground.box(x: x, z: z, metres: height), box.x >= 0, box.y >= 0,
                    box.right <= Double(job.width), box.bottom <= Double(job.height)
                else { continue }
                boxes.append(box)
            }
        }
        return boxes
    }

    /// A generator with a fixed seed, so that the figure comes again.
    private static func chance(_ job: CoreJob, frames: Int) -> [CoreFrame] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(below count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, count)
        }
        let places = places(job)
        guard !places.isEmpty else { return [] }
        let count = max(1, places.count / 3)
        return (0..<frames).map { frame in
            CoreFrame(
                index: frame,
                objects: (1...count).map { id in
                    CoreFrame.Object(id: id, kind: .human, box: places[next(below: places.count)])
                })
        }
    }
}

/// Changed places that hang together, each taken for one person.
private struct BlobTracker {
    /// Pixels of the picture for one of the model, in each direction.
    private static let cell = 8
    /// Part of the past that a new picture replaces.
    private static let learning: Float = 0.02
    /// Steps of luma by which a changed place differs.
    private static let threshold: Float = 14
    /// Cells of the smallest blob.
    private static let least = 6
    /// Overlap by which a blob is the one of the frame before.
    private static let overlap = 0.3
    /// Steps of chroma in a class of colour.
    private static let chromaStep = 10

    private let job: CoreJob
    private let byColor: Bool

    init(_ job: CoreJob, byColor: Bool) {
        self.job = job
        self.byColor = byColor
    }

    func run() throws -> [CoreFrame] {
        let (columns, rows) = (job.width / Self.cell, job.height / Self.cell)
        var mean: [Float] = []
        var before: [CoreFrame.Object] = []
        var lastID = 0
        var frames: [CoreFrame] = []
        try PictureFile(job.source).forEachPicture { index, picture in
            let values = Self.shrunk(picture, columns, rows)
            if mean.isEmpty { mean = values }
            var changed = [Bool](repeating: false, count: values.count)
            for place in values.indices {
                changed[place] = abs(values[place] - mean[place]) > Self.threshold
                mean[place] += (values[place] - mean[place]) * Self.learning
            }
            var objects: [CoreFrame.Object] = []
            for box in Self.boxes(&changed, columns, rows) {
                var object = CoreFrame.Object(id: 0, kind: .human, box: box)
                if byColor {
                    object.id = Self.colorClass(picture, box)
                } else {
                    let old = before.max {
                        $0.box.intersectionOverUnion(box) < $1.box.intersectionOverUnion(box)
                    }
                    if let old, old.box.intersectionOverUnion(box) >= Self.overlap {
                        object.id = old.id
                    } else {
                        lastID += 1
                        object.id = lastID
                    }
                }
                if !objects.contains(where: { $0.id == object.id }) { objects.append(object) }
            }
            before = objects
            frames.append(CoreFrame(index: index, objects: objects))
        }
        return frames
    }

    private static func shrunk(_ picture: YUVPicture, _ columns: Int, _ rows: Int) -> [Float] {
        (0..<rows * columns).map { place in
            let (x, y) = (place % columns * cell, place / columns * cell)
            var sum = 0
            for row in stride(from: y, to: y + cell, by: 2) {
                for column in stride(from: x, to: x + cell, by: 2) {
                    sum += Int(picture.luma[row * picture.width + column])
                }
            }
            return Float(sum) / Float(cell * cell / 4)
        }
    }

    private static func boxes(_ changed: inout [Bool], _ columns: Int, _ rows: Int) -> [VisionBox] {
        var boxes: [VisionBox] = []
        for start in changed.indices where changed[start] {
            var stack = [start]
            changed[start] = false
            var (left, right, top, bottom, count) = (columns, 0, rows, 0, 0)
            while let place = stack.popLast() {
                let (x, y) = (place % columns, place / columns)
                (left, right, top, bottom, count) = (
                    min(left, x), max(right, x), min(top, y), max(bottom, y), count + 1
                )
                for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1)] {
                    let (nx, ny) = (x + dx, y + dy)
                    guard (0..<columns).contains(nx), (0..<rows).contains(ny), changed[ny * columns + nx] else {
                        continue
                    }
                    changed[ny * columns + nx] = false
                    stack.append(ny * columns + nx)
                }
            }
            guard count >= least else { continue }
            boxes.append(
                VisionBox(
                    x: Double(left * cell), y: Double(top * cell), width: Double((right - left + 1) * cell),
                    height: Double((bottom - top + 1) * cell)))
        }
        return boxes
    }

    /// Of the upper half of a box.
    private static func colorClass(_ picture: YUVPicture, _ box: VisionBox) -> Int {
        let x = min(max(0, Int(box.x + box.width / 2)), picture.width - 1)
        let y = min(max(0, Int(box.y + box.height / 3)), picture.height - 1)
        let pixel = picture.pixel(x: x, y: y)
        return 1 + Int(pixel.blue) / chromaStep * 32 + Int(pixel.red) / chromaStep
    }
}
