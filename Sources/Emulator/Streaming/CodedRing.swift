internal import RTP

/// Coded pictures of a live video from shortly before to shortly after they are sent: two groups.
struct CodedRing: Sendable {
    /// One coded picture with its packets.
    struct Picture: Sendable {
        let number: Int64
        /// Its place in the raster of the frame rate, counted from the epoch.
        let place: Int64
        let isKey: Bool
        let bytes: [UInt8]
        let fragments: ArraySlice<Fragment>
        /// Packets of all pictures before it.
        let firstPacket: Int64
    }

    /// In order of their numbers, which follow each other.
    private(set) var pictures: [Picture] = []
    private(set) var nextNumber: Int64 = 0
    /// Packets so far.
    private(set) var packets: Int64 = 0
    /// Since the last key frame.
    private(set) var groupBytes = 0

    /// Nil where it has left the ring or is not yet in it.
    func picture(_ number: Int64) -> Picture? {
        guard let first = pictures.first?.number, number >= first, number < nextNumber else { return nil }
        return pictures[Int(number - first)]
    }

    /// Adds the next picture; `size` is that of the picture itself, where `bytes` hold more.
    mutating func append(
        place: Int64, isKey: Bool, bytes: [UInt8], size: Int, fragments: ArraySlice<Fragment>
    ) {
        if isKey {
            // This group and the one before, for those who are still catching up.
            let last = pictures.lastIndex(where: \.isKey) ?? 0
            pictures.removeFirst(last)
            groupBytes = 0
        }
        pictures.append(
            Picture(
                number: nextNumber, place: place, isKey: isKey, bytes: bytes, fragments: fragments,
                firstPacket: packets))
        nextNumber += 1
        packets += Int64(fragments.count)
        groupBytes += size
    }

    /// Lets go of all pictures; numbers go on.
    mutating func clear() {
        pictures = []
        groupBytes = 0
    }
}
