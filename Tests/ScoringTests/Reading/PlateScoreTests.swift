import Scoring
import Testing
import Truth

struct PlateScoreTests {
    private static func reading(_ frame: Int, _ answer: String?, _ confidence: Double = 1) -> PlateScore.Reading {
        .init(pass: 1, frame: frame, truth: "AB12", answer: answer, confidence: confidence)
    }

    @Test func aPassIsWhatMostReadingsSay() {
        let score = PlateScore([
            Self.reading(1, "AB12", 0.6), Self.reading(2, "AB13"), Self.reading(3, "AB12", 0.6), Self.reading(4, nil),
        ])
        #expect(score.exactPerPass == 1.0)
        #expect(score.exactPerFrame == 0.5)
        #expect(score.frameAccuracy == 0.6875)
    }

    @Test(arguments: [("AB12", 1), ("AB1", 0.75), ("XAB12", 0.75), ("BA12", 0.5), ("", 0), ("QQQQQQQQ", 0)])
    func signsRightAreOneMinusTheDistance(_ answer: String, _ accuracy: Double) {
        #expect(PlateScore.accuracy(answer, "AB12") == accuracy)
    }

    @Test func aReadingBelongsToThePlateOrItsVehicle() {
        func object(_ id: Int, _ box: TruthBox, text: String?, parent: Int?) -> TruthObject {
            TruthObject(
                id: id, kind: text == nil ? .vehicle : .licensePlate, box: box, visibleBox: box, visibility: 1, cut: 0,
                world: TruthPlace(x: 0, z: 0, heading: 0), identity: "x", text: text, parent: parent)
        }
        let (car, plate) = (TruthBox(x: 0, y: 0, width: 100, height: 80), TruthBox(x: 40, y: 60, width: 30, height: 12))
        let frame = TruthFrame(
            index: 4, time: 0, pose: TruthPose(pan: 0, tilt: 0, roll: 0, fieldOfView: 60),
            objects: [object(1, car, text: nil, parent: nil), object(2, plate, text: "AB12", parent: 1)])
        func read(_ box: TruthBox) -> String? {
            let found = AnalyticsFrame(number: 5, objects: [AnalyticsObject(id: 9, box: box, text: "AB12")])
            return PlateReadings.readings(truth: [frame], found: [found])[0].answer
        }
        #expect(read(plate) == "AB12" && read(car) == "AB12")
        #expect(read(TruthBox(x: 300, y: 0, width: 30, height: 12)) == nil)
    }
}
