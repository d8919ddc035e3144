import Foundation
import Vision
import Worlds

/// Makes `PlateModel` from drawn passes; the same seeds and counts make the same bytes.
struct PlateTrainer {
    /// Passes with a plate, and of vehicles from the side.
    var passes: Int
    var sidePasses: Int
    /// Times that the signs' network sees each sample.
    var epochs: Int
    /// Tells how far it is.
    var progress: (String) -> Void

    /// What the core's model was made with.
    static let usualPasses = 420
    static let usualSidePasses = 60
    static let usualEpochs = 14

    /// Steps that move corners.
    private static let steps = 5

    private struct Sample {
        let lesson: PlateLesson
        let truth: PlateQuad?
        let signs: [Int]
        let box: VisionBox
    }

    /// - Throws: what drawing or coding throws.
    func train() throws -> PlateModel {
        let samples = try draw()
        progress("\(samples.count) pictures, \(samples.count { $0.truth != nil }) with a plate")
        var random = SeededRandom(seed: 7, for: "plate trainer")
        var model = PlateModel(
            scan: learnScan(samples, &random), steps: [], judge: Self.blank(PlateFeatures.count),
            hidden: Self.blank(PlateReader.count), signs: Self.blank(1), honesty: Self.blank(1))
        model.steps = learnSteps(samples, model, &random)
        model.judge = learnJudge(samples, model, &random)
        (model.hidden, model.signs) = learnSigns(samples, model, &random)
        model.honesty = PlateModel.Map(rows: 1, columns: 1, weights: [0.5], bias: [1])
        return model
    }

    private static func blank(_ columns: Int) -> PlateModel.Map {
        PlateModel.Map(rows: 1, columns: columns, weights: Array(repeating: 0, count: columns), bias: [0])
    }

    private func draw() throws -> [Sample] {
        let all = try PlateTrainer.many(passes + sidePasses) { index in
            let seed = PlateUse.training.rawValue + UInt64(index)
            let pass = try PlatePass.draw(.training, seed: seed, count: 2, sideways: index >= passes)
            let signs = pass.text.map { PlateReader.signs.firstIndex(of: $0) ?? 0 }
            return [pass.frames.first, pass.frames.last].compactMap { frame -> Sample? in
                guard let frame, let lesson = PlateLesson(frame.picture, vehicle: frame.vehicle) else { return nil }
                return Sample(
                    lesson: lesson, truth: frame.corners.map { PlateQuad($0) }, signs: signs, box: frame.vehicle)
            }
        }
        return all.flatMap { $0 }
    }

