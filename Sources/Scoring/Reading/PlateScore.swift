/// How well plates are read: in each frame, and over each pass.
package struct PlateScore: Sendable {
    /// A plate in one frame, and what was read there.
    package struct Reading: Hashable, Sendable {
        /// The plate's id: its readings are one pass.
        package var pass: Int
        package var frame: Int
        package var truth: String
        /// Nil where nothing was read.
        package var answer: String?
        /// How sure the reader is, above 0; weighs the votes of a pass.
        package var confidence: Double

        package init(pass: Int, frame: Int, truth: String, answer: String?, confidence: Double = 1) {
            self.pass = pass
            self.frame = frame
            self.truth = truth
            self.answer = answer
            self.confidence = confidence
        }
    }

    package let frames: Int
    package let passes: Int
    /// Readings, and passes, with all signs right.
    package let exactFrames: Int
    package let exactPasses: Int
    /// Means of 1 − edit distance / length, not below 0; 0 where nothing was read.
    package let frameAccuracy: Double
    package let passAccuracy: Double

    package init(_ readings: [Reading]) {
        let passes = Dictionary(grouping: readings, by: \.pass)
        let answers = passes.mapValues { readings in
            (truth: readings[0].truth, answer: Self.vote(readings.sorted { $0.frame < $1.frame }))
        }
        frames = readings.count
        self.passes = passes.count
        exactFrames = readings.count { $0.answer == $0.truth }
        exactPasses = answers.values.count { $0.answer == $0.truth }
        frameAccuracy = Self.mean(readings.map { Self.accuracy($0.answer, $0.truth) })
        passAccuracy = Self.mean(
            answers.keys.sorted().compactMap { answers[$0] }.map { Self.accuracy($0.answer, $0.truth) })
    }

    /// The text with the largest sum of confidences; of equal ones the first read.
    private static func vote(_ readings: [Reading]) -> String? {
        var votes: [(text: String, weight: Double)] = []
        for reading in readings {
            guard let answer = reading.answer else { continue }
            if let place = votes.firstIndex(where: { $0.text == answer }) {
                votes[place].weight += reading.confidence
            } else {
                votes.append((answer, reading.confidence))
            }
        }
        return votes.reduce(nil as (text: String, weight: Double)?) { best, next in
            best.map { $0.weight >= next.weight } ?? false ? best : next
        }?.text
    }

    /// 1 − edit distance / length of the truth, not below 0.
    package static func accuracy(_ answer: String?, _ truth: String) -> Double {
        guard let answer, !truth.isEmpty else { return answer == truth ? 1 : 0 }
        return max(0, 1 - Double(distance(Array(answer), Array(truth))) / Double(truth.count))
    }

    /// Signs to put in, take out or change (Levenshtein 1965).
    package static func distance(_ one: [Character], _ other: [Character]) -> Int {
        var row = Array(0...other.count)
        for (place, sign) in one.enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for (column, wanted) in other.enumerated() {
                let change = diagonal + (sign == wanted ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[other.count]
    }

    private static func mean(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }

    package var exactPerFrame: Double { frames == 0 ? 0 : Double(exactFrames) / Double(frames) }
    package var exactPerPass: Double { passes == 0 ? 0 : Double(exactPasses) / Double(passes) }

    package var json: ScoreDocument {
        .object([
            .init("passes", .count(passes)), .init("exact_passes", .number(exactPerPass)),
            .init("character_accuracy_passes", .number(passAccuracy)), .init("frames", .count(frames)),
            .init("exact_frames", .number(exactPerFrame)),
            .init("character_accuracy_frames", .number(frameAccuracy)),
        ])
    }
}
