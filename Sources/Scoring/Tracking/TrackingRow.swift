/// One box of one id in one frame: of the truth, or of somebody who tracks.
package struct TrackingRow: Hashable, Sendable {
    /// The class of rows that say nothing of it.
    package static let unknownKind = -1

    /// Counted from 1.
    package var frame: Int
    /// At most once per frame and file; other than that any number.
    package var id: Int
    /// Pixels: the left and upper edge, and the size from there.
    package var left: Double
    package var top: Double
    package var width: Double
    package var height: Double
    /// How sure a tracker is; rows of the truth have 1.
    package var score: Double
    /// False for rows of the truth with flag 0: neither asked for, nor (with an `IgnoreRule`) held against a tracker.
    package var isScored: Bool
    /// The number of the class: 1 is a pedestrian in the benchmarks.
    package var kind: Int

    package init(
        frame: Int, id: Int, left: Double, top: Double, width: Double, height: Double, score: Double = 1,
        isScored: Bool = true, kind: Int = TrackingRow.unknownKind
    ) {
        self.frame = frame
        self.id = id
        self.left = left
        self.top = top
        self.width = width
        self.height = height
        self.score = score
        self.isScored = isScored
        self.kind = kind
    }

    /// Intersection over union of the two rectangles, 0…1; 0 where one has no area.
    ///
    /// The steps and their order are those of TrackEval, so that the same boxes make the same bits.
    package func overlap(_ other: TrackingRow) -> Double {
        let (right, otherRight) = (left + width, other.left + other.width)
        let across = min(right, otherRight) - max(left, other.left)
        guard across > 0 else { return 0 }
        let (bottom, otherBottom) = (top + height, other.top + other.height)
        let down = min(bottom, otherBottom) - max(top, other.top)
        guard down > 0 else { return 0 }
        let area = (right - left) * (bottom - top)
        let otherArea = (otherRight - other.left) * (otherBottom - other.top)
        let intersection = across * down
        let union = area + otherArea - intersection
        let least = Double.ulpOfOne
        return area <= least || otherArea <= least || union <= least ? 0 : intersection / union
    }
}
