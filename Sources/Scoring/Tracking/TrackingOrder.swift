/// Rows by frames, and ids by numbers from 0.
struct TrackingOrder {
    /// In order of the frames; within a frame as in the file.
    var rows: [TrackingRow]
    /// The ids in order of their first row.
    var ids: [Int] = []
    /// Of each row: the place of its id in `ids`.
    var places: [Int32] = []
    /// Rows of each id.
    var counts: [Int32] = []

    /// - Throws: the first row that repeats an id within its frame.
    init(_ unordered: [TrackingRow]) throws(RepeatedID) {
        rows = Self.byFrame(unordered)
        places.reserveCapacity(rows.count)
        var known: [Int: Int32] = [:]
        var lastFrames: [Int] = []
        for row in rows {
            let place: Int32
            if let found = known[row.id] {
                place = found
                guard lastFrames[Int(found)] != row.frame else { throw RepeatedID(row: row) }
                lastFrames[Int(found)] = row.frame
            } else {
                place = Int32(ids.count)
                known[row.id] = place
                ids.append(row.id)
                lastFrames.append(row.frame)
                counts.append(0)
            }
            places.append(place)
            counts[Int(place)] += 1
        }
    }

    private static func byFrame(_ rows: [TrackingRow]) -> [TrackingRow] {
        var last = Int.min
        for row in rows {
            if row.frame < last { return sorted(rows) }
            last = row.frame
        }
        return rows
    }

    private static func sorted(_ rows: [TrackingRow]) -> [TrackingRow] {
        rows.indices.sorted { (rows[$0].frame, $0) < (rows[$1].frame, $1) }.map { rows[$0] }
    }
}

/// An id that a frame has twice.
package struct RepeatedID: Error, Hashable, Sendable {
    /// The second of them.
    package var row: TrackingRow

    package init(row: TrackingRow) { self.row = row }
}

extension RepeatedID: CustomStringConvertible {
    package var description: String {
        "id \(row.id) is in frame \(row.frame) already; an id occurs at most once per frame"
    }
}
