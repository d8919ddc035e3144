import Analytics
import Foundation
import Metadata
import ONVIF
import Testing
import XML

struct SeenTests {
    @Test func detectionTellsTheClassesWheneverTheyChange() throws {
        var bench = try RuleBench("ObjectDetection", [("ClassFilter", "Human Vehicle"), ("DwellTime", "PT1S")])
        let person = RuleBench.Thing(id: 1, place: (0, 0))
        let car = RuleBench.Thing(id: 2, place: (0.3, 0), type: "Vehicle")
        let unsure = RuleBench.Thing(id: 3, place: (0.5, 0), type: "Vehicle", likelihood: 0.4)
        #expect(bench.see([person], at: 0).isEmpty)
        #expect(bench.see([person, unsure], at: 0.96).isEmpty)
        #expect(bench.see([person, car], at: 1).values("ClassTypes") == ["Human"])
        #expect(bench.see([person, car], at: 2).values("ClassTypes") == ["Human Vehicle"])
        #expect(bench.see([], at: 3).isEmpty)
        #expect(bench.see([], at: 3.04).values("ClassTypes") == [""])
    }

    @Test func aTrackIsToldAtItsEnd() throws {
        var bench = try RuleBench("ObjectTrackAggregation", [("ClassFilter", "Human")])
        #expect(bench.walk(steps(-0.2, 0.2, 9).map { ($0, 0) }, likelihood: 0.7).isEmpty)
        let end = bench.see([], at: 1.4)
        #expect(end.values("Final") == ["true"])
        #expect(end.values("AggregationStart") == [XSDateTime.string(Date(timeIntervalSince1970: RuleBench.midnight))])
        guard case .event(let items) = try #require(end.first) else { return }
        let object = try #require(items.first { $0.name == "Object" }?.element)
        #expect(object.attribute("ObjectId") == "1")
        let type = try #require(object.child("Appearance")?.child("Class")?.child("Type"))
        #expect(type.text == "Human" && type.attribute("Likelihood") == "0.7")
        #expect(!items.contains { $0.name == "ObjectTrack" })
    }

