import Testing

@testable import Vision

struct ObjectTrackerTests {
    private let view = GroundView(
        VisionCamera(position: [0, 4.6, 0], pan: 0, tilt: -12, fieldOfView: 60), width: 1280, height: 720)

    /// The box of somebody of 1.75 m at a place on the ground, metres.
    private func box(_ x: Double, _ z: Double) -> VisionBox {
        let foot = view.pixel(SIMD3(x, 0, z)) ?? .zero
        let head = view.pixel(SIMD3(x, 1.75, z)) ?? .zero
        let height = foot.y - head.y
        return VisionBox(x: foot.x - 0.2 * height, y: head.y, width: 0.4 * height, height: height)
    }

    /// Signature of somebody in one colour.
    private func colors(_ bin: Int) -> ColorSignature {
        var counts = [Int32](repeating: 0, count: ColorSignature.bins * ColorSignature.bands.count)
        for band in ColorSignature.bands.indices { counts[band * ColorSignature.bins + bin] = 100 }
        return ColorSignature(counts: counts)
    }

    private func follow(
        _ frames: Range<Int>, with tracker: ObjectTracker, _ people: (Int) -> [(x: Double, z: Double, color: Int)]
    ) -> [[(id: Int, box: VisionBox)]] {
        frames.map { frame in
            let time = Double(frame) / 25
            tracker.predict(to: time, view: view)
            let free = people(frame).map { Sighting(box: box($0.x, $0.z), colors: colors($0.color)) }
            tracker.take(shares: [], free: free, time: time, view: view)
            return tracker.present(at: time).map { ($0.id, $0.box) }
        }
    }

    @Test func twoWhoCrossKeepTheirIds() {
        let tracker = ObjectTracker()
        let seen = follow(0..<150, with: tracker) { frame in
            let way = Double(frame) * 0.056
            return [(-4 + way, 14, 5), (4 - way, 14.8, 300)]
        }
        let ids = Set(seen.flatMap { $0.map(\.id) })
        #expect(ids == [1, 2])
        guard let last = seen.last, last.count == 2 else {
            Issue.record("two people are seen at the end")
            return
        }
        let first = seen[10].sorted { $0.id < $1.id }.map(\.box.x)
        let end = last.sorted { $0.id < $1.id }.map(\.box.x)
        #expect((first[0] < first[1]) == (end[0] > end[1]))
    }

    @Test func whoIsSeenForAMomentOnlyIsNotBelieved() {
        let tracker = ObjectTracker()
        let seen = follow(0..<40, with: tracker) { $0 < ObjectTracker.confirmation - 1 ? [(0, 12, 5)] : [] }
        #expect(seen.joined().isEmpty)
    }

    @Test func whoComesBackInTheSameClothesIsTheSame() {
        let tracker = ObjectTracker()
        let seen = follow(0..<250, with: tracker) { frame in
            frame < 50 ? [(0, 12, 5)] : frame < 150 ? [] : [(3, 13, 5)]
        }
        #expect(Set(seen.flatMap { $0.map(\.id) }) == [1])
        #expect(seen[120].isEmpty)
        #expect(seen[249].count == 1)
    }

    @Test func whoComesInOtherClothesIsSomebodyElse() {
        let tracker = ObjectTracker()
        let seen = follow(0..<250, with: tracker) { frame in
            frame < 50 ? [(0, 12, 5)] : frame < 150 ? [] : [(3, 13, 300)]
        }
        #expect(Set(seen.flatMap { $0.map(\.id) }) == [1, 2])
    }

    @Test func whoHasGoneForLongIsForgottenOnce() {
        let tracker = ObjectTracker()
        _ = follow(0..<50, with: tracker) { _ in [(0, 12, 5)] }
        _ = follow(50..<1700, with: tracker) { _ in [] }
        #expect(tracker.takeForgotten().map(\.id) == [1])
        #expect(tracker.takeForgotten().isEmpty)
    }
}
