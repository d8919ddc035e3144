package import XML

/// Scene descriptions as JSON.
///
/// Source: ONVIF Analytics 26.06 §5.5 JSON over MQTT; ONVIF Core 26.06 Annex E JSON payload format.
package enum MetadataJSON {
    private static let rules = XMLToJSON(
        plain: [
            "http://www.onvif.org/ver10/schema", "http://www.onvif.org/ver20/analytics/humanface",
            "http://www.onvif.org/ver20/analytics/humanbody", "http://www.onvif.org/ver20/analytics/radiometry",
        ],
        prefixes: ["urn:glasseye:emulator": "ge"],
        // What the schemas let occur more than once.
        lists: [
            "Frame", "Object", "ColorCluster", "Type", "Point", "Rename", "Split", "Merge", "Delete", "Candidate",
            "OtherType", "ClassCandidate",
        ],
        // What the schemas have as a number or a boolean; ids of objects are integers.
        unquoted: [
            "@x", "@y", "@z", "@left", "@top", "@right", "@bottom", "@X", "@Y", "@Z", "@ObjectId", "@Parent",
            "@Likelihood", "@lon", "@lat", "@elevation", "@yaw", "@pitch", "@roll", "@Covariance", "Weight", "Speed",
            "Height", "Min", "Max", "Wear", "Beard", "Length",
        ])

    /// - Parameter frames: of one producer.
    /// - Returns: the payload of a message.
    package static func text(of frames: [MetadataFrame]) -> String {
        let document = MetadataWriter().document(of: frames)
        // What our own writer has written is well-formed.
        let stream = try? XMLParser.parse(document, limits: limits)
        return text(ofFrames: stream?.child("VideoAnalytics")?.children ?? [])
    }

    /// Of a document that our own writer has made.
    private static let limits = XMLLimits(bytes: 16 << 20, depth: 64, elements: 1_000_000)

    /// - Parameter frames: `tt:Frame` elements of one producer.
    /// - Returns: the payload of a message.
    package static func text(ofFrames frames: [XMLElement]) -> String {
        JSONValue.object([JSONMember("Frame", .array(frames.map(rules.value)))]).text
    }
}
