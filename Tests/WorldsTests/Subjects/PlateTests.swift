import Testing
import Truth

@testable import Worlds

@Suite struct PlateTests {
    /// 20 times the 60° of a wide view.
    private func tele(_ pan: Double) -> CameraView {
        Stage.view(from: Vector3(0, 2.5, -24), tilt: -4.9, field: 3, width: 480, height: 270, pan: pan)
    }

    /// Reads a sign: that of all 33 whose strokes are darkest against the paper between them.
    private func read(_ index: Int, on canvas: Canvas, _ corners: [SIMD2<Float>]) -> Character {
        func luma(_ x: Float, _ y: Float) -> Double {
            let (s, t) = (x / PlateLayout.width + 0.5, 0.5 - y / PlateLayout.height)
            let top = corners[0] + (corners[1] - corners[0]) * s
            let bottom = corners[3] + (corners[2] - corners[3]) * s
            let point = top + (bottom - top) * t
            guard point.x >= 0, point.y >= 0, Int(point.x) < canvas.width, Int(point.y) < canvas.height else {
                return 0
            }
            return Double(canvas.luma[Int(point.y) * canvas.width + Int(point.x)])
        }
        let origin = PlateLayout.place(of: index, of: 7)
        var (best, sign): (Double, Character) = (-.infinity, "?")
        for candidate in PlateLayout.signs {
            let quads = StrokeFont.quads(of: candidate)
            var (ink, paper) = ((0.0, 0.0), (0.0, 0.0))
            for row in 0..<18 {
                for column in 0..<13 {
                    let cell = SIMD2(-0.4 + 4.8 * Double(column) / 12, -0.4 + 6.8 * Double(row) / 17)
                    let value = luma(
                        origin.x + Float(cell.x) * PlateLayout.cell, origin.y + Float(cell.y) * PlateLayout.cell)
                    if quads.contains(where: { Self.contains($0, cell) }) {
                        ink = (ink.0 + value, ink.1 + 1)
                    } else {
                        paper = (paper.0 + value, paper.1 + 1)
                    }
                }
            }
            let score = paper.0 / max(paper.1, 1) - ink.0 / max(ink.1, 1)
            if score > best { (best, sign) = (score, candidate) }
        }
        return sign
    }

    private static func contains(_ quad: [SIMD2<Double>], _ point: SIMD2<Double>) -> Bool {
        var (left, right) = (false, false)
        for (index, corner) in quad.enumerated() {
            let next = quad[(index + 1) % quad.count]
            let turn = (next.x - corner.x) * (point.y - corner.y) - (next.y - corner.y) * (point.x - corner.x)
            if turn > 0 { left = true } else if turn < 0 { right = true }
        }
        return left != right
    }

    @Test(arguments: ["ABCDEFG", "HJKLMNP", "RSTUVWX", "YZ01234", "5678900"], [180.0, 0, 196])
    func aPlateThatIsASpotAtOneTimeIsReadAtTwenty(_ text: String, _ heading: Double) throws {
        let stage = Stage(vehicles: [Stage.vehicle(.car, plate: text)])
        let moment = Stage.moment(vehicles: [Stage.moving(heading: heading)])
        let tele = tele(heading == 196 ? -1.5 : 0)
        let (canvas, painter) = stage.draw(moment, tele)
        let plate = try #require(painter.objects(in: tele, on: canvas).first { $0.kind == .licensePlate })
        #expect(plate.text == text && plate.parent == 50 && plate.visibility > 0.97)
        #expect(plate.attributes["side"] == (heading == 0 ? "rear" : "front"))
        let corners = try #require(painter.movers.first?.plate).map(painter.sheet.lens.pixel)
        #expect(String((0..<7).map { read($0, on: canvas, corners) }) == text)

        let wide = Stage.view(from: Vector3(0, 2.5, -24), tilt: -4.9, field: 60, width: 480, height: 270)
        let (far, distant) = stage.draw(moment, wide)
        let spot = try #require(distant.objects(in: wide, on: far).first { $0.kind == .licensePlate })
        #expect(spot.box.width < 20)
    }

    @Test func aPlateThatLooksAwayIsNotListed() {
        let stage = Stage(vehicles: [Stage.vehicle(.car)])
        let view = Stage.view(from: Vector3(0, 2, -20), tilt: -5, field: 40)
        let (canvas, painter) = stage.draw(Stage.moment(vehicles: [Stage.moving(heading: 90)]), view)
        #expect(painter.objects(in: view, on: canvas).map(\.kind) == [.vehicle])
    }

    @Test func platesOfChanceHaveSevenOfThe33Signs() {
        #expect(Set(PlateLayout.signs).count == 33)
        #expect(!PlateLayout.signs.contains { "IOQ".contains($0) })
        for seed in 0..<50 {
            let plate = Vehicle.plate(seed: UInt64(seed))
            #expect(plate.count == 7 && plate.allSatisfy { PlateLayout.signs.contains($0) })
            #expect(plate == Vehicle.plate(seed: UInt64(seed)))
        }
        for sign in PlateLayout.signs { #expect(!StrokeFont.quads(of: sign).isEmpty) }
    }
}
