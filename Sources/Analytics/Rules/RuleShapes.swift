import Metadata
import ONVIF
import XML

/// A line of several segments in the frame's coordinates.
struct RuleLine: Equatable, Sendable {
    let points: [MetadataPoint]

    init(_ points: [MetadataPoint]) { self.points = points }

    /// - Parameter element: a `tt:Polyline`; nil where it has fewer than two points.
    init?(_ element: XMLElement) {
        guard let points = element.points, points.count >= 2 else { return nil }
        self.points = points.map { MetadataPoint(x: $0.x, y: $0.y) }
    }

    /// How often a step crosses the line: to its right counts 1, to its left -1. A point on the line is to its left.
    func crossings(from start: MetadataPoint, to end: MetadataPoint) -> Int {
        var sum = 0
        for index in 1..<points.count {
            let (p, q) = (points[index - 1], points[index])
            let wasLeft = Self.side(start, p, q) >= 0
            let isLeft = Self.side(end, p, q) >= 0
            guard wasLeft != isLeft else { continue }
            let (dx, dy) = (q.x - p.x, q.y - p.y)
            let (sx, sy) = (end.x - start.x, end.y - start.y)
            let place = ((start.x - p.x) * sy - (start.y - p.y) * sx) / (dx * sy - dy * sx)
            // A corner belongs to the segment that begins there.
            guard place >= 0, place < 1 || index == points.count - 1 && place == 1 else { continue }
            sum += wasLeft ? 1 : -1
        }
        return sum
    }

    func distance(to point: MetadataPoint) -> Double {
        (1..<points.count).reduce(Double.infinity) { least, index in
            min(least, Self.distance(point, points[index - 1], points[index]))
        }
    }

    /// Positive to the left of the way from p to q.
    private static func side(_ point: MetadataPoint, _ p: MetadataPoint, _ q: MetadataPoint) -> Double {
        (q.x - p.x) * (point.y - p.y) - (q.y - p.y) * (point.x - p.x)
    }

    static func distance(_ point: MetadataPoint, _ p: MetadataPoint, _ q: MetadataPoint) -> Double {
        let (dx, dy) = (q.x - p.x, q.y - p.y)
        let length = dx * dx + dy * dy
        let place = length > 0 ? min(1, max(0, ((point.x - p.x) * dx + (point.y - p.y) * dy) / length)) : 0
        let (x, y) = (p.x + place * dx - point.x, p.y + place * dy - point.y)
        return (x * x + y * y).squareRoot()
    }
}

/// A region in the frame's coordinates.
struct RuleRegion: Equatable, Sendable {
    let corners: [MetadataPoint]

    init(_ corners: [MetadataPoint]) { self.corners = corners }

    /// - Parameter element: a `tt:Polygon`; nil where it has fewer than three points.
    init?(_ element: XMLElement) {
        guard let points = element.points, points.count >= 3 else { return nil }
        corners = points.map { MetadataPoint(x: $0.x, y: $0.y) }
    }

    /// Whether a ray from the point meets the edge an odd number of times.
    func contains(_ point: MetadataPoint) -> Bool {
        var isInside = false
        var before = corners[corners.count - 1]
        for corner in corners {
            if (corner.y > point.y) != (before.y > point.y),
                point.x < (before.x - corner.x) * (point.y - corner.y) / (before.y - corner.y) + corner.x
            {
                isInside.toggle()
            }
            before = corner
        }
        return isInside
    }

    func distanceToEdge(_ point: MetadataPoint) -> Double {
        var (least, before) = (Double.infinity, corners[corners.count - 1])
        for corner in corners {
            least = min(least, RuleLine.distance(point, before, corner))
            before = corner
        }
        return least
    }

    /// Whether a box and the region have a point in common, as far as corners and the middle tell.
    func touches(_ box: MetadataBox) -> Bool {
        let points = [
            box.center, MetadataPoint(x: box.left, y: box.top), MetadataPoint(x: box.right, y: box.top),
            MetadataPoint(x: box.left, y: box.bottom), MetadataPoint(x: box.right, y: box.bottom),
        ]
        return points.contains(where: contains)
            || corners.contains {
                (box.left...box.right).contains($0.x) && (box.bottom...box.top).contains($0.y)
            }
    }
}
