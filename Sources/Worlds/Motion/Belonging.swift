/// Where a thing is over time: carried, put down, gone with its carrier.
struct Belonging: Hashable, Sendable {
    enum Place: Hashable, Sendable {
        /// By the subject of that place in `Scene.subjects`.
        case carried(Int)
        case stands(GroundPoint, heading: Double)
        case nowhere
    }

    struct Change: Hashable, Sendable {
        /// Seconds of the scene.
        var time: Double
        var place: Place
        /// Who did it.
        var person: Int?
    }

    /// In order of time; the first holds from the beginning.
    let changes: [Change]
    /// All who ever carry it.
    let carriers: [Int]

    /// Metres to the right of who puts it down.
    private static let aside = 0.35
    /// Metres from which a thing can be taken.
    static let reach = 1.5

    func place(at time: Double) -> Place {
        changes.last { $0.time <= time }?.place ?? .nowhere
    }

    static func all(of scene: Scene, _ people: [Track]) -> [Belonging] {
        scene.things.map { thing in
            let carrier = scene.subjects.firstIndex { $0.name == thing.carrier }
            let first: Place =
                if let carrier { .carried(carrier) } else if let at = thing.at { .stands(at, heading: 0) } else {
                    .nowhere
                }
            var changes = [Change(time: -.infinity, place: first)]
            let handlings = people.enumerated().flatMap { person, track in
                track.handlings.filter { $0.thing == thing.name }.map { (person, $0) }
            }
            for (person, handling) in handlings.sorted(by: { ($0.1.time, $0.0) < ($1.1.time, $1.0) }) {
                guard
                    let state = people[person].state(at: handling.time)
                        ?? people[person].state(at: handling.time - 1e-6)
                else { continue }
                switch (changes.last?.place ?? .nowhere, handling.isDrop) {
                case (.carried(person), true):
                    let at = state.at.moved(aside, towards: state.heading + 90)
                    changes.append(
                        Change(time: handling.time, place: .stands(at, heading: state.heading), person: person))
                case (.stands(let at, _), false) where at.distance(to: state.at) <= reach:
                    changes.append(Change(time: handling.time, place: .carried(person), person: person))
                default: break
                }
            }
            let carriers = changes.compactMap { if case .carried(let person) = $0.place { person } else { nil } }
            return Belonging(changes: changes, carriers: carriers)
        }
    }
}
