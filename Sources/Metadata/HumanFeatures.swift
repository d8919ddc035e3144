/// `fc:HumanFace`, as far as drawn faces have it.
///
/// Source: ONVIF Analytics 26.06 §5.4.14 Face descriptor, §12 Face metadata values samples.
package struct HumanFace: Hashable, Sendable {
    /// Degrees: turned to the subject's left, up, clockwise in the picture.
    package var yaw: Double?
    package var pitch: Double?
    package var roll: Double?
    /// `fc:Expression`: Natural, Smile, Other …
    package var expression: String?
    package var hasBeard: Bool?
    package var wearsGlasses: Bool?
    package var wearsHat: Bool?
    package var wearsMask: Bool?

    package init() {}
}

/// `bd:HumanBody`, as far as drawn people have it.
///
/// Source: ONVIF Analytics 26.06 §5.4.15 Human body descriptor.
package struct HumanBody: Hashable, Sendable {
    /// Metres; told in whole centimetres.
    package var height: Double?
    package var upperColor: MetadataColor?
    /// `bd:BottomsCategory`: Trousers, Shorts, Skirt, Other.
    package var lowerCategory: String?
    package var lowerColor: MetadataColor?
    package var shoesColor: MetadataColor?
    /// `bd:BagCategory`: ShoulderBag, Backpack, Suitcase …; empty for a bag of no said kind, nil for none.
    package var bag: String?

    package init() {}
}
