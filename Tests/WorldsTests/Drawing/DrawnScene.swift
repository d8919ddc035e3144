import Pictures

@testable import Worlds

/// A small scene for tests of drawing, and how to look at it.
enum DrawnScene {
    static let chart = ColorChart(at: Vector3(0, 2, 10), heading: 180, width: 3, height: 2)

    /// A chart ten metres to the north on bare ground.
    static func chartOnly() -> Scene {
        var scene = Scene(name: "chart", tier: .easy, seed: 3, duration: 10)
        scene.setting.ground = .concrete
        scene.setting.charts = [chart]
        return scene
    }

    /// One of many things.
    static func square() -> Scene {
        var scene = chartOnly()
        scene.setting.buildings = [
            Building(
                center: GroundPoint(-6, 18), width: 10, depth: 6, height: 7, heading: 180, material: .plaster,
                storeys: 2)
        ]
        scene.setting.props = [
            Prop(kind: .lamp, at: GroundPoint(3, 8)), Prop(kind: .bench, at: GroundPoint(-3, 7), heading: 150),
            Prop(kind: .tree, at: GroundPoint(6, 14), scale: 0.8),
        ]
        scene.setting.stripes = [
            Stripe(from: GroundPoint(-8, 4), to: GroundPoint(8, 4), width: 0.2, dash: 1)
        ]
        scene.setting.signs = [
            Sign(text: "A-1", at: Vector3(4, 1.5, 9), heading: 190, width: 1.2, height: 0.5)
        ]
        return scene
    }

    static func view(
        pan: Double = 0, tilt: Double = 0, fieldOfView: Double = 50, at position: Vector3 = Vector3(0, 2, 0),
        width: Int = 160, height: Int = 90, distortion: Double = 0
    ) -> CameraView {
        CameraView(
            position: position, pan: pan, tilt: tilt, fieldOfView: fieldOfView, width: width, height: height,
            distortion: distortion)
    }

    /// The middle of a chart's field in the world.
    static func field(_ column: Int, _ row: Int) -> Vector3 {
        Vector3(
            (Double(column) + 0.5) * chart.width / 6 - chart.width / 2,
            chart.at.y + chart.height / 2 - (Double(row) + 0.5) * chart.height / 4, chart.at.z)
    }

    /// Mean difference of luma, steps.
    static func difference(_ a: YUVPicture, _ b: YUVPicture) -> Double {
        var sum = 0
        for (x, y) in zip(a.luma, b.luma) { sum += abs(Int(x) - Int(y)) }
        return Double(sum) / Double(a.luma.count)
    }

    /// FNV-1a over the three planes.
    static func checksum(_ picture: YUVPicture) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for plane in [picture.luma, picture.blue, picture.red] {
            for byte in plane { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return hash
    }
}
