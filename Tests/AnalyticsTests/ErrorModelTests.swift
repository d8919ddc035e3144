import Analytics
import Metadata
import Testing

/// Rates against sums done by hand.
@Suite struct ErrorModelTests {
    private static let frames = 1000
    private static let people = 5

    /// Five people side by side, each with a face; the same in all frames.
    private static func sound(_ index: Int) -> MetadataFrame? {
        guard (0..<frames).contains(index) else { return nil }
        var frame = MetadataFrame(utc: Int64(index) * 40_000_000, source: "ground-truth")
        for number in 1...people {
            let left = Double(number) * 0.3 - 1
            var person = MetadataObject(
                id: number, box: MetadataBox(left: left, top: 0.5, right: left + 0.2, bottom: -0.5),
                types: [Likely("Human")])
            person.speed = Double(index)
            var face = MetadataObject(
                id: 2_000_000 + number, parent: number,
                box: MetadataBox(left: left, top: 0.5, right: left + 0.1, bottom: 0.4), types: [Likely("HumanFace")])
            face.identity = Likely("person-\(number)")
            frame.objects += [person, face]
        }
        return frame
    }

    private static func run(_ model: ErrorModel) -> [MetadataFrame] {
        (0..<frames).compactMap { model.frame($0, utc: Int64($0) * 40_000_000, from: sound) }
    }

    private static func model(_ change: (inout ErrorModel) -> Void) -> ErrorModel {
        var model = ErrorModel()
        change(&model)
        return model
    }

    private static func people(_ frame: MetadataFrame) -> [MetadataObject] {
        frame.objects.filter { $0.types.first?.value == "Human" }
    }

    @Test func withoutErrorsNothingChanges() {
        #expect(Self.run(ErrorModel()) == (0..<Self.frames).compactMap(Self.sound))
    }

    @Test func whatIsDegradedSaysSo() {
        #expect(Self.run(Self.model { $0.misses = 0.1 }).allSatisfy { $0.source == "ground-truth with errors" })
    }

    /// Recall is 1 − rate; 5000 boxes have a standard deviation of √(5000·0.2·0.8) = 28.3, and 4 of them are 113.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func missesLowerRecallByTheirRate(_ seed: UInt64) {
        let frames = Self.run(Self.model { ($0.seed, $0.misses) = (seed, 0.2) })
        let found = frames.reduce(0) { $0 + Self.people($1).count }
        #expect(abs(found - 4000) <= 113)
        // A face goes with its person.
        for frame in frames { #expect(frame.objects.count == 2 * Self.people(frame).count) }
    }

    /// Precision is 5 / (5 + 0.5); 1000 frames have a standard deviation of √(1000·0.5·0.5) = 15.8, and 4 of them are 63.
    @Test func falseAlarmsLowerPrecisionByTheirRate() {
        let alarms = Self.run(Self.model { $0.falseAlarms = 2.5 }).map { Self.people($0).count - Self.people }
        #expect(alarms.allSatisfy { $0 == 2 || $0 == 3 })
        #expect(abs(alarms.reduce(0, +) - 2500) <= 63)
        let ids = Self.run(Self.model { $0.falseAlarms = 2.5 }).flatMap { Self.people($0).map(\.id) }
            .filter { $0 > Self.people }
        #expect(Set(ids).count == ids.count)
    }

