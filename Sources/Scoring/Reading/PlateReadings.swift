package import Truth

/// Which reading is of which plate.
package enum PlateReadings {
    /// Pixels that a plate must be high to be asked for.
    package static let leastHeight = 12.0
    /// Part of a plate that must be seen for it to be asked for.
    package static let leastVisibility = 0.9
    /// What a reading's box has to share with the plate's, or with its vehicle's.
    private static let leastOverlap = 0.3

    /// - Returns: a reading for each plate of each frame that is asked for, whether something was read or not.
    package static func readings(truth: [TruthFrame], found: [AnalyticsFrame]) -> [PlateScore.Reading] {
        let answers = Dictionary(found.map { ($0.number, $0.objects) }, uniquingKeysWith: +)
        var readings: [PlateScore.Reading] = []
        var assignment = SparseAssignment()
        for frame in truth {
            let plates = frame.objects.filter { plate in
                plate.text != nil && plate.box.height >= leastHeight && plate.visibility >= leastVisibility
                    && plate.cut == 0
            }
            guard !plates.isEmpty else { continue }
            let texts = (answers[frame.index + 1] ?? []).filter { $0.text != nil && $0.box != nil }
            assignment.begin(rows: plates.count, columns: texts.count)
            for (row, plate) in plates.enumerated() {
                let boxes = [plate.box] + frame.objects.filter { $0.id == plate.parent }.map(\.box)
                for (column, text) in texts.enumerated() {
                    let overlap = text.box.map { box in boxes.map { box.overlap($0) }.max() ?? 0 } ?? 0
                    if overlap >= leastOverlap { assignment.add(row: row, column: Int32(column), weight: overlap) }
                }
            }
            assignment.solve()
            for (row, plate) in plates.enumerated() {
                let column = Int(assignment.columnOfRow[row])
                readings.append(
                    PlateScore.Reading(
                        pass: plate.id, frame: frame.index + 1, truth: plate.text ?? "",
                        answer: column < 0 ? nil : texts[column].text,
                        confidence: column < 0 ? 0 : max(texts[column].score, .ulpOfOne)))
            }
        }
        return readings
    }
}

extension TruthBox {
    /// Intersection over union.
    fileprivate func overlap(_ other: TruthBox) -> Double {
        func row(_ box: TruthBox) -> TrackingRow {
            TrackingRow(frame: 1, id: 0, left: box.x, top: box.y, width: box.width, height: box.height)
        }
        return row(self).overlap(row(other))
    }
}
