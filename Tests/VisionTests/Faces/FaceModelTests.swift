import Testing
import Worlds

@testable import Vision

struct FaceModelTests {
    /// Small enough to be written in an instant: all zeros but one value for each matrix.
    static func model(_ value: Float = 0.5, thresholds: [FaceModel.Threshold] = []) -> FaceModel {
        func matrix(_ rows: Int, _ columns: Int) -> FaceMatrix {
            var values = [Float](repeating: 0, count: rows * columns)
            values[0] = value
            return FaceMatrix(rows: rows, columns: columns, values: values)
        }
        return FaceModel(
            origin: FaceModel.Origin(firstSeed: 1_000_000, identities: 2, pictures: 3),
            stages: [matrix(FaceGlimpse.count, 6)], scan: matrix(FaceGlimpse.count, 1),
            check: matrix(FaceGlimpse.count, 1), mean: matrix(FaceFeatures.count, 1),
            scale: matrix(FaceFeatures.count, 1), projection: matrix(FaceFeatures.count, 4), thresholds: thresholds)
    }

    @Test func itsBytesGiveTheSameBytesAgain() throws {
        let bytes = Self.model().bytes
        #expect(try FaceModel(bytes: bytes).bytes == bytes)
    }

    @Test(arguments: [4, 40, 5000])
    func aChangedByteIsRefused(_ place: Int) {
        var bytes = Self.model().bytes
        bytes[place] ^= 1
        #expect(throws: FaceModelError.wrongChecksum) { try FaceModel(bytes: bytes) }
    }

    @Test func aCutModelIsRefused() {
        #expect(throws: FaceModelError.wrongChecksum) { try FaceModel(bytes: Self.model().bytes.dropLast(9)) }
        #expect(throws: FaceModelError.tooShort(bytes: 3)) { try FaceModel(bytes: [1, 2, 3]) }
    }

    @Test func theCommittedModelIsWholeAndSmallAndFromTheTrainingsSeeds() {
        let model = FaceModel.trained
        #expect(model.checksum == FaceModelData.checksum)
        #expect(FaceModelData.base64.utf8.count < 350_000)
        #expect(model.origin == FaceModel.Origin(firstSeed: 1_000_000, identities: 900, pictures: 12))
        #expect(model.thresholds.count == 3)
    }

    @Test func thresholdsLieBetweenThoseMeasured() {
        let model = Self.model(thresholds: [
            FaceModel.Threshold(half: 10, strict: 0.8, lenient: 0.6),
            FaceModel.Threshold(half: 20, strict: 0.6, lenient: 0.4),
        ])
        #expect(model.threshold(half: 5).strict == 0.8)
        #expect(abs(model.threshold(half: 15).strict - 0.7) < 1e-6)
        #expect(model.threshold(half: 90).lenient == 0.4)
    }

    @Test func theFeaturesAreAsManyAsTheirGroups() {
        #expect(FaceFeatures.count == 2019)
        let shot = DrawnHead.shot(1_300_006, height: 50)
        #expect(FaceFeatures.numbers(of: shot.picture, pose: DrawnHead.pose(shot)).count == 2019)
        #expect(FaceGlimpse.numbers(of: shot.picture, pose: DrawnHead.pose(shot)).count == FaceGlimpse.count)
    }
}
