public import Documents

/// What goes wrong on the wire of a camera, and when.
///
/// ```swift
/// try await camera.setFaults(FaultScript([WireFault(.loss(share: 0.02, burst: 1), schedule: .init(after: 10, for: 5))]))
/// ```
public struct FaultScript: Codable, Hashable, Sendable {
    /// Most faults of a script.
    public static let limit = 64

    /// Those that act on packets act in this order.
    public var faults: [WireFault]

    public init(_ faults: [WireFault] = []) {
        self.faults = faults
    }

    /// Reads a file with the key `faults:`, as device profiles have it.
    ///
    /// - Parameter path: the YAML file.
    /// - Throws: `ProfileError`, saying where, what and how to mend it.
    public init(path: String) throws(ProfileError) {
        self = try FaultFile(path: path).script
    }
}

/// One thing that goes wrong.
///
/// Numbers beyond `WireFault.Bounds` count as the nearest within.
public struct WireFault: Codable, Hashable, Sendable {
    public var kind: Kind
    public var schedule: FaultSchedule
    /// The tracks whose packets it acts on; nil for all. Faults of pictures and connections do not ask.
    public var tracks: Set<FaultTrack>?
    /// Of the random numbers. The same seed and the same packets give the same faults; each track has numbers of its own.
    public var seed: UInt64

    public init(
        _ kind: Kind, schedule: FaultSchedule = .always, tracks: Set<FaultTrack>? = nil, seed: UInt64 = 0
    ) {
        self.kind = kind
        self.schedule = schedule
        self.tracks = tracks
        self.seed = seed
    }
}

/// A track as scripts name it.
public enum FaultTrack: String, CaseIterable, Codable, Hashable, Sendable {
    case video, audio, metadata
}

extension WireFault {
    public enum Kind: Codable, Hashable, Sendable {
        /// Packets are not sent: that share of them, so many in a row.
        case loss(share: Double, burst: Int)
        /// That share of the packets is sent twice.
        case duplication(share: Double)
        /// That share of the packets comes behind so many later ones of the same track.
        case reordering(share: Double, by: Int)
        /// In that share of the packets so many bits are turned over.
        case bitErrors(share: Double, bits: Int, place: BitErrorPlace)
        /// Packets wait for up to so long, in order.
        case jitter(milliseconds: Double)
        /// Packets wait until the fault is over, then all come at once. Above so much, whole frames are left out.
        case stall(kilobytes: Int)
        /// Timestamps tell something else than the time of the frame.
        case timestamps(WrongTime)
        /// A decoder is not told what it has to know before the first picture.
        case missingParameterSets(places: Set<ParameterSetPlace>)
        /// The picture shows something else than what happens.
        case picture(WrongPicture)
        /// A session ends so long after PLAY though it is kept alive; with BYE or in silence.
        case sessionTimeout(seconds: Double, goodbye: Bool)
        /// The connection breaks in the middle of a frame, so long after PLAY; over UDP the packets just end.
        case reset(seconds: Double)
        /// A connection takes no more than so many bytes each second.
        case slowBytes(perSecond: Int)
    }

    /// Where bits are turned over.
    public enum BitErrorPlace: String, CaseIterable, Codable, Hashable, Sendable {
        /// Behind the head of RTP.
        case payload
        /// Anywhere in the RTP packet.
        case packet
    }

    /// What timestamps do.
    public enum WrongTime: String, CaseIterable, Codable, Hashable, Sendable {
        /// All tell the time of the first.
        case standing
        /// Each frame tells any time.
        case random
        /// They fall as time goes on.
        case backwards
        /// They grow twice as fast as time.
        case double
    }

    /// Where parameter sets are told.
    public enum ParameterSetPlace: String, CaseIterable, Codable, Hashable, Sendable {
        case sdp
        /// In RTP, in front of key frames.
        case inBand = "in-band"
    }

    /// What the picture shows.
    public enum WrongPicture: String, CaseIterable, Codable, Hashable, Sendable {
        /// The latest key frame, again and again.
        case frozen
        case black
    }

    /// What scripts may say.
    enum Bounds {
        static let share = 0.0...1.0
        static let burst = 1...1000
        static let reordering = 1...1000
        static let bits = 1...64
        static let milliseconds = 1.0...10_000
        /// The least holds the packets of a key frame of a small picture.
        static let kilobytes = 16...16_384
        static let sessionSeconds = 0.0...86_400
        static let bytesPerSecond = 1...1_000_000_000
        /// Of schedules; a year.
        static let after = 0.0...31_536_000
        static let lengths = 0.001...31_536_000
    }

    /// Of a stall whose script does not say it, kilobytes.
    static let usualStallKilobytes = 2048
}

extension FaultTrack {
    init?(_ track: Track) {
        switch track {
        case .video: self = .video
        case .audio: self = .audio
        case .metadata: self = .metadata
        case .backchannel: return nil
        }
    }
}

extension Comparable {
    /// The nearest value of a range; its least for what cannot be compared, such as NaN.
    func clamped(to range: ClosedRange<Self>) -> Self {
        guard self >= range.lowerBound else { return range.lowerBound }
        return self > range.upperBound ? range.upperBound : self
    }
}