    /// Does something for 0..<count on all processors; the results are in order.
    static func many<T>(_ count: Int, _ body: @escaping (Int) throws -> T) throws -> [T] {
        nonisolated(unsafe) var results = [Result<T, any Error>?](repeating: nil, count: count)
        // Each job writes its own place.
        nonisolated(unsafe) let body = body
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let results = results
            DispatchQueue.concurrentPerform(iterations: count) { index in
                results[index] = Result { try body(index) }
            }
        }
        return try results.compactMap { try $0?.get() }
    }

    // MARK: Windows

    private func learnScan(_ samples: [Sample], _ random: inout SeededRandom) -> PlateModel.Map {
        var (plates, others): ([[Float]], [[Float]]) = ([], [])
        for sample in samples {
            var places: [SIMD3<Float>] = []
            if let truth = sample.truth {
                for _ in 0..<3 {
                    let box = truth.box
                    let width = Float(box.width * random.number(in: 0.88...1.14))
                    let x = truth.center.x + width * (Float(random.number(in: -0.05...0.05)) - 0.5)
                    let y =
                        truth.center.y + width * (Float(random.number(in: -0.04...0.04)) - 0.5 * PlateLesson.shape)
                    places.append(SIMD3(x, y, width))
                }
            }
            let count = places.count
            for _ in 0..<12 {
                let width = Float(random.number(in: 0.06...0.35) * sample.box.width)
                let x = Float(sample.box.x + random.number(in: -0.05...0.9) * sample.box.width)
                let y = Float(sample.box.y + random.number(in: -0.05...1) * sample.box.height)
                let quad = PlateQuad([
                    SIMD2(x, y), SIMD2(x + width, y), SIMD2(x + width, y + 0.24 * width), SIMD2(x, y + 0.24 * width),
                ])
                guard width > 30, !Self.isNear(quad, sample.truth) else { continue }
                places.append(SIMD3(x, y, width))
            }
            let windows = sample.lesson.windows(places)
            plates += windows[..<count]
            others += windows[count...]
        }
        var map = Self.classifier(plates, others, lift: 0.1)
        for round in 0..<3 {
            let model = PlateModel(
                scan: map, steps: [], judge: map, hidden: map, signs: map, honesty: map)
            var (hit, all) = (0, 0)
            for sample in samples {
                let offers = sample.lesson.offers(model)
                if sample.truth != nil {
                    all += 1
                    hit += offers.contains { Self.isNear($0, sample.truth) } ? 1 : 0
                }
                let wrong = offers.filter { !Self.isNear($0, sample.truth) }
                others += sample.lesson.windows(wrong.map { SIMD3($0.corners[0].x, $0.corners[0].y, $0.width) })
            }
            progress("scan round \(round): \(hit) of \(all) plates offered, \(others.count) other windows")
            map = Self.classifier(plates, others, lift: 0.1)
        }
        return map
    }

    /// Nearer to the truth than to its surroundings.
    private static func isNear(_ quad: PlateQuad, _ truth: PlateQuad?) -> Bool {
        guard let truth else { return false }
        let way = quad.center - truth.center
        return abs(way.x) < 0.25 * truth.width && abs(way.y) < 0.6 * truth.height
            && quad.width < 1.45 * truth.width && quad.width > 0.65 * truth.width
    }

    /// Least squares on 1 and -1, both kinds with equal weight; `lift` is added.
    private static func classifier(_ yes: [[Float]], _ no: [[Float]], lift: Float) -> PlateModel.Map {
        guard let size = yes.first?.count, !no.isEmpty else { return blank(1) }
        var squares = PlateLeastSquares(inputs: size, outputs: 1)
        for one in yes { squares.add(one, [1], weight: 1 / Double(yes.count)) }
        for one in no { squares.add(one, [-1], weight: 1 / Double(no.count)) }
        let map = squares.solve(ridge: 0.01)
        return PlateModel.Map(rows: 1, columns: size, weights: map.weights, bias: [map.bias[0] + lift])
    }

    // MARK: Corners

    /// A start as the scan would give it: an upright rectangle about where the plate is.
    private static func start(_ truth: PlateQuad, _ random: inout SeededRandom) -> PlateQuad {
        let box = truth.box
        let width = Float(box.width * random.number(in: 0.82...1.22))
        let height = width * PlateLesson.shape
        let x = truth.center.x + width * Float(random.number(in: -0.08...0.08)) - width / 2
        let y = truth.center.y + height * Float(random.number(in: -0.28...0.28)) - height / 2
        return PlateQuad([
            SIMD2(x, y), SIMD2(x + width, y), SIMD2(x + width, y + height), SIMD2(x, y + height),
        ])
    }

    private func learnSteps(
        _ samples: [Sample], _ model: PlateModel, _ random: inout SeededRandom
    ) -> [PlateModel.Map] {
        var places: [(sample: Sample, quad: PlateQuad)] = []
        for sample in samples {
            guard let truth = sample.truth else { continue }
            for _ in 0..<4 { places.append((sample, Self.start(truth, &random))) }
            for quad in sample.lesson.offers(model) where Self.isNear(quad, truth) { places.append((sample, quad)) }
        }
        var steps: [PlateModel.Map] = []
        for round in 0..<Self.steps {
            var squares = PlateLeastSquares(inputs: PlateFeatures.count, outputs: 8)
            let looks = places.map { $0.sample.lesson.surroundings(of: $0.quad) }
            for (place, look) in zip(places, looks) {
                guard let truth = place.sample.truth else { continue }
                squares.add(look, PlateLesson.errors(of: place.quad, from: truth))
            }
            let step = squares.solve(ridge: 0.02)
            steps.append(step)
            var next: [(sample: Sample, quad: PlateQuad)] = []
            var (left, number) = (0.0, 0.0)
            for (place, look) in zip(places, looks) {
                guard let truth = place.sample.truth,
                    let quad = PlateLesson.moved(place.quad, by: step, look)
                else { continue }
                let errors = PlateLesson.errors(of: quad, from: truth)
                guard errors.allSatisfy({ abs($0) < 0.8 }) else { continue }
                left += Double(errors.reduce(0) { $0 + abs($1) }) / 8
                number += 1
                next.append((place.sample, quad))
            }
            progress(
                "step \(round): mean error \(left / max(number, 1)) of the plane, \(next.count) of \(places.count)")
            places = next
        }
        return steps
    }

    private func learnJudge(
        _ samples: [Sample], _ model: PlateModel, _ random: inout SeededRandom
    ) -> PlateModel.Map {
        var (yes, no): ([[Float]], [[Float]]) = ([], [])
        func look(_ sample: Sample, _ start: PlateQuad) {
            var quad = start
            for step in model.steps {
                guard let next = PlateLesson.moved(quad, by: step, sample.lesson.surroundings(of: quad)) else {
                    return
                }
                quad = next
            }
            let features = sample.lesson.surroundings(of: quad)
            let errors = sample.truth.map { PlateLesson.errors(of: quad, from: $0).map(abs).max() ?? 9 } ?? 9
            if errors < 0.2 { yes.append(features) } else if errors > 0.45 { no.append(features) }
        }
        for sample in samples {
            if let truth = sample.truth {
                for _ in 0..<2 { look(sample, Self.start(truth, &random)) }
            }
            for quad in sample.lesson.offers(model) { look(sample, quad) }
        }
        progress("judge: \(yes.count) plates, \(no.count) others")
        return Self.classifier(yes, no, lift: 0)
    }

    // MARK: Signs

    private func learnSigns(
        _ samples: [Sample], _ model: PlateModel, _ random: inout SeededRandom
    ) -> (PlateModel.Map, PlateModel.Map) {
        var seen: [(values: ArraySlice<Float>, kind: Int)] = []
        for sample in samples {
            guard let truth = sample.truth else { continue }
            for _ in 0..<3 {
                guard let found = sample.lesson.found(model, guess: Self.start(truth, &random)),
                    PlateLesson.errors(of: found.quad, from: truth).allSatisfy({ abs($0) < 0.3 })
                else { continue }
                let signs = sample.lesson.signs(of: found.quad)
                for (place, kind) in sample.signs.enumerated() {
                    seen.append((signs[place * PlateReader.count..<(place + 1) * PlateReader.count], kind))
                }
            }
        }
        progress("signs: \(seen.count)")
        var network = PlateSignNetwork(inputs: PlateReader.count, kinds: PlateReader.signs.count, seed: 11)
        for epoch in 0..<epochs {
            let part = Float(epoch) / Float(epochs)
            let loss = network.pass(seen, rate: part < 0.5 ? 1 : 2 * (1 - part) * 1 + 0.02)
            progress("signs, pass \(epoch): loss \(loss)")
        }
        return network.maps
    }
}
