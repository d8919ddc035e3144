extension StreamChecker {
    /// Loss on the way that a network may have, as a share; more is an error.
    static let lossTolerance = 0.01
    /// A limit may be passed by so much, as a share.
    static let limitTolerance = 0.05
    /// What measuring a rate over a short time may be wrong by, as a share.
    static let rateTolerance = 0.1
    /// RTP clock against ours, as a share.
    static let paceTolerance = 0.02
    /// Pace and rates are judged over this time at least, seconds.
    static let judgingPeriod = 3.0
    /// The first report comes within 7.5 s with the interval of RFC 3550 §6.2; seconds.
    static let reportPatience = 8.0
    /// Frames later than this make live pictures stutter, seconds.
    static let latenessTolerance = 0.25
    /// Share of frames with another step than the usual one that is worth a word.
    static let stepTolerance = 0.05
    /// How long a key frame may be waited for, seconds.
    static let keyFramePatience = 5.0

    /// What is wrong with the stream so far, the worst first; at most one of each kind and aspect.
    ///
    /// `watched`: how long packets were waited for since PLAY, seconds.
    package func findings(watched: Double) -> [StreamFinding] {
        guard packets > 0 || !malformed.isEmpty else {
            return [
                StreamFinding(
                    .error, .silence, expected: "\(media.kind) packets after PLAY", clause: "RFC 2326 §10.5",
                    found: "none in \(Words.number(watched, digits: 1)) s")
            ]
        }
        let all =
            packetFindings + lossFindings + sourceFindings + timeFindings + reportFindings(watched: watched)
            + rateFindings + codingFindings(watched: watched)
        return all.enumerated().sorted { ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset) }
            .map(\.element)
    }

    private var packetFindings: [StreamFinding] {
        var findings: [StreamFinding] = []
        func add(_ count: Int64, _ kind: StreamFinding.Kind, _ expected: String, _ clause: String, _ found: String) {
            guard count > 0 else { return }
            findings.append(StreamFinding(.error, kind, expected: expected, clause: clause, found: found))
        }
        let rtp = malformed.first { $0.hasPrefix("RTP of") || $0.hasPrefix("SRTP") } ?? ""
        add(
            malformedRTP, .malformedRTP, "well-formed RTP packets", "RFC 3550 §5.1",
            "\(Words.count(malformedRTP, "malformed packet")), first \(rtp)")
        let rtcp = malformed.first { $0.hasPrefix("RTCP") || $0.hasPrefix("SRTCP") } ?? ""
        add(
            malformedRTCP, .malformedRTCP, "well-formed RTCP packets", "RFC 3550 §6.4",
            "\(Words.count(malformedRTCP, "malformed packet")), first \(rtcp)")
        let types = strangePayloadTypes.sorted().map { "\($0)" }.joined(separator: ", ")
        add(
            strangePackets, .payloadType, "payload type \(media.payloadType) of the SDP in all packets",
            "ONVIF Streaming 26.06 §5.1.2.1", "\(Words.count(strangePackets, "packet")) of type \(types)")
        add(
            formatProblems, .payloadFormat, "payloads as the format of \(media.encoding) has them",
            Self.payloadClause(media.encoding),
            "\(Words.count(formatProblems, "wrong packet")), first \(firstFormatProblem ?? "")")
        if let clause = MarkerCheck.clause(of: media) {
            add(
                Int64(markers.missing), .marker, "the marker on the last packet of each frame", clause,
                "\(Words.count(markers.missing, "frame")) without")
            add(
                Int64(markers.early), .marker, "the marker on the last packet of a frame only", clause,
                "\(Words.count(markers.early, "packet")) of a frame after its marker")
        }
        return findings
    }

    static func payloadClause(_ encoding: String) -> String {
        switch encoding.uppercased() {
        case "H264": "RFC 6184 §5"
        case "H265": "RFC 7798 §4"
        case "JPEG": "RFC 2435 §3; ONVIF Streaming 26.06 §5.1.4"
        case "MP4V-ES", "MP4A-LATM": "RFC 3016 §3, §4"
        case "MPEG4-GENERIC": "RFC 3640 §3"
        case "OPUS": "RFC 7587 §4"
        case "VND.ONVIF.METADATA": "ONVIF Streaming 26.06 §5.1.2.1.1"
        default: "RFC 3551 §4"
        }
    }

    private var lossFindings: [StreamFinding] {
        var findings: [StreamFinding] = []
        let expected = sequence.received + sequence.lost
        if sequence.lost > 0, expected > 0 {
            let share = Double(sequence.lost) / Double(expected)
            // What TCP carries is not lost on the way: the sender left it out.
            let isError = !mayReorder || share > Self.lossTolerance
            findings.append(
                StreamFinding(
                    isError ? .error : .warning, .loss, expected: "every sequence number", clause: "RFC 3550 §5.1",
                    found: "\(sequence.lost) of \(expected) packets missing (\(Words.percent(share))) in "
                        + "\(Words.count(gaps, "burst")), the longest of \(longestGap)"))
        }
        if sequence.duplicates > 0 {
            findings.append(
                StreamFinding(
                    mayReorder ? .warning : .error, .duplicates, expected: "each packet once", clause: "RFC 3550 §5.1",
                    found: "\(Words.count(sequence.duplicates, "packet")) twice"))
        }
        if sequence.reordered > 0 {
            findings.append(
                StreamFinding(
                    mayReorder ? .warning : .error, .reordering, expected: "packets in sequence",
                    clause: "RFC 3550 §5.1",
                    found: "\(Words.count(sequence.reordered, "packet")) overtaken, \(tooLate) of them too late to use")
            )
        }
        if sequence.restarts > 0 {
            findings.append(
                StreamFinding(
                    .error, .sequenceRestart, expected: "sequence numbers that go on by one", clause: "RFC 3550 §5.1",
                    found: "\(Words.count(sequence.restarts, "jump")) of \(SequenceMeter.dropout) or more, or backward")
            )
        }
        return findings
    }

    private var sourceFindings: [StreamFinding] {
        var findings: [StreamFinding] = []
        if sourceChanges > 0 {
            findings.append(
                StreamFinding(
                    .warning, .sourceChange, expected: "one SSRC through the session", clause: "RFC 3550 §8.2",
                    found: "\(Words.count(sourceChanges, "change")) among \(figures.sources.joined(separator: ", "))"))
        }
        if let promisedSource, !sources.isEmpty, !sources.contains(promisedSource) {
            findings.append(
                StreamFinding(
                    .error, .sourceDiffers,
                    expected: "the SSRC \(String(promisedSource, radix: 16)) of the Transport header",
                    clause: "RFC 2326 §12.39", found: figures.sources.joined(separator: ", ")))
        }
        if let reason = reports.goodbye {
            findings.append(
                StreamFinding(
                    .warning, .goodbye, expected: "a stream that goes on until TEARDOWN", clause: "RFC 3550 §6.6",
                    found: "BYE" + (reason.isEmpty ? "" : " (\(reason))")))
        }
        return findings
    }

    private var timeFindings: [StreamFinding] {
        var findings: [StreamFinding] = []
        func add(_ severity: StreamFinding.Severity, _ kind: StreamFinding.Kind, _ expected: String, _ found: String) {
            findings.append(
                StreamFinding(severity, kind, expected: expected, clause: "RFC 3550 §5.1", found: found))
        }
        if timeline.backward > 0, !decoding.reordersPictures {
            add(
                .error, .timestampBackward, "RTP timestamps that grow from frame to frame",
                "\(Words.count(timeline.backward, "frame")) not after the one before")
        }
        if timeline.jumps > 0 {
            add(
                .error, .timestampJump, "RTP timestamps that keep to the time that passes",
                "\(Words.count(timeline.jumps, "jump")), first \(timeline.firstJump ?? "")")
        }
        if timeline.stalls > 0 {
            add(
                .warning, .stall, "frames without pause",
                "\(Words.count(timeline.stalls, "pause")), the longest \(Words.number(timeline.longestGap)) s")
        }
        if let pace = timeline.pace, pace.seconds >= Self.judgingPeriod, abs(pace.deviation) > Self.paceTolerance,
            media.kind != "application", timeline.stalls == 0, timeline.jumps == 0
        {
            add(
                .error, .timestampPace, "an RTP clock of \(media.clockRate) Hz",
                "one that runs \(Words.percent(abs(pace.deviation))) too \(pace.deviation > 0 ? "fast" : "slow")")
        }
        if let steps = timeline.stepCounts, media.kind == "video", steps.all >= 50, !decoding.reordersPictures,
            Double(steps.irregular) > Double(steps.all) * Self.stepTolerance
        {
            add(
                .note, .timestampSteps, "steps of the frame rate, mostly \(steps.usual) ticks",
                "\(steps.irregular) of \(steps.all) steps differ by more than a tenth")
        }
        let late = timeline.lateness.percentile(0.99)
        if late > Self.latenessTolerance, media.kind != "application", timeline.stalls == 0 {
            add(
                .warning, .lateness,
                "99 of 100 frames within \(Words.milliseconds(Self.latenessTolerance)) of the best",
                Words.milliseconds(late))
        }
        return findings
    }

    private func reportFindings(watched: Double) -> [StreamFinding] {
        var findings: [StreamFinding] = []
        func add(
            _ severity: StreamFinding.Severity, _ kind: StreamFinding.Kind, _ expected: String, _ found: String,
            _ clause: String = "RFC 3550 §6.4.1"
        ) {
            findings.append(StreamFinding(severity, kind, expected: expected, clause: clause, found: found))
        }
        if reports.senderReports == 0, watched >= Self.reportPatience, malformedRTCP == 0 {
            add(
                .error, .noSenderReports, "RTCP sender reports", "none in \(Words.number(watched, digits: 1)) s",
                "ONVIF Streaming 26.06 §5.1.2.2.1")
        }
        if reports.withoutTime > 0 {
            add(
                .error, .reportWithoutTime, "the wall clock in sender reports",
                "an NTP time of 0 in \(Words.count(reports.withoutTime, "report"))", "ONVIF Streaming 26.06 §5.1.2.2.1")
        }
        if let first = reports.firstFormError {
            add(
                .warning, .reportForm, "compound packets of a report and an SDES with CNAME",
                "\(first) in \(Words.count(reports.formErrors, "packet"))", "RFC 3550 §6.1")
        }
        if let first = reports.firstInconsistency {
            add(
                .error, .reportDrift, "RTP and NTP times of sender reports that go on alike",
                "\(Words.count(reports.inconsistent, "report")) that disagree, first \(first)")
        } else if let drift = reports.drift, drift.seconds >= ReportCheck.driftPeriod,
            abs(drift.millionths) > ReportCheck.driftTolerance
        {
            add(
                .error, .reportDrift, "RTP and NTP times of sender reports that go on alike",
                "a drift of \(Words.number(drift.millionths, digits: 0)) ppm")
        }
        if let first = reports.firstOffClock {
            add(
                .error, .reportClock, "the RTP time of the same clock as the packets in sender reports",
                "\(Words.count(reports.offClock, "report")) off, first \(first)")
        }
        if reports.countsBackward > 0 {
            add(
                .error, .reportCounts, "packet counts of sender reports that grow",
                "\(Words.count(reports.countsBackward, "report")) with less than before")
        }
        return findings
    }
}
