import Foundation
package import Pictures

/// What the training of drawn faces left: how to place a head, and how to turn its numbers into an identity's direction.
package struct FaceModel: Hashable, Sendable {
    package static let version: UInt32 = 1

    /// The one that `FaceModelData` holds.
    package static let trained: FaceModel = {
        guard let data = Data(base64Encoded: FaceModelData.base64), let model = try? FaceModel(bytes: Array(data))
        else {
            preconditionFailure("FaceModelData holds no model; make it again with VisionTrainer train --source")
        }
        return model
    }()

    /// Where the training's identities begin, how many there were and how many pictures of each.
    package struct Origin: Hashable, Sendable {
        package var firstSeed: UInt32
        package var identities: UInt32
        package var pictures: UInt32

        package init(firstSeed: UInt32, identities: UInt32, pictures: UInt32) {
            self.firstSeed = firstSeed
            self.identities = identities
            self.pictures = pictures
        }
    }

    /// Similarities that few strangers reach, measured on calibration identities at one size of head.
    package struct Threshold: Hashable, Sendable {
        /// Half of the head's height, pixels.
        package var half: Float
        /// Reached by one stranger of a hundred, of ten.
        package var strict: Float
        package var lenient: Float

        package init(half: Float, strict: Float, lenient: Float) {
            self.half = half
            self.strict = strict
            self.lenient = lenient
        }
    }

    package var origin: Origin
    /// From a glimpse to corrections of a pose: right, up, size, roll, and the yaw and pitch themselves.
    package var stages: [FaceMatrix]
    /// From a glimpse to how much its middle is that of a head (about 1) or not (about −1), roughly and exactly placed.
    package var scan: FaceMatrix
    package var check: FaceMatrix
    /// Of the features: mean, and one over the spread.
    package var mean: FaceMatrix
    package var scale: FaceMatrix
    package var projection: FaceMatrix
    /// By rising size; at least one.
    package var thresholds: [Threshold]

    package init(
        origin: Origin, stages: [FaceMatrix], scan: FaceMatrix, check: FaceMatrix, mean: FaceMatrix, scale: FaceMatrix,
        projection: FaceMatrix, thresholds: [Threshold]
    ) {
        self.origin = origin
        self.stages = stages
        self.scan = scan
        self.check = check
        self.mean = mean
        self.scale = scale
        self.projection = projection
        self.thresholds = thresholds
    }

    private static let mostStages: UInt32 = 8
    private static let mostThresholds: UInt32 = 64

    /// - Throws: where they are not whole, of another version, or changed.
    package init(bytes: [UInt8]) throws(FaceModelError) {
        guard bytes.count > 8 else { throw .tooShort(bytes: bytes.count) }
        var tail = FaceModelReader(Array(bytes.suffix(8)))
        let sum = UInt64(try tail.integer()) | UInt64(try tail.integer()) << 32
        guard sum == fingerprint(bytes.dropLast(8)) else { throw .wrongChecksum }
        var reader = FaceModelReader(bytes)
        let version = try reader.integer()
        guard version == Self.version else { throw .wrongVersion(version, known: Self.version) }
        origin = Origin(
            firstSeed: try reader.integer(), identities: try reader.integer(), pictures: try reader.integer())
        stages = []
        for _ in 0..<min(try reader.integer(), Self.mostStages) { stages.append(try reader.matrix()) }
        scan = try reader.matrix()
        check = try reader.matrix()
        mean = try reader.matrix()
        scale = try reader.matrix()
        projection = try reader.matrix()
        thresholds = []
        for _ in 0..<min(try reader.integer(), Self.mostThresholds) {
            thresholds.append(
                Threshold(half: try reader.number(), strict: try reader.number(), lenient: try reader.number()))
        }
        for stage in stages { try Self.check(stage, FaceGlimpse.count, 6) }
        try Self.check(scan, FaceGlimpse.count, 1)
        try Self.check(check, FaceGlimpse.count, 1)
        try Self.check(mean, FaceFeatures.count, 1)
        try Self.check(scale, FaceFeatures.count, 1)
        try Self.check(projection, FaceFeatures.count, projection.columns)
    }

    private static func check(_ matrix: FaceMatrix, _ rows: Int, _ columns: Int) throws(FaceModelError) {
        guard matrix.rows == rows, matrix.columns == columns else {
            throw .wrongShape(rows: matrix.rows, columns: matrix.columns, bits: 0)
        }
    }

    /// The same model always gives the same bytes; the last eight are their checksum.
    package var bytes: [UInt8] {
        var writer = FaceModelWriter()
        writer.add(Self.version)
        writer.add(origin.firstSeed)
        writer.add(origin.identities)
        writer.add(origin.pictures)
        writer.add(UInt32(stages.count))
        for stage in stages { writer.add(stage, bits: 16) }
        writer.add(scan, bits: 16)
        writer.add(check, bits: 16)
        writer.add(mean, bits: 16)
        writer.add(scale, bits: 16)
        writer.add(projection, bits: 8)
        writer.add(UInt32(thresholds.count))
        for threshold in thresholds {
            writer.add(threshold.half)
            writer.add(threshold.strict)
            writer.add(threshold.lenient)
        }
        writer.add(fingerprint(writer.bytes))
        return writer.bytes
    }

    /// The checksum of its bytes as sixteen hexadecimal digits.
    package var checksum: String { hexadecimal(fingerprint(bytes.dropLast(8))) }

    /// The unit vector of an identity that a picture shows at a pose.
    package func identity(in picture: YUVPicture, pose: FacePose) -> [Float] {
        identity(of: FaceFeatures.numbers(of: picture, pose: pose))
    }

    /// The unit vector of `FaceFeatures.count` numbers.
    package func identity(of numbers: [Float]) -> [Float] {
        var even = numbers
        for index in even.indices { even[index] = (even[index] - mean.values[index]) * scale.values[index] }
        return projection.map(even).unit
    }

    /// The threshold for heads of a size, between those measured.
    package func threshold(half: Float) -> Threshold {
        guard var lower = thresholds.first else { return Threshold(half: half, strict: 1, lenient: 1) }
        for upper in thresholds {
            if upper.half >= half {
                let width = upper.half - lower.half
                let part = width > 0 ? max(0, (half - lower.half) / width) : 0
                return Threshold(
                    half: half, strict: lower.strict + (upper.strict - lower.strict) * part,
                    lenient: lower.lenient + (upper.lenient - lower.lenient) * part)
            }
            lower = upper
        }
        return lower
    }
}

extension [Float] {
    /// The same direction with length 1; all 0 stays.
    package var unit: [Float] {
        var square: Float = 0
        for value in self { square += value * value }
        let factor = square > 0 ? 1 / square.squareRoot() : 0
        return map { $0 * factor }
    }

    /// Sum of the products with another of the same length.
    package func dot(_ other: [Float]) -> Float {
        var sum: Float = 0
        for index in indices { sum += self[index] * other[index] }
        return sum
    }
}
