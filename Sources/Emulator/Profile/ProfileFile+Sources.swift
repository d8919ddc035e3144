import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// Video sources of one device.
    static let sourceLimit = 16

    /// `recordings:` for a device with one sensor, else `sources:` with the recordings of each.
    static func sources(_ top: ProfileNode) throws(ProfileError) -> [Source] {
        guard top.has("sources") else {
            // A view needs no recordings.
            if !top.has("recordings"), top.has("world") || top.has("panorama") { return [Source(recordings: [])] }
            return [Source(recordings: try recordings(top), modes: try modes(top))]
        }
        let node = try top.node("sources")
        guard !top.has("recordings") else {
            throw top.wrong("sources", node, "either \"sources\", each with its recordings, or \"recordings\" for one")
        }
        guard !top.has("modes") else {
            throw top.wrong("modes", try top.node("modes"), "them below the source of \"sources\" that has them")
        }
        guard let list = node.sequence, !list.isEmpty, list.count <= sourceLimit else {
            throw top.wrong("sources", node, "a list of 1 to \(sourceLimit) sources, each with its recordings")
        }
        var sources: [Source] = []
        for element in list {
            let source = try ProfileNode(
                element, file: top.file, name: "sources", known: ["recordings", "imaging", "modes"])
            sources.append(
                Source(
                    recordings: try recordings(source), imaging: try imaging(source), modes: try modes(source)))
        }
        return sources
    }

    private static func recordings(_ node: ProfileNode) throws(ProfileError) -> [Recording] {
        let recordings = try node.strings("recordings").map { Recording(path: $0.text, line: $0.line) }
        guard !recordings.isEmpty else {
            throw node.wrong("recordings", try node.node("recordings"), "at least one MP4 file")
        }
        return recordings
    }
}
