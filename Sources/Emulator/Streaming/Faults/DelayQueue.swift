/// Packets that wait on their way to one viewer, in order for each track.
struct DelayQueue {
    /// Bytes that wait at most where no fault says less.
    static let byteLimit = 4 << 20

    private struct Waiting {
        let packet: LoosePacket
        /// When it may go, nanoseconds of the stream clock.
        let time: Int64
        /// Counts arrivals of all tracks.
        let number: UInt64
    }

    private var waiting = ByTrack<[Waiting]>(all: [])
    private var arrivals: UInt64 = 0
    private var bytes = 0
    /// Frames that were left out since there was no room; of video, all up to the next key frame.
    private(set) var dropped = 0
    private(set) var skipsToKey = false

    var isEmpty: Bool { bytes == 0 }

    /// Takes a frame, or leaves it out where there is no room for all of it.
    ///
    /// - Parameters:
    ///   - frame: packets of one frame.
    ///   - limit: bytes that may wait.
    ///   - time: when a packet may go by itself; none overtakes another.
    mutating func add(_ frame: ArraySlice<LoosePacket>, limit: Int, time: (LoosePacket) -> Int64) {
        guard let first = frame.first else { return }
        let size = frame.reduce(0) { $0 + $1.bytes.count }
        let isVideo = first.track == .video
        if bytes + size > limit || isVideo && skipsToKey && !first.isKey {
            dropped += 1
            if isVideo { skipsToKey = true }
            return
        }
        if isVideo { skipsToKey = false }
        for packet in frame {
            let earliest = waiting[packet.track].last?.time ?? .min
            waiting[packet.track].append(Waiting(packet: packet, time: max(earliest, time(packet)), number: arrivals))
            arrivals &+= 1
            bytes += packet.bytes.count
        }
    }

    /// What may go now, in the order of arrival; nothing of tracks that are held. `now`: nanoseconds of the stream clock.
    mutating func due(at now: Int64, isHeld: (Track) -> Bool) -> [LoosePacket] {
        var due: [Waiting] = []
        for track in Track.sent where !waiting[track].isEmpty && !isHeld(track) {
            let count = waiting[track].firstIndex { $0.time > now } ?? waiting[track].count
            due += waiting[track].prefix(count)
            waiting[track].removeFirst(count)
        }
        bytes -= due.reduce(0) { $0 + $1.packet.bytes.count }
        return due.sorted { $0.number < $1.number }.map(\.packet)
    }

    mutating func removeAll() {
        waiting = ByTrack(all: [])
        bytes = 0
        skipsToKey = false
    }
}
