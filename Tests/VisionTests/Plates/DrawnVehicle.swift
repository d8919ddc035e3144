import Pictures
import Truth
import Vision
import Worlds

/// A vehicle before a lens.
struct DrawnVehicle {
    let picture: YUVPicture
    /// Of the vehicle, pixels.
    let box: VisionBox
    /// Of its plate, as the world has it; nil where none is seen whole.
    let quad: PlateQuad?

    /// Draws a scene of one vehicle, turned `yaw` degrees from the line of sight, its plate `width` pixels wide if seen
    /// straight; distances in metres.
    ///
    /// - Throws: what the reader of scenes finds.
    init(
        _ kind: String = "car", plate: String = "KRW4821", color: String = "#3E6FA8", yaw: Double = 12,
        width: Double = 90, comes: Bool = true, dirt: Double = 0, distance: Double = 14, aside: Double = 0
    ) throws {
        let heading = (comes ? 180 : 0) + yaw
        let text = """
            name: one
            tier: easy
            seed: 5
            duration: 4
            light: {azimuth: 200, elevation: 40, sun: 0.4}
            weather: {noise: 3}
            ground: {material: asphalt}
            signs:
              - {text: "PARKING P1", at: [0, 3, \(distance + 9)], heading: 180, width: 4, height: 0.8}
            buildings:
              - {at: [0, \(distance + 20)], width: 40, depth: 12, height: 8, material: brick}
            vehicles:
              - {name: one, kind: \(kind), color: "\(color)", \(kind == "bicycle" ? "" : "plate: \(plate),") dirt: \(dirt), \
            from: [\(aside), \(distance)], course: [{stay: 9, heading: \(heading)}]}
            cameras: [{name: a, position: [0, 2, 0], pan: 0, tilt: 0, field-of-view: 30, width: 960, height: 540, rate: 25}]

            """
        let scene = try SceneFile(text, file: "one.yaml").scene
        let focal = width * distance / 0.52
        let view = CameraView(
            position: Vector3(0, 2, 0), pan: 0, tilt: -4,
            fieldOfView: 2 * Trigonometry.arctangent(y: 480 / focal, x: 1),
            width: 960, height: 540)
        let (picture, truth) = WorldPainter(World(scene)).frame(of: view, at: 1, index: 0, quality: .moving)
        self.picture = picture
        let body = truth.objects.first { $0.kind == .vehicle }?.box
        box = VisionBox(
            x: body?.x ?? 0, y: body?.y ?? 0, width: body?.width ?? 0, height: body?.height ?? 0)
        let moving = World(scene).moment(at: 1).vehicles[0]
        let isSeen = truth.objects.contains { $0.kind == .licensePlate && $0.cut == 0 }
        quad =
            isSeen
            ? scene.vehicles[0].plateCorners(at: moving.at, heading: moving.heading, in: view).last.map {
                PlateQuad($0)
            } : nil
    }
}
