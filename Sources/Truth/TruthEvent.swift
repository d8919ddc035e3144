/// Something that happens in a scene at a known moment, whether a camera sees it or not.
public struct TruthEvent: Hashable, Codable, Sendable {
    public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        case lineCrossed = "line-crossed"
        case zoneEntered = "zone-entered"
        case zoneLeft = "zone-left"
        case loitering
        case leftBehind = "left-behind"
        case taken
        /// The number of people in a zone has changed.
        case count
        /// A sound with a meaning: `SoundMark`.
        case sound
    }

    /// Seconds of the scene.
    public var time: Double
    public var kind: Kind
    /// The line, zone or sound mark.
    public var name: String
    /// Global ids of those who did it.
    public var objects: [Int]
    /// `left` or `right` of a crossing, the number of a count, the word of a sound.
    public var value: String?

    public init(time: Double, kind: Kind, name: String, objects: [Int] = [], value: String? = nil) {
        self.time = time
        self.kind = kind
        self.name = name
        self.objects = objects
        self.value = value
    }
}
