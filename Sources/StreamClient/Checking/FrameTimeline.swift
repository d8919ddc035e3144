import RTP

/// What frames' times tell: rate, groups, lateness, steps.
///
/// Memory is constant.
struct FrameTimeline: Sendable, Equatable {
    /// A step of the media clock this far ahead of ours is a jump, seconds.
    static let jump = 1.0
    /// Silence this long is a stall, seconds.
    static let stall = 1.0
    /// A viewer may get a burst that begins with an old key frame; the pace is measured after it, seconds.
    static let settling = 1.0
    /// Lateness is against the best transit of this time and the one before, so that a slow clock does not add up; seconds.
    private static let baselinePeriod = 60.0
    /// Distinct steps that are told apart.
    static let stepLimit = 8

    let rate: Double
    private(set) var frames: Int64 = 0
    private(set) var keyFrames: Int64 = 0
    private(set) var backward: Int64 = 0
    private(set) var jumps: Int64 = 0
    private(set) var firstJump: String?
    private(set) var stalls: Int64 = 0
    private(set) var longestGap = 0.0
    private(set) var wraps = 0
    private(set) var firstTimestamp: UInt32?
    private(set) var lastTimestamp: UInt32?
    private(set) var firstArrival: Duration?
    private(set) var lastArrival: Duration?
    private(set) var firstKeyArrival: Duration?
    private(set) var lateness = Histogram()
    /// Media time since the first frame, ticks, over wraps.
    private var elapsed: Int64 = 0
    /// Step in ticks → how often.
    private var steps: [Int64: Int64] = [:]
    private var otherSteps: Int64 = 0
    private(set) var groups = GroupMeter()
    /// After the opening burst.
    private var settled: (arrival: Duration, elapsed: Int64, frames: Int64)?
    private var baseline = (start: 0.0, now: Double.infinity, before: Double.infinity)

    init(rate: Double) { self.rate = rate }

    static func == (left: Self, right: Self) -> Bool {
        left.frames == right.frames && left.elapsed == right.elapsed && left.lateness == right.lateness
    }

    /// Takes a frame in sequence; packets are missing in front of it where `isGap`.
    mutating func take(_ frame: MediaFrame, at arrival: Duration, isGap: Bool) {
        if let last = lastTimestamp, let lastArrival {
            step(Int64(Int32(bitPattern: frame.timestamp &- last)), after: arrival - lastArrival, isGap: isGap)
            if frame.timestamp < last, frame.timestamp &- last < 1 << 31 { wraps += 1 }
        } else {
            firstTimestamp = frame.timestamp
            firstArrival = arrival
        }
        frames += 1
        if frame.isKey {
            keyFrames += 1
            if firstKeyArrival == nil { firstKeyArrival = arrival }
        }
        groups.take(isKey: frame.isKey, time: Double(elapsed) / rate, isGap: isGap)
        lastTimestamp = frame.timestamp
        lastArrival = arrival
        noteLateness(arrival)
        if settled == nil, let firstArrival, (arrival - firstArrival).seconds >= Self.settling {
            settled = (arrival, elapsed, frames)
        }
    }

    private mutating func step(_ ticks: Int64, after waited: Duration, isGap: Bool) {
        let seconds = Double(ticks) / rate
        longestGap = max(longestGap, waited.seconds)
        if ticks <= 0 {
            backward += 1
        } else if seconds > waited.seconds + Self.jump, !isGap {
            jumps += 1
            if firstJump == nil { firstJump = "\(ticks) ticks after \(Words.milliseconds(waited.seconds))" }
        }
        if waited.seconds > max(Self.stall, seconds + Self.stall) { stalls += 1 }
        elapsed &+= ticks
        guard !isGap else { return }
        if steps[ticks] != nil || steps.count < Self.stepLimit {
            steps[ticks, default: 0] += 1
        } else {
            otherSteps += 1
        }
    }

    private mutating func noteLateness(_ arrival: Duration) {
        let now = arrival.seconds
        let transit = now - Double(elapsed) / rate
        if now - baseline.start > Self.baselinePeriod {
            baseline = (now, .infinity, baseline.now)
        }
        baseline.now = min(baseline.now, transit)
        lateness.add(transit - min(baseline.now, baseline.before))
    }

    // MARK: - Sums

    /// Frames a second by the RTP clock; nil for fewer than two.
    var frameRate: Double? {
        guard frames > 1, elapsed > 0 else { return nil }
        return Double(frames - 1) * rate / Double(elapsed)
    }

    /// From the first frame to the latest by the RTP clock.
    var mediaSeconds: Double { max(0, Double(elapsed) / rate) }

    /// Frames a second by our clock, after the opening burst; nil before there is a second of it.
    var arrivalFrameRate: Double? {
        guard let settled, let lastArrival, (lastArrival - settled.arrival).seconds >= 1 else { return nil }
        return Double(frames - settled.frames) / (lastArrival - settled.arrival).seconds
    }

    /// How much faster the RTP clock runs than ours, as a share, and over how many seconds; nil before the burst is over.
    var pace: (deviation: Double, seconds: Double)? {
        guard let settled, let lastArrival else { return nil }
        let seconds = (lastArrival - settled.arrival).seconds
        guard seconds > 0 else { return nil }
        return (Double(elapsed - settled.elapsed) / rate / seconds - 1, seconds)
    }

    /// The most usual step and the number of others that differ from it by more than a tenth.
    var stepCounts: (usual: Int64, irregular: Int64, all: Int64)? {
        // Of several steps as usual as each other the shorter one, so that the answer is always the same.
        guard let usual = steps.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) })?.key else { return nil }
        let near = steps.filter { abs($0.key - usual) <= max(usual / 10, Int64(rate / 1000)) }.reduce(0) {
            $0 + $1.value
        }
        let all = steps.reduce(otherSteps) { $0 + $1.value }
        return (usual, all - near, all)
    }
}

/// Length of the groups of pictures, from key frame to key frame; groups with a gap in them do not count.
struct GroupMeter: Sendable, Equatable {
    private(set) var count: Int64 = 0
    private(set) var frames: Int64 = 0
    private(set) var shortest: Int64 = 0
    private(set) var longest: Int64 = 0
    private(set) var longestSeconds = 0.0
    private var current: (frames: Int64, start: Double, isWhole: Bool)?

    static func == (left: Self, right: Self) -> Bool { left.count == right.count && left.frames == right.frames }

    mutating func take(isKey: Bool, time: Double, isGap: Bool) {
        if isGap { current?.isWhole = false }
        guard isKey else {
            current?.frames += 1
            return
        }
        if let current, current.isWhole {
            count += 1
            frames += current.frames
            shortest = count == 1 ? current.frames : min(shortest, current.frames)
            longest = max(longest, current.frames)
            longestSeconds = max(longestSeconds, time - current.start)
        }
        current = (1, time, true)
    }

    /// Pictures since the last key frame, with it.
    var open: Int64 { current?.frames ?? 0 }

    var mean: Double? { count > 0 ? Double(frames) / Double(count) : nil }
}
