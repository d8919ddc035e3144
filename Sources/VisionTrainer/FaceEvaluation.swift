import Vision
import Worlds

/// Open-set searches of drawn identities that no training has seen.
struct FaceEvaluation {
    struct Person: Sendable {
        var name: String
        var seed: UInt64
        var look: Appearance
    }

    /// One search: who it is (nil for a stranger) and the best of the gallery.
    struct Search: Sendable {
        var probe: String
        var mate: String?
        var candidates: [(name: String, score: Float)]
        /// Similarity with the mate's and with some others' templates, for one-to-one comparison.
        var genuine: Float?
        var impostors: [Float]
    }

    struct Result {
        var searches: [Search]
        /// Fixed on the calibration's strangers.
        var strict: Float
        var lenient: Float
    }

    let model: FaceModel
    let tier: FaceTier
    var gallery = 200
    var strangers = 3000
    /// Of each of the gallery.
    var passes = 5
    var sightings = 5
    /// A quarter of the gallery and of the strangers look like others of the gallery.
    var lookAlikes = false
    var placing = FacePass.Placing.corrected
    var methods = FaceMethod.allCases
    /// The model's own thresholds in place of a calibration under the same conditions.
    var usesStoredThresholds = false

    /// Candidates that a search lists.
    private static let listed = 10
    /// Gallery templates with which each pass is compared besides its own.
    private static let others = 20
    private static let lookAlikePart = 4

    func run() -> [FaceMethod: Result] {
        let calibration = usesStoredThresholds ? [:] : searches(.calibration, .calibration, passes: 0)
        let test = searches(.gallery, .stranger, passes: passes)
        let stored = model.threshold(half: Float(tier.headHeight.lowerBound + tier.headHeight.upperBound) / 4)
        var results: [FaceMethod: Result] = [:]
        for method in methods {
            let best = calibration[method]?.map { $0.candidates.first?.score ?? -1 }
            results[method] = Result(
                searches: test[method] ?? [],
                strict: best.map { FaceCalibration.threshold($0, rate: 0.01) } ?? stored.strict,
                lenient: best.map { FaceCalibration.threshold($0, rate: 0.1) } ?? stored.lenient)
        }
        return results
    }

    /// Those who are enrolled, and those who are not.
    func people(_ known: FaceRole, _ unknown: FaceRole) -> (enrolled: [Person], strangers: [Person]) {
        var enrolled = known.identities(gallery).map { Person(name: "s\($0.seed)", seed: $0.seed, look: $0.look) }
        var others = unknown.identities(strangers, from: known == unknown ? gallery : 0).map {
            Person(name: "s\($0.seed)", seed: $0.seed, look: $0.look)
        }
        if lookAlikes {
            let originals = gallery - gallery / Self.lookAlikePart
            for index in originals..<gallery {
                enrolled[index].look.face = .lookAlike(
                    of: enrolled[index - originals].look.face, seed: enrolled[index].seed)
            }
            for index in stride(from: 0, to: others.count, by: Self.lookAlikePart) {
                others[index].look.face = .lookAlike(
                    of: enrolled[index / Self.lookAlikePart % gallery].look.face, seed: others[index].seed)
            }
        }
        return (enrolled, others)
    }

