/// Small movements of a subject: glances, blinks, moods; all of them follow from its name and the time.
struct Manner: Hashable, Sendable {
    /// Metres of a walking cycle.
    let stride: Double
    /// Of the walking cycle at the beginning, so that people do not march in step.
    let phase: Double
    private let seed: UInt64

    /// Seconds.
    private static let glanceSlot = 3.4
    private static let blinkSlot = 3.1
    private static let blinkLength = 0.16
    private static let moodSlot = 5.0

    init(_ subject: Subject, seed: UInt64) {
        var random = SeededRandom(seed: seed, for: subject.name)
        stride = subject.appearance.metresPerCycle
        phase = random.number(in: 0...1)
        self.seed = random.next()
    }

    /// Chance of a slot of time.
    private func chance(_ time: Double, slot: Double, _ salt: UInt64) -> (random: SeededRandom, into: Double) {
        let number = (time / slot).rounded(.down)
        let random = SeededRandom(seed: seed ^ salt &+ UInt64(bitPattern: Int64(number)) &* 0x2545_F491_4F6C_DD1D)
        return (random, time - number * slot)
    }

    /// Degrees of the head to the left and up; each slot of time has a glance that begins and ends straight ahead.
    func glance(at time: Double, walks: Bool) -> (yaw: Double, pitch: Double) {
        var (random, into) = chance(time + phase * Self.glanceSlot, slot: Self.glanceSlot, 0x61)
        let yaw = random.number(in: -45...45)
        let pitch = random.number(in: -12...6)
        let begin = random.number(in: 0...0.8)
        let length = random.number(in: 0.9...2.2)
        guard random.chance(walks ? 0.6 : 0.8) else { return (0, 0) }
        let part = ((into - begin) / 0.35).soft * ((begin + length - into) / 0.35).soft
        return (yaw * part, pitch * part)
    }

    func blinks(at time: Double) -> Bool {
        var (random, into) = chance(time + phase, slot: Self.blinkSlot, 0x62)
        let begin = random.number(in: 0...(Self.blinkSlot - Self.blinkLength))
        return into >= begin && into < begin + Self.blinkLength
    }

    func expression(at time: Double) -> Figure.Expression {
        var (random, _) = chance(time + phase * Self.moodSlot, slot: Self.moodSlot, 0x63)
        return random.chance(0.2) ? .smile : .neutral
    }
}

/// People who stand together and talk in turns.
struct Conversation: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        var person: Int
        var from: Double
        var to: Double
    }

    private(set) var members: [Member]

    /// Metres.
    private static let reach = 2.2
    /// Seconds that one talks.
    private static let turn = 2.3

    func holds(_ person: Int, at time: Double) -> Bool {
        var others = 0
        var itself = false
        for member in members where member.from <= time && time < member.to {
            if member.person == person { itself = true } else { others += 1 }
        }
        return itself && others > 0
    }

    /// To whom it looks, whether it talks itself, and 0…1 how far it has turned its head.
    func attention(of person: Int, at time: Double) -> (towards: Int, talks: Bool, strength: Double) {
        let slot = (time / Self.turn).rounded(.down)
        let present = members.filter { $0.from <= time && time < $0.to }
        let speaker = present[speakerIndex(slot, present.count)].person
        let others = present.map(\.person).filter { $0 != person }
        let listener = others[Int(slot.magnitude) % others.count]
        let into = time - slot * Self.turn
        // Heads are straight at the moment when somebody comes or goes, so that none jumps to another speaker.
        let edge = members.reduce(Double.infinity) { min($0, abs(time - $1.from), abs($1.to - time)) }
        let strength = min((into / 0.3).soft, ((Self.turn - into) / 0.3).soft) * (edge / 0.6).soft
        // While people talk, they pause.
        let pauses = into > Self.turn - 0.4
        return (speaker == person ? listener : speaker, speaker == person && !pauses, strength)
    }

    private func speakerIndex(_ slot: Double, _ count: Int) -> Int {
        var random = SeededRandom(seed: UInt64(bitPattern: Int64(slot)), for: "conversation")
        return random.index(below: count)
    }

    /// - Returns: those who stand near each other at the same time; nobody is in two at once.
    static func all(of people: [Track]) -> [Conversation] {
        var stands: [(member: Member, at: GroundPoint, group: Int?)] = []
        for (index, track) in people.enumerated() {
            for phase in track.phases where phase.duration > 2 {
                guard case .standing = phase.kind else { continue }
                let member = Member(person: index, from: phase.time, to: phase.end)
                stands.append((member, track.place(after: phase.way).at, nil))
            }
        }
        var groups: [Conversation] = []
        for first in stands.indices {
            for second in stands.indices where second > first {
                let (a, b) = (stands[first], stands[second])
                guard a.member.person != b.member.person, a.at.distance(to: b.at) < Self.reach,
                    min(a.member.to, b.member.to) - max(a.member.from, b.member.from) > 2
                else { continue }
                switch (a.group, b.group) {
                case (nil, nil):
                    stands[first].group = groups.count
                    stands[second].group = groups.count
                    groups.append(Conversation(members: [a.member, b.member]))
                case (let group?, nil):
                    stands[second].group = group
                    groups[group].members.append(b.member)
                case (nil, let group?):
                    stands[first].group = group
                    groups[group].members.append(a.member)
                default: break
                }
            }
        }
        return groups
    }
}
