import Foundation
import Vision

/// How well a model finds and reads the plates of a tier's passes.
struct PlateMeasure {
    private let model: PlateModel

    init(_ model: PlateModel) { self.model = model }

    /// Counts of one tier.
    struct Result {
        var tier: String
        /// Passes whose plate is seen whole in all five pictures, and those whose voted text is right.
        var passes = 0
        var exact = 0
        /// Pictures, those with a plate found where it is, and those read right by themselves.
        var pictures = 0
        var found = 0
        var single = 0
        /// Signs read right in a picture by itself; of seven times the pictures.
        var signs = 0
        /// What was said of a pass, and whether it was right.
        var confidences: [(said: Double, isRight: Bool)] = []
        /// Of passes that were read wrong.
        var misses: [String] = []
    }

    /// - Throws: what drawing or coding throws.
    func result(_ tier: PlateTier, passes: Int, use: PlateUse) throws -> Result {
        let parts = try PlateTrainer.many(passes) { index in
            measure(try PlatePass.draw(tier, seed: use.rawValue + UInt64(index)), tier)
        }
        return parts.reduce(into: Result(tier: tier.name)) { sum, part in
            sum.passes += part.passes
            sum.exact += part.exact
            sum.pictures += part.pictures
            sum.found += part.found
            sum.single += part.single
            sum.signs += part.signs
            sum.confidences += part.confidences
            sum.misses += part.misses
        }
    }

    private func measure(_ pass: PlatePass, _ tier: PlateTier) -> Result {
        var result = Result(tier: tier.name)
        guard pass.frames.count == 5, pass.frames.allSatisfy({ $0.corners != nil }) else { return result }
        result.passes = 1
        var vote = PlateVote(model)
        for frame in pass.frames {
            result.pictures += 1
            guard let lesson = PlateLesson(frame.picture, vehicle: frame.vehicle), let found = lesson.found(model)
            else { continue }
            let truth = frame.corners.map { PlateQuad($0) }
            let errors = truth.map { PlateLesson.errors(of: found.quad, from: $0).map(abs).max() ?? 9 } ?? 9
            if errors < 0.35 { result.found += 1 }
            let evidence = lesson.evidence(of: found.quad, model)
            vote.add(evidence)
            var alone = PlateVote(model)
            alone.add(evidence)
            let text = alone.reading?.text ?? ""
            result.signs += zip(text, pass.text).count { $0 == $1 }
            if text == pass.text { result.single += 1 }
        }
        let reading = vote.reading
        let isRight = reading?.text == pass.text
        if isRight { result.exact = 1 }
        result.confidences = [(reading?.confidence ?? 0, isRight)]
        if !isRight {
            result.misses = ["\(pass.kind) \(pass.text) as \(reading?.text ?? "nothing"), \(reading?.confidence ?? 0)"]
        }
        return result
    }

    /// Of vehicles from the side, in which no plate is seen whole, those in which one was found.
    ///
    /// - Throws: what drawing or coding throws.
    func falsePlates(passes: Int, use: PlateUse) throws -> (looks: Int, found: Int) {
        let parts = try PlateTrainer.many(passes) { index -> (Int, Int) in
            let seed = use.rawValue + 50_000 + UInt64(index)
            let pass = try PlatePass.draw(PlateTier.all[index % 3], seed: seed, count: 1, sideways: true)
            guard let frame = pass.frames.first, frame.corners == nil,
                let lesson = PlateLesson(frame.picture, vehicle: frame.vehicle)
            else { return (0, 0) }
            return (1, lesson.found(model) == nil ? 0 : 1)
        }
        return parts.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    }

    /// Words for a reader about one tier.
    ///
    /// - Throws: what drawing or coding throws.
    func lines(_ tier: PlateTier, passes: Int, use: PlateUse) throws -> [String] {
        let one = try result(tier, passes: passes, use: use)
        var lines = [
            "\(one.tier): \(one.passes) passes, exact \(Self.part(one.exact, one.passes)); \(one.pictures) pictures, "
                + "found \(Self.part(one.found, one.pictures)), exact \(Self.part(one.single, one.pictures)), "
                + "signs \(Self.part(one.signs, 7 * one.pictures))"
        ]
        for range in [0.0..<0.5, 0.5..<0.8, 0.8..<0.95, 0.95..<0.99, 0.99..<1.01] {
            let bin = one.confidences.filter { range.contains($0.said) }
            guard !bin.isEmpty else { continue }
            let said = bin.map(\.said).reduce(0, +) / Double(bin.count)
            lines.append(
                "  said \(String(format: "%.3f", said)), was \(Self.part(bin.count { $0.isRight }, bin.count)) "
                    + "of \(bin.count)")
        }
        return lines + one.misses.prefix(8).map { "  \($0)" }
    }

    /// Words about vehicles from the side.
    ///
    /// - Throws: what drawing or coding throws.
    func sideLine(passes: Int, use: PlateUse) throws -> String {
        let (looks, found) = try falsePlates(passes: passes, use: use)
        return "from the side: \(found) plates found in \(looks) vehicles without one to be seen"
    }

    private static func part(_ count: Int, _ all: Int) -> String {
        String(format: "%.4f", Double(count) / Double(max(all, 1)))
    }
}