    /// The mean of c / (2 − c) with c = (1 − u)(1 − v) and u, v even in 0…0.1 is 0.82461, by a sum over 600 × 600 points.
    @Test func jitterLowersTheOverlapAsTheIntegralSays() throws {
        let frames = Self.run(Self.model { $0.jitter = 0.1 })
        var (sum, count) = (0.0, 0)
        for (index, frame) in frames.enumerated() {
            let sound = try #require(Self.sound(index))
            for (one, other) in zip(Self.people(frame), Self.people(sound)) {
                let (a, b) = (try #require(one.box), try #require(other.box))
                let common =
                    max(0, min(a.right, b.right) - max(a.left, b.left))
                    * max(0, min(a.top, b.top) - max(a.bottom, b.bottom))
                sum += common / (0.4 - common)
                count += 1
            }
        }
        // 5000 overlaps with a standard deviation below 0.06: 4 of the mean are 0.0034.
        #expect(count == 5000)
        #expect(abs(sum / Double(count) - 0.82461) < 0.0034)
    }

    /// With a switch all 100 frames, 1000 frames have 10 switches or, where the last pieces are cut, 10 pieces and a bit;
    /// the longest piece of a track is 100 frames, so that IDF1 is 100 / 1000.
    @Test func idsSwitchWithTheirPeriod() {
        let frames = Self.run(Self.model { $0.idSwitches = 0.01 })
        for number in 1...Self.people {
            let ids = frames.compactMap { Self.people($0).first { $0.id % ErrorModel.switchOffset == number }?.id }
            #expect(ids.count == Self.frames)
            let switches = zip(ids, ids.dropFirst()).count { $0 != $1 }
            #expect(switches == 10 || switches == 9)
            let longest = Dictionary(grouping: ids) { $0 }.values.map(\.count).max()
            #expect(longest == 100)
        }
        // Faces go on with their people.
        for frame in frames {
            let ids = Set(Self.people(frame).map(\.id))
            #expect(frame.objects.allSatisfy { $0.parent.map(ids.contains) ?? true })
        }
    }

    @Test func renamesTellOfSwitches() throws {
        let frames = Self.run(Self.model { ($0.idSwitches, $0.renames) = (0.02, 1) })
        var names = Dictionary(uniqueKeysWithValues: (1...Self.people).map { ($0, $0) })
        for frame in frames {
            for case .rename(let from, let to) in frame.changes {
                let person = try #require(names.first { $0.value == from }?.key)
                names[person] = to
            }
            #expect(Set(Self.people(frame).map(\.id)) == Set(names.values))
        }
        // Half of them: 5 · 1000 / 50 switches at most, 4 standard deviations are 20.
        let told = Self.run(Self.model { ($0.idSwitches, $0.renames) = (0.02, 0.5) }).reduce(0) {
            $0 + $1.changes.count
        }
        #expect(abs(told - 50) <= 20)
    }

    @Test func mergedObjectsAreOneUntilTheySplit() {
        let frames = Self.run(Self.model { $0.merges = 0.2 })
        var (merges, splits) = (0, 0)
        var merged: [Int: Int] = [:]
        for frame in frames {
            for case .split(let from, let to) in frame.changes {
                splits += 1
                #expect(merged.removeValue(forKey: to[1]) == from)
            }
            for case .merge(let from, let to) in frame.changes {
                merges += 1
                merged[from[1]] = to
            }
            let ids = Set(Self.people(frame).map(\.id))
            #expect(ids == Set(1...Self.people).subtracting(merged.keys))
        }
        #expect(merges > 10 && splits > 10)
    }

    @Test func delayTellsWhatWas() {
        let frames = Self.run(Self.model { $0.delay = 7 })
        #expect(frames.count == Self.frames - 7)
        for (index, frame) in frames.enumerated() {
            #expect(frame.utc == Int64(index + 7) * 40_000_000)
            #expect(frame.objects.first?.speed == Double(index))
        }
    }

    /// Of 5 people with 20 lives each, 30 are named wrongly; 4 standard deviations are 4·√(100·0.3·0.7) = 18.
    @Test func wrongIdentitiesStayWrong() {
        let frames = Self.run(Self.model { ($0.wrongIdentities, $0.idSwitches) = (0.3, 0.02) })
        var named: [Int: Set<String>] = [:]
        for frame in frames {
            for face in frame.objects where face.identity != nil {
                named[face.parent ?? 0, default: []].insert(face.identity?.value ?? "")
            }
        }
        #expect(named.values.allSatisfy { $0.count == 1 })
        let wrong = named.values.count { $0.first?.hasPrefix("wrong") == true }
        #expect(abs(wrong - 30 * named.count / 100) <= 18)
    }

    /// 1000 plates of 7 signs with rate 0.1: 700 wrong signs ± 4·√(7000·0.09) = 100; 0.9⁷ = 0.478 are right,
    /// 478 ± 4·√(1000·0.478·0.522) = 63.
    @Test func wrongSignsLowerPlatesAsTheyShould() throws {
        let model = Self.model { $0.wrongSigns = 0.1 }
        var (signs, right) = (0, 0)
        for id in 0..<1000 {
            let frame = model.frame(3, utc: 0) { _ in
                var plate = MetadataObject(id: id, box: nil)
                plate.plate = LicensePlateInfo(number: Likely("AB 12CDE"))
                return MetadataFrame(utc: 0, objects: [plate])
            }
            let text = try #require(frame?.objects.first?.plate?.number.value)
            let wrong = zip(text, "AB 12CDE").count { $0 != $1 }
            signs += wrong
            right += wrong == 0 ? 1 : 0
        }
        #expect(abs(signs - 700) <= 100)
        #expect(abs(right - 478) <= 63)
    }

    @Test func anyFrameCanBeAskedFor() {
        let model = Self.model {
            ($0.misses, $0.falseAlarms, $0.jitter, $0.idSwitches) = (0.2, 0.5, 0.1, 0.02)
            ($0.renames, $0.merges, $0.delay) = (0.5, 0.1, 3)
        }
        let all = Self.run(model)
        for index in [999, 500, 3] {
            #expect(model.frame(index, utc: Int64(index) * 40_000_000, from: Self.sound) == all[index - 3])
        }
        var other = model
        other.seed = 2
        #expect(Self.run(other) != all)
    }
}
