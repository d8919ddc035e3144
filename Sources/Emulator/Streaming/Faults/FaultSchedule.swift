/// When a fault acts: seconds from the moment in which its script came into force, which is when the camera was switched on
/// unless the script was set while it ran.
public struct FaultSchedule: Codable, Hashable, Sendable {
    /// Seconds until it acts first.
    public var after: Double
    /// Seconds for which it acts; nil without end.
    public var length: Double?
    /// Seconds from one beginning to the next, where it acts again and again; no less than `length`.
    public var every: Double?

    /// From the start, without end.
    public static let always = FaultSchedule()

    public init(after: Double = 0, for length: Double? = nil, every: Double? = nil) {
        self.after = after
        self.length = length
        self.every = every
    }

    private enum CodingKeys: String, CodingKey {
        case after, length = "for", every
    }
}

/// The same in nanoseconds, for a look at every packet.
struct FaultTiming: Hashable, Sendable {
    private let after: Int64
    private let length: Int64
    private let every: Int64?

    init(_ schedule: FaultSchedule) {
        after = Self.nanoseconds(schedule.after, in: WireFault.Bounds.after)
        length = schedule.length.map { Self.nanoseconds($0, in: WireFault.Bounds.lengths) } ?? .max
        every = schedule.every.map { Self.nanoseconds($0, in: WireFault.Bounds.lengths) }
    }

    static func nanoseconds(_ seconds: Double, in range: ClosedRange<Double>) -> Int64 {
        Int64(seconds.clamped(to: range) * 1e9)
    }

    /// When the fault began that acts after `elapsed` nanoseconds; nil where none does.
    func start(at elapsed: Int64) -> Int64? {
        guard elapsed >= after else { return nil }
        guard let every else { return elapsed - after < length ? after : nil }
        let within = (elapsed - after) % every
        return within < length ? elapsed - within : nil
    }

    /// When it ended last, where it does not act after `elapsed` nanoseconds; nil where it never did.
    func end(at elapsed: Int64) -> Int64? {
        guard elapsed >= after, start(at: elapsed) == nil else { return nil }
        guard let every else { return after + length }
        return elapsed - (elapsed - after) % every + length
    }
}