    private func searches(_ known: FaceRole, _ unknown: FaceRole, passes: Int) -> [FaceMethod: [Search]] {
        let (enrolled, strangers) = people(known, unknown)
        let (model, methods, tier, sightings, placing) = (model, methods, tier, sightings, placing)
        let templates = Workers.map(enrolled) { person in
            FacePass(
                FaceSampler(person.look, seed: person.seed).track(
                    .easy, pictures: FaceTemplates.enrolments, salt: 101), model, .corrected, methods: methods,
                seed: person.seed ^ 1)
        }
        let names = enrolled.map(\.name)
        var jobs: [(person: Person, index: Int?, salt: UInt64)] = []
        for (index, person) in enrolled.enumerated() {
            for pass in 0..<passes { jobs.append((person, index, UInt64(200 + pass))) }
        }
        for person in strangers { jobs.append((person, nil, 300)) }
        let found = Workers.map(jobs) { job in
            let person = job.person
            let shots = FaceSampler(person.look, seed: person.seed).track(tier, pictures: sightings, salt: job.salt)
            let pass = FacePass(shots, model, placing, methods: methods, seed: person.seed ^ job.salt)
            return methods.map { method in
                Self.search(
                    "\(person.name)-\(job.salt)", job.index, pass?.vectors[method],
                    among: templates.map { $0?.vectors[method] }, names: names)
            }
        }
        var result: [FaceMethod: [Search]] = [:]
        for (index, method) in methods.enumerated() { result[method] = found.map { $0[index] } }
        return result
    }

    private static func search(
        _ probe: String, _ mate: Int?, _ vector: [Float]?, among templates: [[Float]?], names: [String]
    ) -> Search {
        var search = Search(probe: probe, mate: mate.map { names[$0] }, candidates: [], impostors: [])
        guard let vector else { return search }
        let scores = templates.map { $0?.dot(vector) ?? -1 }
        let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
        search.candidates = order.prefix(listed).map { (names[$0], scores[$0]) }
        if let mate {
            search.genuine = scores[mate]
            search.impostors = (1...others).map { scores[(mate + $0 * 7) % scores.count] }
        }
        return search
    }
}

extension FaceEvaluation.Result {
    var mated: [FaceEvaluation.Search] { searches.filter { $0.mate != nil } }
    var strangers: [FaceEvaluation.Search] { searches.filter { $0.mate == nil } }

    /// Part of the mated searches whose mate is first.
    var rank1: Double {
        let mated = mated
        return Double(mated.count { $0.candidates.first?.name == $0.mate }) / Double(max(mated.count, 1))
    }

    /// Part of the mated searches whose mate is not first or not above a similarity.
    func misses(above threshold: Float) -> Double {
        let mated = mated
        let hits = mated.count { search in
            guard let first = search.candidates.first else { return false }
            return first.name == search.mate && first.score > threshold
        }
        return 1 - Double(hits) / Double(max(mated.count, 1))
    }

    /// Part of the strangers who have any candidate above a similarity.
    func alarms(above threshold: Float) -> Double {
        let strangers = strangers
        return Double(strangers.count { ($0.candidates.first?.score ?? -1) > threshold })
            / Double(max(strangers.count, 1))
    }

    /// Part of the genuine comparisons that are not above what a part of the impostors are.
    func nonMatches(falseMatches rate: Double) -> Double {
        let mated = mated
        let threshold = FaceCalibration.threshold(mated.flatMap(\.impostors), rate: rate)
        return Double(mated.count { ($0.genuine ?? -1) <= threshold }) / Double(max(mated.count, 1))
    }

    /// As `glasseye score --open-set` reads it.
    var scoresText: String {
        var text = "probe,mated,mate,candidates\n"
        for search in searches {
            let list = search.candidates.map { "\($0.name):\($0.score.sixPlaces)" }.joined(separator: " ")
            text += "\(search.probe),\(search.mate == nil ? 0 : 1),\(search.mate ?? ""),\(list)\n"
        }
        return text
    }

    /// As `glasseye score --comparisons` reads it.
    var comparisonsText: String {
        var text = "genuine,score\n"
        for search in searches {
            if let genuine = search.genuine { text += "1,\(genuine.sixPlaces)\n" }
            for score in search.impostors { text += "0,\(score.sixPlaces)\n" }
        }
        return text
    }
}

extension Float {
    /// `0.123456`: six places, so that ties stay rare.
    fileprivate var sixPlaces: String {
        let whole = Int((abs(self) * 1_000_000).rounded())
        let digits = String(whole % 1_000_000)
        return (self < 0 ? "-" : "") + "\(whole / 1_000_000)."
            + String(repeating: "0", count: 6 - digits.count) + digits
    }
}
