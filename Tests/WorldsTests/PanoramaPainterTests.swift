import Foundation
import Pictures
import Testing
import Worlds

@Suite struct PanoramaPainterTests {
    private static let scene = """
        name: corner
        tier: easy
        seed: 3
        duration: 10
        buildings:
          - {at: [0, 14], width: 12, depth: 4, height: 7, material: brick, storeys: 2}
          - {at: [15, -2], width: 4, depth: 10, height: 9, material: plaster, storeys: 3}
        cameras:
          - {name: c, position: [0, 3, 0], pan: 20, tilt: 0, field-of-view: 60, width: 160, height: 90, rate: 10}
        """

    /// What a lens sees in the middle of its picture lies in the panorama at the angles in which it looks.
    @Test func directionsLieWhereAnglesSay() throws {
        let scene = try SceneFile(Self.scene, file: "corner.yaml").scene
        let camera = try #require(scene.cameras.first)
        let world = World(scene)
        let (width, height) = (360, 120)
        let panorama = PanoramaPainter(
            world, position: camera.position, pan: camera.pan, horizontal: 240, bottom: -50, top: 30, width: width,
            height: height
        ).picture(at: 0)
        let painter = WorldPainter(world)
        var (agreeing, mirrored, count) = (0, 0, 0)
        for pan in stride(from: -110.0, through: 110, by: 20) {
            for tilt in [-40.0, -20, 0, 20] {
                let view = camera.view(pan: pan, tilt: tilt, zoom: 4).sized(width: 40, height: 40)
                let seen = Self.mean(painter.picture(of: view, at: 0, quality: .resting), x: 20, y: 20, 2)
                let x = Double(width) * (0.5 + pan / 240)
                let y = Double(height) * (30 - tilt) / 80
                count += 1
                if abs(Self.mean(panorama, x: Int(x), y: Int(y), 1) - seen) < 12 { agreeing += 1 }
                if abs(Self.mean(panorama, x: width - Int(x), y: Int(y), 1) - seen) < 12 { mirrored += 1 }
            }
        }
        // Windows' edges and joints fall anyhow.
        #expect(agreeing * 10 >= count * 8, "\(agreeing) of \(count)")
        #expect(mirrored * 10 < count * 7, "\(mirrored) of \(count)")
    }

    /// Luma around a pixel.
    private static func mean(_ picture: YUVPicture, x: Int, y: Int, _ radius: Int) -> Double {
        var (sum, count) = (0, 0)
        for row in max(0, y - radius)...min(picture.height - 1, y + radius) {
            for column in max(0, x - radius)...min(picture.width - 1, x + radius) {
                sum += Int(picture.luma[row * picture.width + column])
                count += 1
            }
        }
        return Double(sum) / Double(count)
    }
}
