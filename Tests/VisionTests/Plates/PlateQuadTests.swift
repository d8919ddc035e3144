import Testing
import Vision

struct PlateQuadTests {
    @Test func aQuadIsThePictureOfASquareInPerspective() {
        // By hand: the middle of a trapezium is where its diagonals meet.
        let quad = PlateQuad([SIMD2(10, 10), SIMD2(50, 14), SIMD2(50, 26), SIMD2(10, 30)])
        let middle = quad(0.5, 0.5)
        #expect(abs(middle.x - 35) < 1e-3 && abs(middle.y - 20) < 1e-3)
        for (corner, place) in zip(quad.corners, [(0, 0), (1, 0), (1, 1), (0, 1)] as [(Float, Float)]) {
            let seen = quad(place.0, place.1)
            #expect(abs(seen.x - corner.x) < 1e-3 && abs(seen.y - corner.y) < 1e-3)
        }
    }

    @Test func aPointComesBackFromThePlane() {
        let quad = PlateQuad([SIMD2(100, 40), SIMD2(160, 52), SIMD2(158, 68), SIMD2(99, 53)])
        for (u, v) in [(0.2, 0.7), (0.9, 0.1), (-0.1, 1.3)] as [(Float, Float)] {
            let back = quad.plane(quad(u, v))
            #expect(abs(back.x - u) < 1e-3 && abs(back.y - v) < 1e-3)
        }
    }
}
