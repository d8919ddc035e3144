package import Pictures
package import Worlds

/// What a panorama shows: longitudes and latitudes grow evenly over its width and height.
package struct PanoramaCoverage: Hashable, Sendable {
    /// Degrees from the left to the right edge, half of them on each side of the head's zero; 360 closes the circle.
    package var horizontal: Double
    /// Degrees above the horizon of the upper and the lower edge.
    package var top: Double
    package var bottom: Double

    package init(horizontal: Double, top: Double, bottom: Double) {
        self.horizontal = horizontal
        self.top = top
        self.bottom = bottom
    }

    var isClosed: Bool { horizontal >= 360 }
}

/// The view of a lens cut out of panoramas: for each pixel the direction in which it looks, and what the panorama has there.
///
/// Directions are exact on a grid of pixels and linear between, except where longitudes run together near a pole.
package final class PanoramaCut {
    /// Pixels between the exact directions, at most; fewer where the lens is wide for the picture.
    private static let widestStep = 16
    /// Steps in a focal length, at least: between them a straight line is off by some hundredths of a pixel.
    private static let stepsInFocalLength = 64.0
    /// Degrees of latitude beyond which each pixel has its own direction.
    private static let poleLatitude = 75.0
    /// Where the panorama shows nothing: neutral grey.
    private static let grey: UInt8 = 126

    /// Degrees.
    private struct Direction {
        var longitude: Double
        var latitude: Double
    }

    private let coverage: PanoramaCoverage
    private let view: CameraView
    private let step: Int
    private let columns: Int
    /// The grid, row by row; longitudes may be any turns away.
    private var grid: [Direction] = []

    /// - Parameters:
    ///   - coverage: of the panoramas.
    ///   - view: pan 0 is the panorama's middle.
    package init(_ coverage: PanoramaCoverage, view: CameraView) {
        self.coverage = coverage
        self.view = view
        step = max(2, min(Self.widestStep, Int(view.focalLength / Self.stepsInFocalLength)))
        columns = (view.width + step - 1) / step + 1
        let rows = (view.height + step - 1) / step + 1
        grid.reserveCapacity(columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                grid.append(direction(x: Double(column * step), y: Double(row * step)))
            }
        }
    }

    /// Where a point of the picture looks.
    private func direction(x: Double, y: Double) -> Direction {
        let ray = view.ray(x: x, y: y)
        let level = (ray.x * ray.x + ray.z * ray.z).squareRoot()
        return Direction(
            longitude: Trigonometry.arctangent(y: ray.x, x: ray.z),
            latitude: Trigonometry.arctangent(y: ray.y, x: level))
    }

    /// What the view has of a panorama.
    package func picture(of panorama: YUVPicture) -> YUVPicture {
        let (width, height) = (view.width, view.height)
        let (chromaWidth, chromaHeight) = ((width + 1) / 2, (height + 1) / 2)
        var luma = [UInt8](repeating: Self.grey, count: width * height)
        var blue = [UInt8](repeating: 128, count: chromaWidth * chromaHeight)
        var red = blue
        cut(panorama.luma, panorama.width, panorama.height, into: &luma, width, height, scale: 1)
        cut(
            panorama.blue, panorama.chromaWidth, panorama.chromaHeight, into: &blue, chromaWidth, chromaHeight, scale: 2
        )
        cut(panorama.red, panorama.chromaWidth, panorama.chromaHeight, into: &red, chromaWidth, chromaHeight, scale: 2)
        return YUVPicture(width: width, height: height, luma: luma, blue: blue, red: red)
    }

    /// Fills one plane, whose pixels are `scale` of the picture's wide and high; what the panorama lacks stays as it is.
    private func cut(
        _ source: [UInt8], _ sourceWidth: Int, _ sourceHeight: Int, into target: inout [UInt8], _ width: Int,
        _ height: Int, scale: Int
    ) {
        let plane = Plane(coverage, width: sourceWidth, height: sourceHeight)
        let side = step / scale
        source.withUnsafeBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                for row in 0..<(height + side - 1) / side {
                    for column in 0..<(width + side - 1) / side {
                        let xs = column * side..<min(width, (column + 1) * side)
                        let ys = row * side..<min(height, (row + 1) * side)
                        guard let cell = cell(column: column, row: row, plane) else {
                            for y in ys {
                                for x in xs {
                                    let at = direction(
                                        x: (Double(x) + 0.5) * Double(scale), y: (Double(y) + 0.5) * Double(scale))
                                    plane.sample(source, plane.point(at), into: &target[y * width + x])
                                }
                            }
                            continue
                        }
                        for y in ys {
                            let down = (Float(y - ys.lowerBound) + 0.5) / Float(side)
                            var point = cell.start(down)
                            let across = cell.across(down) / Float(side)
                            point += across / 2
                            for x in xs {
                                plane.sample(source, point, into: &target[y * width + x])
                                point += across
                            }
                        }
                    }
                }
            }
        }
    }

    /// A square of the grid in pixels of a plane of the panorama; nil where it is not even.
    private func cell(column: Int, row: Int, _ plane: Plane) -> Cell? {
        let first = row * columns + column
        let corners = [grid[first], grid[first + 1], grid[first + columns], grid[first + columns + 1]]
        guard corners.allSatisfy({ abs($0.latitude) < Self.poleLatitude }) else { return nil }
        // Each at the turn that is nearest to the first.
        let points = corners.map { corner in
            var corner = corner
            corner.longitude =
                corners[0].longitude
                + (corner.longitude - corners[0].longitude).remainder(dividingBy: 360)
            return plane.point(corner)
        }
        // A panorama with edges is left at one and entered at the other.
        if !coverage.isClosed, corners.contains(where: { abs($0.longitude) > 150 }), coverage.horizontal > 300 {
            return nil
        }
        return Cell(points[0], points[1], points[2], points[3])
    }

    /// The corners of a square, in pixels of a plane.
    private struct Cell {
        private let (upperLeft, upperRight, lowerLeft, lowerRight):
            (SIMD2<Float>, SIMD2<Float>, SIMD2<Float>, SIMD2<Float>)

        init(
            _ upperLeft: SIMD2<Float>, _ upperRight: SIMD2<Float>, _ lowerLeft: SIMD2<Float>,
            _ lowerRight: SIMD2<Float>
        ) {
            (self.upperLeft, self.upperRight) = (upperLeft, upperRight)
            (self.lowerLeft, self.lowerRight) = (lowerLeft, lowerRight)
        }

        /// Where a row begins, `down` of the way from top to bottom.
        func start(_ down: Float) -> SIMD2<Float> { upperLeft + (lowerLeft - upperLeft) * down }

        /// From the beginning of a row to its end.
        func across(_ down: Float) -> SIMD2<Float> { upperRight + (lowerRight - upperRight) * down - start(down) }
    }

    /// A plane of the panorama.
    private struct Plane {
        private let width: Int
        private let height: Int
        private let isClosed: Bool
        /// Pixels for a degree.
        private let (right, down): (Double, Double)
        private let top: Double

        init(_ coverage: PanoramaCoverage, width: Int, height: Int) {
            (self.width, self.height) = (width, height)
            isClosed = coverage.isClosed
            right = Double(width) / coverage.horizontal
            down = Double(height) / (coverage.top - coverage.bottom)
            top = coverage.top
        }

        /// Pixel 0 spans 0…1.
        func point(_ direction: Direction) -> SIMD2<Float> {
            SIMD2(
                Float(direction.longitude * right + Double(width) / 2), Float((top - direction.latitude) * down))
        }

        /// The colour at a point, mixed from the four pixels around it.
        @inline(__always)
        func sample(_ source: UnsafeBufferPointer<UInt8>, _ point: SIMD2<Float>, into pixel: inout UInt8) {
            guard point.y >= 0, point.y <= Float(height), isClosed || point.x >= 0 && point.x <= Float(width) else {
                return
            }
            let (x, y) = (point.x - 0.5, point.y - 0.5)
            let (left, upper) = (x.rounded(.down), y.rounded(.down))
            let (rightPart, lowerPart) = (Int((x - left) * 256), Int((y - upper) * 256))
            var (x0, x1) = (Int(left), Int(left) + 1)
            if isClosed {
                x0 %= width
                if x0 < 0 { x0 += width }
                x1 = x0 + 1 == width ? 0 : x0 + 1
            } else {
                x0 = max(0, x0)
                x1 = min(width - 1, x1)
            }
            let (row0, row1) = (max(0, Int(upper)) * width, min(height - 1, Int(upper) + 1) * width)
            let above = Int(source[row0 + x0]) * (256 - rightPart) + Int(source[row0 + x1]) * rightPart
            let below = Int(source[row1 + x0]) * (256 - rightPart) + Int(source[row1 + x1]) * rightPart
            pixel = UInt8((above * (256 - lowerPart) + below * lowerPart + 32768) >> 16)
        }
    }
}
