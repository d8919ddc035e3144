import Pictures
import Testing
import Truth

@testable import Worlds

@Suite struct MoverBoxTests {
    /// Within a pixel.
    private func expectBox(
        _ box: TruthBox, of covered: (columns: ClosedRange<Int>, rows: ClosedRange<Int>), in view: CameraView,
        _ what: Comment
    ) {
        let (left, top) = (box.x.rounded(.down), box.y.rounded(.down))
        let (right, bottom) = ((box.x + box.width).rounded(.up) - 1, (box.y + box.height).rounded(.up) - 1)
        let (columns, rows) = (covered.columns, covered.rows)
        #expect(Double(columns.lowerBound) >= left - 1 && Double(columns.upperBound) <= right + 1, what)
        #expect(Double(rows.lowerBound) >= top - 1 && Double(rows.upperBound) <= bottom + 1, what)
        // What reaches out of the picture may have its top or side there.
        guard left >= 0, top >= 0, right < Double(view.width), bottom < Double(view.height) else { return }
        #expect(abs(left - Double(columns.lowerBound)) <= 1, what)
        #expect(abs(right - Double(columns.upperBound)) <= 1, what)
        #expect(abs(top - Double(rows.lowerBound)) <= 1, what)
        #expect(abs(bottom - Double(rows.upperBound)) <= 1, what)
    }

