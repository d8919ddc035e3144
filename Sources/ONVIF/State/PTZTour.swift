package import Foundation

/// `tt:PresetTour`: spots that a head visits one after the other.
///
/// Source: ONVIF PTZ 26.06 §5.8.8 Preset tour parameters.
package struct PTZTour: Codable, Equatable, Sendable {
    /// `tt:PTZPresetTourDirection`.
    package enum Direction: String, Codable, CaseIterable, Sendable {
        case forward = "Forward"
        case backward = "Backward"
    }

    /// `tt:PTZPresetTourOperation`.
    package enum Operation: String, Codable, CaseIterable, Sendable {
        case start = "Start"
        case stop = "Stop"
        case pause = "Pause"
    }

    /// `tt:PTZPresetTourState`.
    package enum State: String, Codable, Sendable {
        case idle = "Idle"
        case touring = "Touring"
        case paused = "Paused"
    }

    /// `tt:PTZPresetTourSpot`, as the client gave it.
    package struct Spot: Codable, Equatable, Sendable {
        package enum Place: Codable, Equatable, Sendable {
            case preset(String)
            case home
            case position(PTZVector)
        }

        package var place: Place
        package var speed: PTZVector?
        /// Seconds; `PTZTour.defaultStay` where nil.
        package var stay: TimeInterval?
    }

    /// The most spots of a tour.
    package static let spotLimit = 32
    /// Seconds that the head may stay at a spot. Never nothing, so that a tour takes time.
    package static let stayRange: ClosedRange<TimeInterval> = 1...3600
    /// Seconds that the head stays at a spot that does not say.
    package static let defaultStay: TimeInterval = 5
    /// How often a tour may be asked to go round.
    package static let recurringTimeRange = 1...1000
    /// Seconds that a tour may be asked to go on.
    package static let recurringDurationRange: ClosedRange<TimeInterval> = 1...86_400

    package let token: String
    package var name: String
    /// Whether the tour starts with the device.
    package var startsAutomatically = false
    /// How often it goes round; without limit where nil.
    package var recurringTime: Int?
    /// Seconds; without limit where nil.
    package var recurringDuration: TimeInterval?
    /// Forward where nil.
    package var direction: Direction?
    package var isRandom = false
    package var spots: [Spot] = []
    /// Whether what changed last was that the tour started, paused or ended; the event tells it.
    package internal(set) var stateChanged = false

    package init(token: String, name: String) {
        self.token = token
        self.name = name
    }
}

/// A tour under way or paused. Where it is follows from the time: nothing ticks.
///
/// What the tour said when it was started holds until it ends.
package struct PTZTourRun: Codable, Equatable, Sendable {
    /// One spot, resolved to where the head goes: degrees and magnification, nil for an axis that stays.
    package struct Leg: Codable, Equatable, Sendable {
        package var spot: PTZTour.Spot
        package var pan: Double?
        package var tilt: Double?
        package var zoom: Double?
        package var rates: PTZState.Rates
        /// Seconds at the spot.
        package var stay: TimeInterval
    }

    /// After so many rounds a random tour repeats its orders, so that its position can be told for any later time.
    package static let randomRounds = 16

    package let token: String
    /// In the order of a round that is not random.
    package let legs: [Leg]
    package let isRandom: Bool
    let seed: UInt64
    /// How many legs there are in all; nil without limit.
    let legLimit: Int?
    /// When the time that the tour was given is over.
    var end: Date?
    /// The legs that are over.
    var count = 0
    /// When the head leaves the present spot.
    var legEnd: Date
    var pause: Date?

    /// - Parameters:
    ///   - tour: what is toured.
    ///   - legs: its spots in their order.
    ///   - now: the start, which the random orders depend on.
    init(_ tour: PTZTour, legs: [Leg], now: Date) {
        token = tour.token
        isRandom = tour.isRandom
        self.legs = tour.direction == .backward && !isRandom ? legs.reversed() : legs
        seed = now.timeIntervalSinceReferenceDate.bitPattern
        legLimit = tour.recurringTime.map { $0 * legs.count }
        end = tour.recurringDuration.map { now + $0 }
        legEnd = now
    }

    /// The leg that the head is on.
    package var leg: Leg { legs[index(of: count)] }

    /// When the head leaves its spot or the tour ends by itself; nil while it is paused.
    package var nextChange: Date? {
        pause == nil ? min(legEnd, end ?? .distantFuture) : nil
    }

    /// Legs after which everything is repeated.
    var cycle: Int { legs.count * (isRandom ? Self.randomRounds : 1) }

    private func index(of count: Int) -> Int {
        let (round, place) = (count / legs.count, count % legs.count)
        guard isRandom else { return place }
        var generator = SplitMix64(state: seed &+ UInt64(round % Self.randomRounds))
        return legs.indices.shuffled(using: &generator)[place]
    }

    /// Whole cycles that pass until `now`, none of which the tour ends in.
    ///
    /// - Parameters:
    ///   - next: the number of the leg that would begin.
    ///   - time: when it would begin.
    ///   - now: at the earliest that time.
    ///   - period: seconds of a cycle.
    /// - Returns: 0 or more.
    func idleCycles(before next: Int, at time: Date, until now: Date, period: TimeInterval) -> Int {
        var cycles = Int(min(now, end ?? now).timeIntervalSince(time) / period)
        if let legLimit { cycles = min(cycles, (legLimit - next) / cycle) }
        return max(0, cycles)
    }

    mutating func clockMoved(by seconds: TimeInterval) {
        end = end.map { $0 + seconds }
        legEnd += seconds
        pause = pause.map { $0 + seconds }
    }
}

/// Source: Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators (OOPSLA 2014), figure 16.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
