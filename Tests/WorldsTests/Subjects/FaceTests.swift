import Testing
import Truth

@testable import Worlds

@Suite struct FaceTests {
    private let view = Stage.view(from: Vector3(0, 1.56, -5), tilt: 0, field: 4, width: 150, height: 150)

    /// A bare head with light skin, so that what is dark is a feature.
    private func look(_ seed: UInt64) -> Appearance {
        var look = Appearance(seed: seed)
        (look.height, look.hat, look.glasses, look.mask) = (1.7, .none, false, false)
        look.face.values[FaceIdentity.Parameter.skinTone.rawValue] = 0.1
        look.face.values[FaceIdentity.Parameter.beard.rawValue] = 0
        look.face.values[FaceIdentity.Parameter.hairLine.rawValue] = 0.9
        return look
    }

    private func seen(_ look: Appearance, yaw: Double = 0, pitch: Double = 0) throws -> (Canvas, TruthObject) {
        let stage = Stage(looks: [look])
        let (canvas, painter) = stage.draw(
            Stage.moment(figures: [Stage.figure(yaw: yaw, pitch: pitch)]), view, luma: 180)
        return (canvas, try #require(painter.objects(in: view, on: canvas).first))
    }

    private func luma(_ canvas: Canvas, _ point: TruthPoint) -> Int {
        Int(canvas.luma[Int(point.y) * canvas.width + Int(point.x)])
    }

    @Test(arguments: 0..<8, [-35.0, 0, 35])
    func landmarksLieOnTheFeaturesDrawn(_ seed: Int, _ yaw: Double) throws {
        let (canvas, object) = try seen(look(UInt64(seed)), yaw: yaw)
        let face = try #require(object.face)
        // The pupils are the darkest of a face, the line of the mouth is darker than the chin and the lip above.
        #expect(luma(canvas, face.leftEye) < 70)
        #expect(luma(canvas, face.rightEye) < 70)
        let size = face.box.height
        let above = TruthPoint(x: face.mouth.x, y: face.mouth.y - 0.075 * size)
        let below = TruthPoint(x: face.mouth.x, y: face.mouth.y + 0.075 * size)
        #expect(luma(canvas, face.mouth) + 15 < luma(canvas, above))
        #expect(luma(canvas, face.mouth) + 15 < luma(canvas, below))
        // Their own left is on our right.
        #expect(face.leftEye.x > face.rightEye.x)
        #expect(face.nose.y > face.leftEye.y && face.nose.y < face.mouth.y)
        for point in [face.leftEye, face.rightEye, face.mouth] {
            #expect(point.x > face.box.x && point.x < face.box.x + face.box.width)
            #expect(point.y > face.box.y && point.y < face.box.y + face.box.height)
        }
    }

    @Test(arguments: [(-40.0, 0.0), (0, 0), (25, 0), (0, 15), (0, -15), (30, 10)])
    func yawAndPitchAreThoseOfTheHead(_ turn: (yaw: Double, pitch: Double)) throws {
        let (_, object) = try seen(look(1), yaw: turn.yaw, pitch: turn.pitch)
        let face = try #require(object.face)
        #expect(abs(face.yaw - turn.yaw) < 1.5)
        #expect(abs(face.pitch - turn.pitch) < 1.5)
        // A head that is turned and raised is seen tilted: by hand, the tangent of the one times the sine of the other.
        let tilt = -Trigonometry.arctangent(y: Trigonometry.tangent(turn.pitch) * Trigonometry.sine(turn.yaw), x: 1)
        #expect(abs(face.roll - tilt) < 1.5)
    }

    @Test func whoLooksAwayHasNoFace() throws {
        let stage = Stage(looks: [look(1)])
        let (canvas, painter) = stage.draw(Stage.moment(figures: [Stage.figure(heading: 0)]), view)
        #expect(try #require(painter.objects(in: view, on: canvas).first).face == nil)
    }

    @Test func theSameIdentityIsDrawnTheSameTwiceAndAnotherIsNot() throws {
        let first = try seen(look(7)).0.picture
        #expect(try seen(look(7)).0.picture == first)
        for parameter in FaceIdentity.Parameter.allCases {
            var other = look(7)
            other.glasses = parameter == .glassesStyle
            let before = try seen(other).0.picture
            let value = other.face[parameter]
            other.face.values[parameter.rawValue] = value < 0.5 ? 0.98 : 0.02
            #expect(try seen(other).0.picture != before, "\(parameter)")
        }
    }

    @Test func glassesMaskAndExpressionAreToldAndDrawn() throws {
        var dressed = look(3)
        let bare = try seen(dressed).0.picture
        dressed.glasses = true
        let (glasses, told) = try seen(dressed)
        #expect(glasses.picture != bare)
        #expect(try #require(told.face).wearsGlasses)
        dressed.mask = true
        #expect(try seen(dressed).0.picture != glasses.picture)
        for expression in Figure.Expression.allCases where expression != .neutral {
            let stage = Stage(looks: [look(3)])
            let moment = Stage.moment(figures: [Stage.figure(expression: expression)])
            #expect(stage.draw(moment, view, luma: 180).canvas.picture != bare)
        }
    }
}
