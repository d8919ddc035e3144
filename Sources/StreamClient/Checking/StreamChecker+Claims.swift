extension StreamChecker {
    /// Frame rate, groups and bit rate, against the SDP and what the device claims.
    var rateFindings: [StreamFinding] {
        var findings: [StreamFinding] = []
        guard media.kind == "video" else { return bitRateFindings }
        let rate = timeline.frameRate ?? 0
        let isLong = timeline.mediaSeconds >= Self.judgingPeriod
        if let limit = claim?.frameRateLimit, limit > 0, isLong, rate > limit * (1 + Self.limitTolerance) {
            findings.append(
                claimed(.error, .frameRate, "at most \(Words.number(limit)) frames a second", "\(Words.number(rate))"))
        } else if let limit = claim?.frameRateLimit, isLong, sequence.lost == 0, rate < limit * (1 - Self.rateTolerance)
        {
            findings.append(
                claimed(.warning, .frameRate, "\(Words.number(limit)) frames a second", "\(Words.number(rate))"))
        }
        if let described = media.frameRate, isLong, rate > described * (1 + Self.limitTolerance) {
            findings.append(
                StreamFinding(
                    .error, .frameRate, expected: "at most the a=framerate:\(Words.number(described)) of the SDP",
                    clause: "RFC 8866 §6.13", found: "\(Words.number(rate)) frames a second"))
        }
        let groups = timeline.groups
        if let length = claim?.govLength, length > 0, claim?.encoding?.uppercased() != "JPEG" {
            let longest = max(groups.longest, sequence.lost == 0 ? groups.open - 1 : 0)
            if longest > Int64(length) {
                findings.append(
                    claimed(.error, .groupLength, "a key frame every \(length) frames", "up to \(longest)"))
            } else if groups.count > 0, groups.longest < Int64(length) {
                findings.append(
                    claimed(.warning, .groupLength, "a key frame every \(length) frames", "every \(groups.longest)"))
            }
        }
        return findings + bitRateFindings
    }

    /// A short watch may have a key frame more than its share.
    private var bitRateTolerance: Double {
        Self.rateTolerance + timeline.groups.longestSeconds / max(timeline.mediaSeconds, Self.judgingPeriod)
    }

    private var bitRateFindings: [StreamFinding] {
        var findings: [StreamFinding] = []
        guard timeline.mediaSeconds >= Self.judgingPeriod else { return [] }
        if let limit = claim?.bitrateLimit, limit > 0, bitRate > Double(limit) * 1000 * (1 + bitRateTolerance) {
            findings.append(
                claimed(
                    .error, .bitRate, "at most \(limit) kbit/s", "\(Words.number(bitRate / 1000, digits: 0)) kbit/s"))
        }
        let seconds = max(timeline.mediaSeconds, figures.seconds)
        // b=AS counts IP, UDP and RTP heads too (RFC 8866 §5.8); those of RTP are certain.
        let withHeads = bitRate + Double(headerBytes) * 8 / seconds
        if let bandwidth = media.bandwidth, bandwidth > 0,
            withHeads > Double(bandwidth) * 1000 * (1 + bitRateTolerance)
        {
            findings.append(
                StreamFinding(
                    .warning, .bitRate, expected: "at most the b=AS:\(bandwidth) kbit/s of the SDP",
                    clause: "RFC 8866 §5.8", found: "\(Words.number(withHeads / 1000, digits: 0)) kbit/s"))
        }
        return findings
    }

    /// Encoding, size, profile, decoding.
    func codingFindings(watched: Double) -> [StreamFinding] {
        var findings: [StreamFinding] = []
        if let names = claim?.encodingsOfSDP, !names.contains(media.encoding.uppercased()) {
            findings.append(claimed(.error, .encoding, "the encoding \(claim?.encoding ?? "")", media.encoding))
        }
        if let width = claim?.width, let height = claim?.height, let isWidth = decoding.width,
            let isHeight = decoding.height, (width, height) != (isWidth, isHeight)
        {
            findings.append(
                claimed(.error, .pictureSize, "pictures of \(width) × \(height)", "\(isWidth) × \(isHeight)"))
        }
        if let rate = claim?.sampleRate, media.kind == "audio", rate > 0, media.clockRate > 0,
            !["G722", "OPUS"].contains(media.encoding.uppercased()), !Self.isSampleRate(media.clockRate, rate)
        {
            findings.append(claimed(.error, .audioFormat, "sound of \(rate) kHz", "\(media.clockRate) Hz"))
        }
        findings += profileFindings
        if media.kind == "video", timeline.keyFrames == 0, timeline.frames > 0,
            watched >= Self.keyFramePatience
        {
            findings.append(
                StreamFinding(
                    .error, .noKeyFrame, expected: "a key frame that decoding can begin with",
                    clause: "ONVIF Streaming 26.06 §5.1.3",
                    found: "none in \(timeline.frames) frames and \(Words.number(watched, digits: 1)) s"))
        }
        return findings + decodingFindings
    }

    /// Claims are in whole kilohertz: 22 stands for 22,050 Hz.
    private static func isSampleRate(_ hertz: Int, _ kilohertz: Int) -> Bool {
        abs(Double(hertz) / 1000 - Double(kilohertz)) < 1
    }

    private var profileFindings: [StreamFinding] {
        var findings: [StreamFinding] = []
        if let name = claim?.profile, let found = parameters.inBand ?? parameters.described,
            !found.name.lowercased().hasSuffix(name.lowercased())
        {
            findings.append(claimed(.error, .codecProfile, "\(media.encoding) of the profile \(name)", found.name))
        }
        if let described = parameters.describedID, let id = (parameters.inBand ?? parameters.described)?.id,
            described != id
        {
            findings.append(
                StreamFinding(
                    .error, .codecProfile, expected: "the profile-level-id \(described) of the SDP",
                    clause: "RFC 6184 §8.1", found: "\(id) in the parameter set"))
        }
        let isVideo = ["H264", "H265"].contains(media.encoding.uppercased())
        if isVideo, timeline.keyFrames > 0, parameters.setsInBand == 0, parameters.described == nil {
            findings.append(
                StreamFinding(
                    .error, .parameterSets, expected: "parameter sets in the SDP or in band",
                    clause: media.encoding.uppercased() == "H264" ? "RFC 6184 §8.4" : "RFC 7798 §7.1",
                    found: "none by \(timeline.keyFrames) key frames"))
        }
        return findings
    }

    private var decodingFindings: [StreamFinding] {
        guard decoding.isDecoded else { return [] }
        let isMetadata = media.kind == "application"
        let clause = isMetadata ? "ONVIF Streaming 26.06 §5.1.2.1.1" : "ONVIF Streaming 26.06 §5.1.2.1"
        let what = isMetadata ? "well-formed tt:MetadataStream documents" : "\(media.encoding) that decodes"
        let kind = isMetadata ? StreamFinding.Kind.metadata : .decoding
        if decoding.errors > 0 {
            return [
                StreamFinding(
                    // What the network lost is no fault of the encoder.
                    sequence.lost > 0 && mayReorder ? .warning : .error, kind, expected: what, clause: clause,
                    found: "\(Words.count(decoding.errors, "error")) in \(timeline.frames) frames"
                        + (decoding.latestError.map { ", the latest: \($0)" } ?? ""))
            ]
        }
        guard decoding.decoded == 0, isMetadata ? timeline.frames > 0 : timeline.keyFrames > 1 else { return [] }
        return [
            StreamFinding(
                .error, kind, expected: what, clause: clause, found: "nothing from \(timeline.frames) frames")
        ]
    }

    private func claimed(
        _ severity: StreamFinding.Severity, _ kind: StreamFinding.Kind, _ expected: String, _ found: String
    ) -> StreamFinding {
        StreamFinding(
            severity, kind, expected: "\(expected), as \(claim?.source ?? "the device") says",
            clause: "ONVIF Media2 26.06 §5.2.\(media.kind == "audio" ? 5 : 3)", found: found)
    }
}
