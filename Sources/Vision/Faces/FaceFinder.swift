package import Pictures

/// A face that was found in a picture.
package struct FaceSighting: Hashable, Sendable {
    package var pose: FacePose
    /// That it is a face that looks into the camera's half of the world, 0…1.
    package var confidence: Double

    package init(pose: FacePose, confidence: Double) {
        self.pose = pose
        self.confidence = confidence
    }

    package var box: VisionBox { pose.box }
}

/// Finds the face of a person, and places it exactly.
package struct FaceFinder: Sendable {
    private let model: FaceModel

    package init(_ model: FaceModel) { self.model = model }

    /// Where the middle of a head is in a person's box, and half of the head's height, parts of the box's height.
    private static let middle: Float = 0.086
    private static let half: Float = 0.078
    /// Heads that are looked for: half of the height, pixels.
    private static let leastHalf: Float = 5
    /// How far beside and above the expected place is looked, half heights, and how far apart.
    private static let across: [Float] = [-1.0, -0.5, 0, 0.5, 1.0]
    private static let down: [Float] = [-0.8, -0.4, 0, 0.4, 0.8]
    /// Turned further away it is no face any more: radians, 80°.
    private static let mostYaw: Float = 1.4
    /// How sharply the check's value parts faces from other things.
    private static let slope: Float = 5

    /// The face of a person in the whole picture.
    ///
    /// - Parameters:
    ///   - picture: at full size.
    ///   - person: the whole person's box, also beyond the picture.
    ///   - last: where its face was in the picture before, moved with the person; saves the search.
    /// - Returns: nil where the head is too small or outside; a low confidence from behind.
    package func find(in picture: YUVPicture, person: VisionBox, last: FacePose? = nil) -> FaceSighting? {
        if let last {
            let sighting = place(last, in: picture)
            if sighting.confidence > 0.5 { return sighting }
        }
        let height = Float(person.height)
        let half = height * Self.half
        guard half >= Self.leastHalf else { return nil }
        let start = FacePose(
            center: SIMD2(Float(person.x + person.width / 2), Float(person.y) + height * Self.middle), half: half)
        guard start.center.x > 0, start.center.y > -half, start.center.x < Float(picture.width),
            start.center.y < Float(picture.height)
        else { return nil }
        let patch = FacePatch(picture, around: start, reach: 3.2)
        var places: [(value: Float, pose: FacePose)] = []
        for (row, down) in Self.down.enumerated() {
            // Every other place, as the black fields of a chessboard.
            for (column, across) in Self.across.enumerated() where (row + column).isMultiple(of: 2) {
                var pose = start
                pose.center += SIMD2(across, down) * half
                let value = model.scan.map(FaceGlimpse.numbers(of: patch, pose: pose))[0]
                // Near the middle where all else is equal.
                places.append((value - 0.06 * (across * across + down * down), pose))
            }
        }
        places.sort { $0.value > $1.value }
        var best: FaceSighting?
        for candidate in places.prefix(2) {
            let sighting = place(candidate.pose, in: picture)
            if sighting.confidence > (best?.confidence ?? -1) { best = sighting }
        }
        return best
    }

    /// Corrects a pose stage by stage and says how much of a face is there.
    package func place(_ start: FacePose, in picture: YUVPicture) -> FaceSighting {
        let patch = FacePatch(picture, around: start, reach: 2.6)
        var pose = start
        for stage in model.stages {
            pose = pose.corrected(by: stage.map(FaceGlimpse.numbers(of: patch, pose: pose)))
        }
        let value = model.check.map(FaceGlimpse.numbers(of: patch, pose: pose))[0]
        // A logistic curve with powers of two.
        let odds = Self.power(-Self.slope * value)
        let turned = abs(pose.yaw) > Self.mostYaw
        return FaceSighting(pose: pose, confidence: turned ? 0 : Double(1 / (1 + odds)))
    }

    /// Two to the power of a number within ±30; error below 1 %.
    private static func power(_ exponent: Float) -> Float {
        let bounded = min(max(exponent, -30), 30)
        let whole = bounded.rounded(.down)
        let part = bounded - whole
        let factor = Float(sign: .plus, exponent: Int(whole), significand: 1)
        return factor * (1 + part * (0.6565 + 0.3435 * part))
    }
}

extension FacePose {
    /// `change`: right and up along the roll (half heights), growth, roll (radians), then yaw and pitch themselves.
    package func corrected(by change: [Float]) -> FacePose {
        func bounded(_ index: Int, _ limit: Float) -> Float { min(max(change[index], -limit), limit) }
        let growth = bounded(2, 0.4)
        return FacePose(
            center: point(bounded(0, 0.6), bounded(1, 0.6)), half: half * (1 + growth + growth * growth / 2),
            roll: roll + bounded(3, 0.5), yaw: bounded(4, 1.6), pitch: bounded(5, 0.8))
    }

    /// The change that `corrected` needs to come to another pose.
    package func correction(to other: FacePose) -> [Float] {
        let offset = (other.center - center) / half
        let (s, c) = (sine(roll), cosine(roll))
        // The growth whose first terms of the exponential give the ratio.
        let growth = (2 * other.half / half - 1).squareRoot() - 1
        return [
            offset.x * c + offset.y * s, offset.x * s - offset.y * c, growth, other.roll - roll, other.yaw, other.pitch,
        ]
    }
}