    @Test func aTrackIsToldEarlyAndAgainAndWithItsBoxesWhereThatIsWanted() throws {
        let parameters = [
            ("ClassFilter", "Human"), ("EarlyReport", "true"), ("ReportTimeInterval", "PT2S"),
            ("ObjectTrackDataFilter", "Appearance/Shape/BoundingBox"),
        ]
        var bench = try RuleBench("ObjectTrackAggregation", parameters)
        let told = (0...100).flatMap { frame in
            bench.see([RuleBench.Thing(id: 1, place: (0.001 * Double(frame), 0))], at: 0.04 * Double(frame)).map { _ in
                frame
            }
        }
        #expect(told == [25, 75])
        guard case .event(let items) = try #require(bench.see([], at: 9).first) else { return }
        let track = try #require(items.first { $0.name == "ObjectTrack" }?.element)
        // One each 13 frames.
        #expect(track.children.count == 8)
        #expect(
            track.children[0].child("Appearance")?.child("Shape")?.child("BoundingBox")?.attribute("left") == "-0.02")
    }

    @Test func otherClassesHaveNoTrack() throws {
        var bench = try RuleBench("ObjectTrackAggregation", [("ClassFilter", "Human"), ("ConfidenceLevel", "50")])
        _ = bench.walk([(0, 0)], id: 1, type: "Vehicle")
        _ = bench.walk([(0, 0)], id: 2, likelihood: 0.4)
        #expect(bench.see([], at: 3).isEmpty)
    }

    private static let knowing = {
        var model = AnalyticsModel.seeing
        model.enrolled = [ListedSubject(subject: "ida", enrollment: "E-17", label: .blacklisted)]
        model.plates = [ListedPlate(number: "GLS1E42", label: .whitelisted)]
        model.imageSending = ["Embedded"]
        return model
    }()

    private static func face(_ name: String?, likelihood: Double = 0.9, id: Int = 4) -> [RuleBench.Thing] {
        [
            RuleBench.Thing(id: id, place: (0, 0), type: "HumanFace") { object in
                object.parent = 1
                object.identity = name.map { Likely($0, likelihood) }
                object.image = [0xFF, 0xD8]
            }
        ]
    }

    @Test func anEnrolledFaceIsToldOnceWhileItIsSeen() throws {
        var bench = try RuleBench("FaceRecognition", [("Threshold", "0.8")], model: Self.knowing)
        #expect(bench.see(Self.face("wanda"), at: 0).isEmpty)
        #expect(bench.see(Self.face("ida", likelihood: 0.79), at: 0.04).isEmpty)
        let contents = bench.see(Self.face("ida"), at: 0.08)
        #expect(contents.values("EnrollmentID") == ["E-17"])
        #expect(contents.values("Label") == ["Blacklisted"])
        #expect(contents.values("Likelihood") == ["0.9"])
        guard case .event(let items) = try #require(contents.first) else { return }
        #expect(items.first { $0.name == "ObjectId" }?.element?.attribute("ObjectId") == "4")
        #expect(items.first { $0.name == "ParentObjectId" }?.element?.attribute("ObjectId") == "1")
        #expect(!items.contains { $0.name == "Image" })
        #expect(bench.see(Self.face(nil), at: 4).isEmpty)
        #expect(bench.see(Self.face("ida"), at: 8).isEmpty)
        #expect(bench.see([], at: 13.04).isEmpty)
        #expect(bench.see(Self.face("ida"), at: 13.08).count == 1)
    }

    @Test func theImageIsEmbeddedWhereThatIsAskedFor() throws {
        var bench = try RuleBench("FaceRecognition", [("IncludeImage", "Embedded")], model: Self.knowing)
        guard case .event(let items) = try #require(bench.see(Self.face("ida"), at: 0).first) else { return }
        #expect(items.first { $0.name == "Image" }?.element?.text == "/9g=")
    }

    private static func car(_ plate: String, likelihood: Double = 0.9, x: Double = 0) -> [RuleBench.Thing] {
        [
            RuleBench.Thing(id: 1, place: (x, 0), type: "Vehicle") { object in
                object.vehicle = VehicleInfo(type: Likely("Car"))
                object.speed = 9.5
            },
            RuleBench.Thing(id: 2, place: (x, 0), type: "LicensePlate") { object in
                object.parent = 1
                object.plate = LicensePlateInfo(number: Likely(plate, likelihood))
            },
        ]
    }

    @Test func aPlateIsToldWithItsVehicle() throws {
        var bench = try RuleBench("LicensePlateRecognition", [("EventInterval", "10")], model: Self.knowing)
        #expect(bench.see(Self.car("GLS1E42", likelihood: 0.49), at: 0).isEmpty)
        let contents = bench.see(Self.car("GLS1E42"), at: 0.04)
        #expect(contents.values("Label") == ["Whitelisted"])
        #expect(contents.values("Speed") == ["9.5"])
        guard case .event(let items) = try #require(contents.first) else { return }
        #expect(
            items.first { $0.name == "LicensePlateInfo" }?.element?.child("PlateNumber")?.text == "GLS1E42")
        #expect(items.first { $0.name == "VehicleInfo" }?.element?.child("Type")?.text == "Car")
        #expect(bench.see(Self.car("GLS1E42"), at: 1).isEmpty)
        #expect(bench.see(Self.car("GLS1E4Z"), at: 1.04).values("Label") == [nil])
        // Seen anew, but too soon; and late enough.
        #expect(bench.see([], at: 2.1).isEmpty)
        #expect(bench.see(Self.car("GLS1E42"), at: 9).isEmpty)
        #expect(bench.see([], at: 10.1).isEmpty)
        #expect(bench.see(Self.car("GLS1E42"), at: 10.2).count == 1)
    }

    @Test(arguments: [("PlateMinWidth", "2.1"), ("PlateMaxWidth", "1.9")])
    func platesOfOtherWidthsAreNotRead(_ name: String, _ percent: String) throws {
        var bench = try RuleBench("LicensePlateRecognition", [(name, percent)], model: Self.knowing)
        #expect(bench.see(Self.car("GLS1E42"), at: 0).isEmpty)
        var free = try RuleBench("LicensePlateRecognition", model: Self.knowing)
        #expect(free.see(Self.car("GLS1E42"), at: 0).count == 1)
    }

    @Test func soundsAreToldByTheirClass() throws {
        var model = AnalyticsModel.seeing
        let request = try #require(
            AnalyticsConfig(
                type: "AudioClassDetector", name: "ear", points: [], parameters: [("ClassFilter", "GlassBreaking")]))
        try model.configure(request, ofSource: 0, picture: Resolution(width: 1, height: 1))
        var engine = RuleEngine(context: RuleContext(model: model))
        engine.configure(model.configured[0] ?? [], modules: [], context: RuleContext(model: model))
        #expect(engine.hear(Likely("Alarm")).isEmpty)
        #expect(
            engine.hear(Likely("GlassBreaking", 0.8)) == [
                RuleReport(rule: "ear", .event([Event.Item("Class", "GlassBreaking"), Event.Item("Score", "0.8")]))
            ])
    }
}