    @Test(arguments: 0..<40)
    func theBoxOfAFigureHoldsExactlyThePixelsThatItChanges(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed), for: "box")
        let stage = Stage(looks: [Appearance(seed: UInt64(seed))])
        let distance = random.number(in: 3...14)
        let height = random.number(in: 1...6)
        let view = Stage.view(
            from: Vector3(random.number(in: -2...2), height, -distance),
            tilt: -Trigonometry.arctangent(y: height - 0.9, x: distance), field: random.number(in: 24...60))
        let figure = Stage.figure(
            heading: random.number(in: 0...360), speed: seed % 3 == 0 ? 0 : 1.3, gait: random.number(in: 0...1),
            yaw: random.number(in: -50...50), pitch: random.number(in: -20...20))
        let moment = Stage.moment(figures: [figure])
        guard let covered = stage.covered(moment, view) else { return }
        let (canvas, painter) = stage.draw(moment, view)
        let object = try #require(painter.objects(in: view, on: canvas).first)
        expectBox(object.box, of: covered, in: view, "seed \(seed) \(object.box) \(covered)")
    }

    @Test(arguments: Vehicle.Kind.allCases, [0.0, 35, 90, 160, 250])
    func theBoxOfAVehicleHoldsExactlyThePixelsThatItChanges(_ kind: Vehicle.Kind, _ heading: Double) throws {
        let stage = Stage(vehicles: [Stage.vehicle(kind)])
        let view = Stage.view(from: Vector3(1, 4, -20), tilt: -9, field: 40)
        let moment = Stage.moment(vehicles: [Stage.moving(heading: heading)])
        let covered = try #require(stage.covered(moment, view))
        let (canvas, painter) = stage.draw(moment, view)
        let object = try #require(painter.objects(in: view, on: canvas).first { $0.kind == .vehicle })
        expectBox(object.box, of: covered, in: view, "\(kind) at \(heading)")
        #expect(object.visibility > 0.999)
    }

    @Test(arguments: Thing.Kind.allCases)
    func theBoxOfAThingHoldsExactlyThePixelsThatItChanges(_ kind: Thing.Kind) throws {
        let stage = Stage(things: [Thing(name: "thing", id: 70, kind: kind, color: RGB(0xB5523B))])
        let view = Stage.view(from: Vector3(0, 2, -4), tilt: -24, field: 30)
        let moment = Stage.moment(things: [StandingThing(thing: 0, at: GroundPoint(0, 0), heading: 30)])
        let covered = try #require(stage.covered(moment, view))
        let (canvas, painter) = stage.draw(moment, view)
        let object = try #require(painter.objects(in: view, on: canvas).first)
        expectBox(object.box, of: covered, in: view, "\(kind)")
    }

    @Test func behindAWallOnlyTheOtherPartIsSeen() throws {
        let stage = Stage(looks: [Appearance(seed: 2)])
        let view = Stage.view(from: Vector3(0, 1, -6), tilt: 0, field: 40)
        let moment = Stage.moment(figures: [Stage.figure()])
        // A wall at 2 m before the left half of the picture.
        let (canvas, painter) = stage.draw(moment, view) { column, _ in column < 80 ? 0.5 : 0 }
        let picture = canvas.picture
        let object = try #require(painter.objects(in: view, on: canvas).first)
        let seen = try #require(object.visibleBox)
        #expect(seen.x == 80)
        #expect(object.box.x < 78)
        #expect(object.visibility > 0.35 && object.visibility < 0.65)
        for row in 0..<view.height {
            for column in 0..<80 { #expect(picture.luma[row * view.width + column] == 120) }
        }
    }

    @Test func someoneBehindAnotherIsHiddenAndTheOtherIsNot() throws {
        let stage = Stage(looks: [Appearance(seed: 2), Appearance(seed: 3)])
        let view = Stage.view(from: Vector3(0, 1.2, -6), tilt: 0, field: 40)
        let moment = Stage.moment(figures: [Stage.figure(1, z: 1.5), Stage.figure(0)])
        let (canvas, painter) = stage.draw(moment, view)
        let objects = painter.objects(in: view, on: canvas)
        #expect(objects.map(\.id) == [1, 2])
        #expect(objects[0].visibility > 0.999)
        #expect(objects[1].visibility < 0.4)
    }

    @Test func whatThePictureCutsIsCountedAsHidden() throws {
        let stage = Stage(looks: [Appearance(seed: 4)])
        let view = Stage.view(from: Vector3(1.62, 1, -6), tilt: 0, field: 30)
        let (canvas, painter) = stage.draw(Stage.moment(figures: [Stage.figure()]), view)
        let object = try #require(painter.objects(in: view, on: canvas).first)
        #expect(object.box.x < 0)
        #expect(object.cut > 0.2 && object.cut < 0.8)
        #expect(abs(1 - object.cut - object.visibility) < 0.2)
    }

    @Test func whatIsOutsideIsNotListed() {
        let stage = Stage(looks: [Appearance(seed: 4)])
        let view = Stage.view(from: Vector3(0, 1, -6), tilt: 0, field: 30)
        for place in [(8.0, 0.0), (-8, 0), (0, -9)] {
            let (canvas, painter) = stage.draw(Stage.moment(figures: [Stage.figure(x: place.0, z: place.1)]), view)
            #expect(painter.objects(in: view, on: canvas).isEmpty)
        }
    }

    @Test func thePictureIsTheSameWithAndWithoutMarks() {
        let stage = Stage(looks: [Appearance(seed: 5)], vehicles: [Stage.vehicle(.car)])
        let view = Stage.view(from: Vector3(0, 3, -9), tilt: -12, field: 50)
        let moment = Stage.moment(figures: [Stage.figure(x: -1)], vehicles: [Stage.moving(x: 1.5, z: 2)])
        #expect(
            stage.draw(moment, view, marks: true).canvas.picture
                == stage.draw(moment, view, marks: false).canvas.picture)
    }

    @Test func aBentLensBendsTheBox() throws {
        let stage = Stage(looks: [Appearance(seed: 6)])
        let drawn = Stage.view(from: Vector3(0, 1, -6), tilt: 0, field: 60)
        let bent = CameraView(
            position: drawn.position, pan: 0, tilt: 0, fieldOfView: 60, width: 160, height: 90, distortion: -0.3)
        let (canvas, painter) = stage.draw(Stage.moment(figures: [Stage.figure(x: 2.2)]), drawn)
        let plain = try #require(painter.objects(in: drawn, on: canvas).first)
        let object = try #require(painter.objects(in: bent, on: canvas).first)
        // Sides of the plain box bound the bent outline; the far side moves by what its own middle moves.
        let right = bent.distorted((plain.box.x + plain.box.width, plain.box.y + plain.box.height / 2)).x
        #expect(object.box.x + object.box.width < plain.box.x + plain.box.width - 1)
        #expect(abs(object.box.x + object.box.width - right) < 1.5)
    }
}
