import Pictures
import Testing
import Truth

@testable import Worlds

struct WorldPainterTests {
    private static func isNear(
        _ pixel: (luma: UInt8, blue: UInt8, red: UInt8), _ paint: Paint, within steps: Float = 4
    ) -> Bool {
        abs(Float(pixel.luma) - paint.luma) <= steps && abs(Float(pixel.blue) - paint.blue) <= steps
            && abs(Float(pixel.red) - paint.red) <= steps
    }

    @Test(arguments: [WorldPainter.Quality.moving, .resting])
    func aChartIsSeenWhereItStandsWithItsColoursAndNotMirrored(_ quality: WorldPainter.Quality) {
        let view = DrawnScene.view(pan: 3, tilt: 2)
        let picture = WorldPainter(World(DrawnScene.chartOnly())).picture(of: view, at: 0, quality: quality)
        for row in 0..<ColorChart.rows {
            for column in 0..<ColorChart.columns {
                let (x, y) = view.pixel(view.local(DrawnScene.field(column, row)))
                let pixel = picture.pixel(x: Int(x), y: Int(y))
                let paint = Paint(ColorChart.color(column: column, row: row))
                #expect(Self.isNear(pixel, paint), "\(column), \(row): \(pixel) for \(paint)")
            }
        }
    }

    @Test(arguments: [1.0, 2, 5])
    func aZoomedEdgeIsAtItsPixel(zoom: Double) {
        var camera = SceneCamera(
            name: "c", position: Vector3(0, 2, 0), pan: 0, tilt: 0, fieldOfView: 60, width: 160, height: 90, rate: 25)
        camera.maximumZoom = 10
        let painter = WorldPainter(World(DrawnScene.chartOnly()))
        // The edge between the first two fields of the last row, white and light grey, at zoom 1 a pan beside it.
        let height = DrawnScene.field(0, 3).y
        let view = camera.view(pan: -5, tilt: Trigonometry.arctangent(y: height - 2, x: 10), zoom: zoom)
        let edge = view.pixel(view.local(Vector3(-1, height, 10)))
        let picture = painter.picture(of: view, at: 0, quality: .moving)
        let (left, right) = (Int((edge.x - 1).rounded(.down)), Int((edge.x + 1).rounded(.down)))
        #expect(Self.isNear(picture.pixel(x: left, y: Int(edge.y)), Paint(RGB(0xE6E6E0)), within: 6))
        #expect(Self.isNear(picture.pixel(x: right, y: Int(edge.y)), Paint(RGB(0xC8C8C8)), within: 6))
    }

    @Test
    func movingAndRestingPicturesAgree() {
        let painter = WorldPainter(World(DrawnScene.square()))
        let view = DrawnScene.view(pan: 5, tilt: -5)
        let moving = painter.picture(of: view, at: 0, quality: .moving)
        let resting = painter.picture(of: view, at: 0, quality: .resting)
        #expect(moving != resting)
        #expect(DrawnScene.difference(moving, resting) < 4)
    }

    @Test
    func aViewAtRestBecomesTheFineOneAndAPresetLooksTheSameAgain() {
        let painter = WorldPainter(World(DrawnScene.square()))
        let (here, there) = (DrawnScene.view(pan: 5, tilt: -5), DrawnScene.view(pan: 25, tilt: -8))
        let fine = WorldPainter(World(DrawnScene.square())).picture(of: here, at: 0, quality: .resting)
        // One as it comes to rest, one without the coarseness of movement, and those that refine it.
        let pictures = 2 + (here.height + BackdropCache.refinedRows - 1) / BackdropCache.refinedRows
        for view in [here, there, here] {
            #expect(painter.picture(of: view, at: 0) != fine)
            for _ in 1..<pictures { _ = painter.picture(of: view, at: 0) }
            #expect((painter.picture(of: view, at: 0) == fine) == (view == here))
        }
    }

    @Test
    func twoPaintersDrawTheSame() {
        let view = DrawnScene.view(pan: -4, tilt: -3)
        let pictures = (0..<2).map { _ in
            WorldPainter(World(DrawnScene.square())).picture(of: view, at: 1, quality: .moving)
        }
        #expect(pictures[0] == pictures[1])
    }

    /// Drawn by this code at another time; a change of the drawing changes it on purpose, another machine does not.
    @Test
    func thePictureIsThatOfEveryMachine() {
        let picture = WorldPainter(World(DrawnScene.square()))
            .picture(of: DrawnScene.view(pan: 5, tilt: -5), at: 0, quality: .resting)
        #expect(DrawnScene.checksum(picture) == 0xE6B5_0018_39C9_A8FE)
    }

    @Test
    func truthIsNotSeen() {
        let painter = WorldPainter(World(DrawnScene.square()))
        let view = DrawnScene.view(tilt: -4)
        let (picture, truth) = painter.frame(of: view, at: 0, index: 7)
        #expect(picture == painter.picture(of: view, at: 0, quality: .resting))
        #expect(truth.index == 7)
        #expect(truth.pose.tilt == -4)
    }

    @Test
    func aFullTurnIsNoTurn() {
        let painter = WorldPainter(World(DrawnScene.square()))
        let pictures = [359.875, -0.125].map {
            painter.picture(of: DrawnScene.view(pan: $0, tilt: -5), at: 0, quality: .moving)
        }
        #expect(DrawnScene.difference(pictures[0], pictures[1]) < 0.05)
    }

    @Test(arguments: [-0.12, 0.08])
    func aLensMovesPointsAsTheViewSays(distortion: Double) {
        let view = DrawnScene.view(fieldOfView: 28, distortion: distortion)
        let picture = WorldPainter(World(DrawnScene.chartOnly())).picture(of: view, at: 0, quality: .resting)
        for (column, row) in [(0, 0), (5, 0), (2, 1), (0, 3), (5, 3)] {
            let seen = view.distorted(view.pixel(view.local(DrawnScene.field(column, row))))
            let pixel = picture.pixel(x: Int(seen.x), y: Int(seen.y))
            let paint = Paint(ColorChart.color(column: column, row: row))
            #expect(Self.isNear(pixel, paint, within: 6), "\(column), \(row): \(pixel) for \(paint)")
        }
    }

    @Test(arguments: [(2, 2), (158, 90), (162, 92), (640, 360)])
    func anyEvenSizeIsDrawn(width: Int, height: Int) {
        let view = DrawnScene.view(width: width, height: height)
        let picture = WorldPainter(World(DrawnScene.chartOnly())).picture(of: view, at: 0, quality: .moving)
        #expect((picture.width, picture.height) == (width, height))
    }
}
