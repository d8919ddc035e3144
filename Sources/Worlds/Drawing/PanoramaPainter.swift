package import Pictures

/// Draws the world all around a point: longitudes grow evenly to the right, latitudes upwards.
///
/// Drawn as views side by side, each by a painter of its own that keeps what stands still; costs some ten times a picture of
/// the same world. Not `Sendable`: one is used by one job at a time.
package final class PanoramaPainter {
    /// Degrees from view to view, and what each sees: enough to spare that corners reach each other, also near the poles.
    private static let step = 45.0
    private static let angle = 70.0

    /// Where a pixel of the panorama comes from.
    private struct Source {
        var view: UInt16
        /// Pixels of the view, of the point.
        var x: Float
        var y: Float
    }

    private let width: Int
    private let height: Int
    private let views: [CameraView]
    private let painters: [WorldPainter]
    /// `height × width`, and the same for chroma.
    private let luma: [Source]
    private let chroma: [Source]

    /// - Parameters:
    ///   - world: what is drawn.
    ///   - position: of the camera.
    ///   - pan: degrees in the world of the panorama's middle.
    ///   - horizontal: degrees from the left to the right edge.
    ///   - bottom: degrees above the horizon of the lower edge.
    ///   - top: degrees above the horizon of the upper edge.
    ///   - width: pixels.
    ///   - height: pixels.
    package init(
        _ world: World, position: Vector3, pan: Double, horizontal: Double, bottom: Double, top: Double, width: Int,
        height: Int
    ) {
        self.width = width
        self.height = height
        let columns = Int((horizontal / Self.step).rounded(.up))
        let rows = Int(((top - bottom) / Self.step).rounded(.up))
        // As many pixels a degree as the panorama has, in the middle of a view, where it has the fewest.
        let density = max(Double(width) / horizontal, Double(height) / (top - bottom))
        let focalLength = density * 57.295779513082323
        let side = Int((2 * focalLength * Trigonometry.tangent(Self.angle / 2) / 2).rounded(.up)) * 2
        var views: [CameraView] = []
        for row in 0..<rows {
            for column in 0..<columns {
                views.append(
                    CameraView(
                        position: position,
                        pan: pan + horizontal * ((Double(column) + 0.5) / Double(columns) - 0.5),
                        tilt: top - (top - bottom) * (Double(row) + 0.5) / Double(rows), fieldOfView: Self.angle,
                        width: side, height: side))
            }
        }
        self.views = views
        painters = views.map { _ in WorldPainter(world) }

        func sources(_ width: Int, _ height: Int) -> [Source] {
            var sources: [Source] = []
            sources.reserveCapacity(width * height)
            for row in 0..<height {
                let latitude = top - (top - bottom) * (Double(row) + 0.5) / Double(height)
                let (up, level) = (Trigonometry.sine(latitude), Trigonometry.cosine(latitude))
                for column in 0..<width {
                    let longitude = pan + horizontal * ((Double(column) + 0.5) / Double(width) - 0.5)
                    let direction = Vector3(
                        Trigonometry.sine(longitude) * level, up, Trigonometry.cosine(longitude) * level)
                    sources.append(Self.source(direction, views))
                }
            }
            return sources
        }
        luma = sources(width, height)
        chroma = sources((width + 1) / 2, (height + 1) / 2)
    }

    /// In the view whose middle is nearest.
    private static func source(_ direction: Vector3, _ views: [CameraView]) -> Source {
        var best = 0
        var nearest = -2.0
        for (index, view) in views.enumerated() {
            let ahead = view.ahead.dot(direction)
            if ahead > nearest { (best, nearest) = (index, ahead) }
        }
        let view = views[best]
        let at = view.pixel(
            Vector3(direction.dot(view.right), direction.dot(view.down), max(nearest, 0.1)))
        return Source(view: UInt16(best), x: Float(at.x), y: Float(at.y))
    }

    /// The panorama at a moment, seconds of the scene.
    package func picture(at time: Double) -> YUVPicture {
        let pictures = zip(painters, views).map { $0.picture(of: $1, at: time, quality: .resting) }
        var result = YUVPicture(width: width, height: height, filled: .black)
        Self.fill(&result.luma, luma, pictures.map(\.luma), side: views[0].width, scale: 1)
        let side = (views[0].width + 1) / 2
        Self.fill(&result.blue, chroma, pictures.map(\.blue), side: side, scale: 2)
        Self.fill(&result.red, chroma, pictures.map(\.red), side: side, scale: 2)
        return result
    }

    /// Takes each pixel from between the four that surround its point.
    private static func fill(_ target: inout [UInt8], _ sources: [Source], _ planes: [[UInt8]], side: Int, scale: Float)
    {
        let last = side - 2
        for (index, source) in sources.enumerated() {
            let plane = planes[Int(source.view)]
            // A pixel's colour is that of its middle.
            let (x, y) = (source.x / scale - 0.5, source.y / scale - 0.5)
            let (left, top) = (min(max(Int(x), 0), last), min(max(Int(y), 0), last))
            let (right, down) = (min(max(x - Float(left), 0), 1), min(max(y - Float(top), 0), 1))
            let at = top * side + left
            let upper = Float(plane[at]) * (1 - right) + Float(plane[at + 1]) * right
            let lower = Float(plane[at + side]) * (1 - right) + Float(plane[at + side + 1]) * right
            target[index] = UInt8(upper * (1 - down) + lower * down + 0.5)
        }
    }
}
