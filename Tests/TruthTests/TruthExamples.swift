import Truth

/// Frames that hold everything that a frame can hold.
enum TruthExamples {
    static let face = TruthFace(
        box: TruthBox(x: 101.5, y: 50, width: 20, height: 25), leftEye: TruthPoint(x: 116, y: 60),
        rightEye: TruthPoint(x: 107, y: 60.25), nose: TruthPoint(x: 111, y: 65), mouth: TruthPoint(x: 111, y: 70),
        yaw: -12.5, pitch: 3.25, roll: 0, visibility: 0.75, wearsGlasses: true, wearsMask: false, expression: "smile")

    static let human = TruthObject(
        id: 7, kind: .human, box: TruthBox(x: 90, y: 48, width: 42, height: 118.5),
        visibleBox: TruthBox(x: 90, y: 48, width: 30, height: 60), visibility: 0.625, cut: 0,
        world: TruthPlace(x: -3.5, z: 12.125, heading: 271.5), identity: "anna \"ann\" & <co>",
        attributes: ["upper": "red", "bag": "none", "lower": "blue"], face: face)

    static let car = TruthObject(
        id: 20, kind: .vehicle, box: TruthBox(x: -30, y: 100, width: 130, height: 60),
        visibleBox: TruthBox(x: 0, y: 100, width: 100, height: 60), visibility: 0.75, cut: 0.25,
        world: TruthPlace(x: 1, z: 8, heading: 90), identity: "taxi", attributes: ["kind": "car"])

    static let plate = TruthObject(
        id: 120, kind: .licensePlate, box: TruthBox(x: 80, y: 140, width: 14, height: 4),
        visibleBox: TruthBox(x: 80, y: 140, width: 14, height: 4), visibility: 1, cut: 0,
        world: TruthPlace(x: 1, z: 8, heading: 90), identity: "taxi", text: "AB1<&\">", parent: 20)

    static let hidden = TruthObject(
        id: 8, kind: .bag, box: TruthBox(x: 10, y: 20, width: 30, height: 40), visibleBox: nil, visibility: 0, cut: 0,
        world: TruthPlace(x: 0, z: 0, heading: 0), identity: "case")

    static let pose = TruthPose(pan: 10, tilt: -5.25, roll: 0, fieldOfView: 60)
    static let full = TruthFrame(index: 3, time: 0.14, pose: pose, objects: [human, hidden, car, plate])
    static let empty = TruthFrame(index: 0, time: 1 / 60.0, pose: pose, objects: [])
}
