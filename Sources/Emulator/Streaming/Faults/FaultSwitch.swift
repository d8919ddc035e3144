internal import Synchronization

/// The faults of one camera: the one place where they are switched.
///
/// A camera that never had any pays for a look at a flag.
package final class FaultSwitch: Sendable {
    /// Whether any camera of the process ever had faults: one flag that is always at hand, where thousands of cameras would
    /// each fetch their own.
    private static let isInUse = Atomic<Bool>(false)

    private let hasTimeline = Atomic<Bool>(false)
    private let latest = Mutex<FaultTimeline?>(nil)

    package init() {}

    /// The script in force; nil where there never was one.
    var timeline: FaultTimeline? {
        Self.isInUse.load(ordering: .relaxed) && hasTimeline.load(ordering: .relaxed) ? latest.withLock { $0 } : nil
    }

    /// Puts a script into force, in place of the one before. On the camera's event loop, so that frames of one moment meet one
    /// script.
    ///
    /// - Parameters:
    ///   - script: an empty one ends all faults.
    ///   - now: what its schedules count from, nanoseconds of the stream clock.
    package func set(_ script: FaultScript, at now: Int64) {
        guard !script.faults.isEmpty || hasTimeline.load(ordering: .relaxed) else { return }
        latest.withLock { $0 = FaultTimeline(script, since: now) }
        hasTimeline.store(true, ordering: .relaxed)
        Self.isInUse.store(true, ordering: .relaxed)
    }
}

/// A script in force.
final class FaultTimeline: Sendable {
    /// A fault with its times.
    struct Entry: Sendable {
        let fault: WireFault
        let timing: FaultTiming
    }

    let entries: [Entry]
    /// When it came into force, nanoseconds of the stream clock.
    let since: Int64

    init(_ script: FaultScript, since: Int64) {
        entries = script.faults.prefix(FaultScript.limit).map { Entry(fault: $0, timing: FaultTiming($0.schedule)) }
        self.since = since
    }

    func isActive(_ entry: Entry, at now: Int64) -> Bool { entry.timing.start(at: now - since) != nil }

    /// The faults that act.
    func active(at now: Int64) -> some Sequence<WireFault> {
        entries.lazy.filter { self.isActive($0, at: now) }.map(\.fault)
    }

    /// What is wrong with the picture; of several the first counts.
    func picture(at now: Int64) -> PictureFault {
        var soundSince = since
        for entry in entries {
            guard case .picture(let wrong) = entry.fault.kind else { continue }
            if let start = entry.timing.start(at: now - since) {
                return PictureFault(wrong: wrong, since: since + start)
            }
            if let end = entry.timing.end(at: now - since) { soundSince = max(soundSince, since + end) }
        }
        return PictureFault(wrong: nil, since: soundSince)
    }

    /// How many bytes a second connections take; nil for all.
    func bytesPerSecond(at now: Int64) -> Int? {
        var least: Int?
        for fault in active(at: now) {
            guard case .slowBytes(let rate) = fault.kind else { continue }
            least = min(least ?? .max, rate.clamped(to: WireFault.Bounds.bytesPerSecond))
        }
        return least
    }

    /// Whether a session ends that has played for so long, nanoseconds: nil where it does not, else whether it says BYE.
    func earlyEnd(playedFor played: Int64, at now: Int64) -> Bool? {
        for fault in active(at: now) {
            guard case .sessionTimeout(let seconds, let goodbye) = fault.kind else { continue }
            if played >= FaultTiming.nanoseconds(seconds, in: WireFault.Bounds.sessionSeconds) { return goodbye }
        }
        return nil
    }

    /// Whether the connection of a session breaks that has played for so long, nanoseconds.
    func resets(playedFor played: Int64, at now: Int64) -> Bool {
        active(at: now).contains { fault in
            guard case .reset(let seconds) = fault.kind else { return false }
            return played >= FaultTiming.nanoseconds(seconds, in: WireFault.Bounds.sessionSeconds)
        }
    }
}

/// What the picture shows from some instant on, nanoseconds of the stream clock.
struct PictureFault: Hashable, Sendable {
    /// Nil for what happens.
    var wrong: WireFault.WrongPicture?
    var since: Int64

    /// The instant whose picture is shown at `instant`.
    func shown(at instant: Int64) -> Int64 { wrong == .frozen ? min(since, instant) : instant }
}
