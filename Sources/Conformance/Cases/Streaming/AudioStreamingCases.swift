import ONVIF
import StreamClient

/// AAC over the transports, by profiles of the Media service.
extension TestCase {
    static let mediaStreamsAACOverUDP = TestCase(
        id: "RTSS-2-1-25",
        title: "MEDIA STREAMING – AAC (RTP-Unicast/UDP)",
        covers: .streaming("5.1.1.1"), .media("5.15.1"),
        requires: [.media, .mediaAudio, .mediaAAC, .mediaStreaming],
        mutants: .rtspStreamIsSilent, .rtspSendsNoSenderReports, .rtspSendsBrokenPackets, .rtspDescribesAnotherEncoding,
        .rtspSendsNoSound, .mediaRefusesAudioEncoderSettings, .mediaStreamUriWithoutTimeout
    ) { device, findings in
        let url = try await device.mediaAudioStream("AAC", over: .udp, &findings)
        try await StreamTrial(url: url, transport: .udp, media: [.aac], device: device).run(&findings)
    }

    static let mediaStreamsAACOverTCP = TestCase(
        id: "RTSS-2-1-27",
        title: "MEDIA STREAMING – AAC (RTP/RTSP/TCP)",
        covers: .streaming("5.1.1.3"), .media("5.15.1"),
        requires: [.media, .mediaAudio, .mediaAAC, .mediaStreaming, .mediaStreamingTCP],
        mutants: .rtspSendsNoSound, .rtspSendsNoSenderReports, .rtspHangsUp
    ) { device, findings in
        let url = try await device.mediaAudioStream("AAC", over: .tcp, &findings)
        try await StreamTrial(url: url, transport: .tcp, media: [.aac], device: device).run(&findings)
    }
}

/// AAC over the transports, by profiles of the Media2 service.
extension TestCase {
    static let media2StreamsAACOverUDP = TestCase(
        id: "MEDIA2_RTSS-2-1-7",
        title: "MEDIA2 STREAMING – AAC (RTP-Unicast/UDP)",
        covers: .streaming("5.1.1.1"), .media2("5.4.1"),
        requires: [.media2, .media2Audio, .media2AAC, .media2Streaming],
        mutants: .rtspSendsNoSound, .rtspSendsNoSenderReports, .rtspSendsBrokenPackets, .rtspWithoutAuthentication,
        .media2RefusesAudioEncoderSettings, .media2StreamUriTooLong
    ) { device, findings in
        let url = try await device.media2AudioStream(Media2AudioEncoder.aac, over: .udp, &findings).url
        try await StreamTrial(url: url, transport: .udp, media: [.aac], device: device).run(&findings)
    }

    static let media2StreamsAACOverTCP = TestCase(
        id: "MEDIA2_RTSS-2-1-9",
        title: "MEDIA2 STREAMING – AAC (RTP/RTSP/TCP)",
        covers: .streaming("5.1.1.3"), .media2("5.4.1"),
        requires: [.media2, .media2Audio, .media2AAC, .media2Streaming, .media2StreamingTCP],
        mutants: .rtspSendsNoSound, .rtspSendsNoSenderReports, .rtspHangsUp
    ) { device, findings in
        let url = try await device.media2AudioStream(Media2AudioEncoder.aac, over: .tcp, &findings).url
        try await StreamTrial(url: url, transport: .tcp, media: [.aac], device: device).run(&findings)
    }
}
