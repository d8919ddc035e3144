import Documents
import Foundation
import Testing

@testable import Worlds

/// Every mistake is told with its line, what it is and how to mend it.
@Suite struct SceneErrorTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        /// Stands from line 7 on.
        var text: String
        var line: Int
        var message: String
        var testDescription: String { message }

        init(_ text: String, _ line: Int, _ message: String) {
            self.text = text
            self.line = line
            self.message = message
        }
    }

    private static let beginning = """
        name: mistakes
        tier: easy
        seed: 1
        duration: 20
        walls: [{from: [-5, 5], to: [5, 5], height: 3, material: brick}]
        paths: [{name: lane, points: [[-3, 0], [3, 0]]}]

        """
    private static let camera = """

        cameras: [{name: c, position: [0, 4, -9], pan: 0, tilt: -10, field-of-view: 60, width: 640, height: 360, rate: 25}]
        """

    private static func camera(_ change: String, _ instead: String) -> String {
        camera.dropFirst().replacingOccurrences(of: change, with: instead)
    }

    private static func text(_ mistake: String) -> String {
        beginning + mistake + (mistake.contains("cameras:") ? "" : camera)
    }

    static let mistakes: [Mistake] = [
        // Ways.
        Mistake(
            "subjects:\n  - name: a\n    from: [0, 0]\n    course:\n      - go: [0, 2]\n      - go: [0, 8]", 12,
            "the way from [0, 2] to [0, 8] leads through the wall from [-5, 5] to [5, 5]; go around it by another step"),
        Mistake(
            "buildings: [{at: [20, 0], width: 6, depth: 6, height: 5, material: brick}]\n"
                + "vehicles:\n  - {name: v, kind: van, plate: ABC1234, from: [0, -9], course: [{go: [9, -9]}, {go: [20, 9]}]}",
            9, "the way from [9, -9] to [20, 9] leads through the building at [20, 0]"),
        Mistake(
            "props: [{kind: bench, at: [1, 1]}]\nsubjects: [{name: a, from: [0, 1], course: [{go: [3, 1]}]}]", 8,
            "leads through the bench at [1, 1]"),
        Mistake("subjects: [{name: a, from: [0, 5.1]}]", 7, "[0, 5.1] is inside the wall"),
        Mistake(
            "groups:\n  - at: [0, 8]\n    meet: 9\n    stay: 3\n    members:\n"
                + "      - {name: a, from: [0, 0]}\n      - {name: b, from: [9, 8]}",
            12, "leads through the wall"),
        Mistake(
            "paths: []\ncrowds: [{name: k, count: 2, paths: [lane]}]", 8, "there is no path \"lane\""),
        Mistake(
            "crowds:\n  - name: k\n    count: 2\n    paths: [none]", 10, "there is no path \"none\"; use one of lane"),
        Mistake(
            "subjects:\n  - name: a\n    from: [0, 0]\n    course:\n      - {go: [0, 3], stay: 2}", 11,
            "a step of a course has go and stay; give it exactly one of"),
        Mistake(
            "subjects:\n  - name: a\n    from: [0, 0]\n    speed: 1\n    course: [{go: [9, 0]}, {until: 4}]", 11,
            "it comes at 9.33 s only, after 4 s"),
        Mistake(
            "subjects: [{name: a, from: [0, 0], course: [{stay: 2, reverse: true}]}]", 7,
            "\"reverse\" means nothing beside \"stay\"; it goes with along"),
        Mistake("subjects: [{name: a, from: [0, 0], start: 21}]", 7, "it begins at 21 s, but the scene lasts 20 s"),
        Mistake(
            "subjects: [{name: a, from: [0, 0], course: [{stay: 2, towards: [0, 0]}]}]", 7, "it stands at [0, 0] itself"
        ),
        // Names.
        Mistake(
            "subjects:\n  - {name: a, from: [0, 0]}\n  - {name: b, from: [1, 0], look-alike-of: z}", 9,
            "there is no subject before this one called \"z\"; use one of a"),
        Mistake(
            "subjects:\n  - {name: a, from: [0, 0]}\n  - {name: a, from: [1, 0]}", 9, "the name \"a\" is given twice"),
        Mistake(
            "subjects: [{name: a, from: [0, 0], course: [{along: road}]}]", 7,
            "there is no path \"road\"; use one of lane"),
        Mistake("subjects: [{name: a, from: [0, 0], course: [{drop: bag}]}]", 7, "there is no thing \"bag\"; add it"),
        Mistake("crowds: [{name: k, count: 2, zone: park}]", 7, "there is no zone \"park\"; add it"),
        Mistake("crowds: [{name: k, count: 2}]", 7, "a crowd needs either \"zone\""),
        Mistake(
            "lines: [{name: l, from: [0, 0], to: [1, 0]}]\nzones:\n  - {name: z, corners: [[0, 0], [1, 0], [0, 1]]}\n"
                + "  - {name: z, corners: [[0, 0], [1, 0], [0, 1]]}",
            10, "the name \"z\" is given twice"),
        // Things.
        Mistake("things: [{name: bag, kind: box}]", 7, "\"bag\" needs either \"at\""),
        Mistake("things: [{name: bag, kind: box, carried-by: z}]", 7, "there is no subject \"z\"; add it"),
        Mistake(
            "things: [{name: bag, kind: box, carried-by: b}]\nsubjects:\n"
                + "  - {name: a, from: [0, 0], course: [{stay: 1}, {drop: bag}, {stay: 1}]}\n  - {name: b, from: [2, 0], course: [{stay: 9}]}",
            9, "a cannot drop \"bag\" at 1 s: b carries it"),
        Mistake(
            "things: [{name: bag, kind: box, at: [4, 0]}]\n"
                + "subjects:\n  - {name: a, from: [0, 0], course: [{stay: 1}, {take: bag}]}",
            9, "a cannot take \"bag\" at 1 s: it stands at [4, 0]; go to within 1.5 m of it"),
        // Areas.
        Mistake(
            "zones:\n  - name: z\n    corners: [[0, 0], [2, 2], [2, 0], [0, 2]]", 9,
            "edges of \"corners\" cross each other"),
        Mistake(
            "patches: [{material: grass, corners: [[0, 0], [4, 0], [1, 1], [0, 4]]}]", 7,
            "has a hollow; make it of several"),
        Mistake("lines: [{name: l, from: [1, 1], to: [1, 1]}]", 7, "a line begins and ends at one point"),
        // Vehicles.
        Mistake(
            "vehicles:\n  - name: v\n    kind: car\n    plate: ABC123", 10, "7 capitals and digits without I, O and Q"),
        Mistake("vehicles: [{name: v, kind: car, plate: ABO1234, from: [0, 0]}]", 7, "without I, O and Q"),
        Mistake(
            "vehicles:\n  - {name: v, kind: car, plate: ABC1234, from: [0, 0]}\n  - {name: w, kind: car, plate: ABC1234, from: [9, 0]}",
            9, "the plate \"ABC1234\" is given twice"),
        // Cameras and lenses.
        Mistake(camera("60", "0.5"), 7, "\"field-of-view\" is \"0.5\"; write a number from 1 to 140"),
        Mistake(camera("60", "141"), 7, "\"field-of-view\" is \"141\"; write a number from 1 to 140"),
        Mistake(camera("view: 60,", "view: 60, zoom: 0.9,"), 7, "\"zoom\" is \"0.9\"; write a number from 1 to 60"),
        Mistake(
            camera("view: 60,", "view: 100, distortion: -0.4,"), 7, "the picture folds over itself before its corners"),
        Mistake(camera("[0, 4, -9]", "[0, 2, 5]"), 7, "the camera is inside the wall"),
        Mistake(camera("[0, 4, -9]", "[0, -1, 0]"), 7, "the camera is below the ground"),
        Mistake(camera("width: 640", "width: 641"), 7, "\"width\" is \"641\"; write an even number"),
        Mistake(
            "cameras:\n  - \(camera("cameras: [", "").dropLast())\n  - \(camera("cameras: [", "").dropLast())", 9,
            "two cameras are called \"c\""),
        // Times, sounds, words.
        Mistake("pre-roll: 20", 7, "the pre-roll lasts as long as the scene"),
        Mistake(
            "sound:\n  marks:\n    - {name: m, kind: tone, time: 19.8, duration: 0.5}", 9, "the sound ends at 20.3 s"),
        Mistake("sound: {marks: [{name: m, kind: spoken, time: 1, value: \"1a\"}]}", 7, "1 to 12 digits in quotes"),
        Mistake("sound: {marks: [{name: m, kind: horn, time: 1, value: \"3\"}]}", 7, "nothing here"),
        Mistake("light:\n  lamp: true", 8, "unknown key \"lamp\" in \"light\"; use one of azimuth"),
        Mistake("ground: {material: cheese}", 7, "\"material\" is \"cheese\"; write one of paving"),
        Mistake("ground: {material: paving, color: red}", 7, "a colour in quotes such as"),
        Mistake("signs: [{text: hello, at: [0, 2, 0], heading: 0, width: 2, height: 1}]", 7, "capitals from A to Z"),
        Mistake("props: [{kind: tree, at: [1]}]", 7, "[x, z]: metres to the east and to the north"),
        Mistake("props: [{kind: tree}]", 7, "the key \"at\" is missing in \"props\"; add it"),
    ]

    @Test(arguments: mistakes)
    func isToldWithItsLineAndHowToMendIt(mistake: Mistake) {
        // A second `paths:` would be another mistake.
        let text =
            mistake.text.hasPrefix("paths: []")
            ? Self.text(mistake.text.replacingOccurrences(of: "paths: []", with: "zones: []"))
                .replacingOccurrences(of: "paths: [{name: lane, points: [[-3, 0], [3, 0]]}]", with: "paths: []")
            : Self.text(mistake.text)
        let error = #expect(throws: DocumentError.self) { try SceneFile(text, file: "s.yaml") }
        #expect(error?.line == mistake.line)
        #expect(error?.description.contains(mistake.message) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("s.yaml, line \(mistake.line): ") == true)
    }

    @Test func withoutAMistakeItIsRead() throws {
        let scene = try SceneFile(Self.text("pre-roll: 2"), file: "s.yaml").scene
        #expect(scene.setting.walls.count == 1)
        #expect(scene.preRoll == 2)
        #expect(scene.cameras.map(\.name) == ["c"])
    }

    @Test func aSceneWithoutCamerasIsRefused() {
        let error = #expect(throws: DocumentError.self) { try SceneFile(Self.beginning, file: "s.yaml") }
        #expect(error?.description == "s.yaml, line 1: the key \"cameras\" is missing; add it")
    }

    @Test func aSceneThatIsNotThereIsRefused() {
        let error = #expect(throws: DocumentError.self) { try SceneFile(path: "/no/such/scene") }
        #expect(error == .noSuchScene(file: "/no/such/scene"))
        #expect(error?.isUnreadable == true)
    }
}
