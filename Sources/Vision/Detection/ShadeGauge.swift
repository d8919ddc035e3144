/// How dark shadows are in this light, learnt beside people: what is darker is no shadow.
struct ShadeGauge {
    /// Part of the light that a shadow leaves at least, wherever the sun is.
    static let darkest = 0.5
    /// The same where there are no shadows.
    static let brightest = 0.875
    /// Classes of a ratio of 0 to 1.
    private static let classes = 64
    /// Pixels that must be known.
    private static let least: Float = 300
    /// Part of them that is darker than what is taken for a shadow.
    private static let rest: Float = 0.04
    /// Of what was learnt, from one picture to the next.
    private static let fading: Float = 0.998

    /// Part of the places beside people's feet that is darker where there are shadows.
    private static let shaded = 0.05

    /// Whether people cast shadows here.
    private(set) var hasShadows = true
    /// Pixels beside feet, and those of them that were darker.
    private var seen = (all: 1.0, dark: 0.2)

    private var counts = [Float](repeating: 0, count: classes)

    /// Learns from what is grey beside those who are followed, and does not belong to them.
    ///
    /// - Returns: part of the light that a shadow leaves here.
    mutating func learn(_ tracks: [FollowedObject], mask: Plane<UInt8>, model: BackgroundModel, picture: WorkPicture)
        -> Double
    {
        let scale = Double(picture.scale)
        for index in counts.indices { counts[index] *= Self.fading }
        seen = (seen.all * Double(Self.fading), seen.dark * Double(Self.fading))
        defer { hasShadows = seen.dark > Self.shaded * seen.all }
        for track in tracks where track.isConfirmed && track.kind == .human && track.stature.isKnown {
            let box = track.box
            for side in [-1.0, 1] {
                // From the feet to the side, where nobody is.
                let place = VisionBox(
                    x: (side < 0 ? box.x - box.height * 0.45 : box.right + box.height * 0.05) / scale,
                    y: (box.bottom - 0.25 * box.height) / scale, width: 0.4 * box.height / scale,
                    height: 0.3 * box.height / scale)
                let inPicture = VisionBox(
                    x: place.x * scale, y: place.y * scale, width: place.width * scale, height: place.height * scale)
                guard !tracks.contains(where: { $0 !== track && $0.box.overlaps(inPicture) }) else { continue }
                let (columns, rows) = mask.clipped(place)
                seen.all += Double(columns.count * rows.count)
                for y in rows {
                    for x in columns where model.raw[x, y] != 0 {
                        let (now, base) = (Float(picture.luma[x, y]), Float(model.luma[x, y]) / 128)
                        guard now < base * 0.93 else { continue }
                        seen.dark += 1
                        counts[min(Int(now / base * Float(Self.classes)), Self.classes - 1)] += 1
                    }
                }
            }
        }
        let total = counts.reduce(0, +)
        // What nobody has seen yet is most likely not there.
        guard total > Self.least else { return Self.darkest + (Self.brightest - Self.darkest) * 0.5 }
        var sum: Float = 0
        let index = counts.firstIndex { count in
            sum += count
            return sum > Self.rest * total
        }
        return (Double(index ?? 0) / Double(Self.classes) - 0.04).clamped(to: Self.darkest...Self.brightest)
    }
}
