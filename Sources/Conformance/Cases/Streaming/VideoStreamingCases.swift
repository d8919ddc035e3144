import ONVIF
import StreamClient

/// H.264 over the transports, by profiles of the Media service.
extension TestCase {
    static let mediaStreamsH264OverUDP = TestCase(
        id: "RTSS-1-1-41",
        title: "MEDIA STREAMING – H.264 (RTP-Unicast/UDP)",
        covers: .streaming("5.1.1.1"), .media("5.15.1"),
        requires: [.media, .mediaH264, .mediaStreaming],
        mutants: .rtspWithoutAuthentication, .rtspStreamIsSilent, .rtspSendsNoSenderReports, .rtspSendsBrokenPackets,
        .rtspSendsGarbledPictures, .rtspSendsBrokenReports, .rtspDescribesAnotherEncoding,
        .rtspDescribesAnotherPayloadType, .rtspDescribesIPv6, .rtspDescribesSendOnly, .rtspRefusesTeardown,
        .rtspHangsUp, .mediaStreamUriTooLong, .mediaStreamUriOverHTTP, .mediaStreamUriWithoutTimeout,
        .mediaStreamUriOfIPv6, .mediaProfilesWithoutVideoEncoder, .mediaRefusesVideoEncoderSettings
    ) { device, findings in
        let url = try await device.mediaVideoStream(["H264"], over: .udp, &findings)
        try await StreamTrial(url: url, transport: .udp, media: [.h264], device: device).run(&findings)
    }

    static let mediaStreamsH264OverTCP = TestCase(
        id: "RTSS-1-1-43",
        title: "MEDIA STREAMING – H.264 (RTP/RTSP/TCP)",
        covers: .streaming("5.1.1.3"), .media("5.15.1"),
        requires: [.media, .mediaH264, .mediaStreaming, .mediaStreamingTCP],
        mutants: .rtspStreamIsSilent, .rtspSendsNoSenderReports, .rtspSendsBrokenPackets, .rtspHangsUp
    ) { device, findings in
        let url = try await device.mediaVideoStream(["H264"], over: .tcp, &findings)
        try await StreamTrial(url: url, transport: .tcp, media: [.h264], device: device).run(&findings)
    }
}

/// H.264 over the transports, by profiles of the Media2 service.
extension TestCase {
    static let media2StreamsH264OverUDP = TestCase(
        id: "MEDIA2_RTSS-1-1-1",
        title: "MEDIA2 STREAMING – H.264 (RTP-Unicast/UDP)",
        covers: .streaming("5.1.1.1"), .media2("5.4.1"),
        requires: [.media2, .media2H264, .media2Streaming],
        mutants: .rtspWithoutAuthentication, .rtspStreamIsSilent, .rtspSendsNoSenderReports, .rtspSendsBrokenPackets,
        .rtspSendsGarbledPictures, .rtspDescribesAnotherEncoding, .rtspDescribesIPv6, .rtspRefusesTeardown,
        .media2StreamUriTooLong, .media2StreamUriOverHTTP, .media2RefusesVideoEncoderSettings,
        .media2ProfilesWithoutVideoSource
    ) { device, findings in
        let url = try await device.media2VideoStream("H264", over: .udp, &findings)
        try await StreamTrial(url: url, transport: .udp, media: [.h264], device: device).run(&findings)
    }

    static let media2StreamsH264OverTCP = TestCase(
        id: "MEDIA2_RTSS-1-1-3",
        title: "MEDIA2 STREAMING – H.264 (RTP/RTSP/TCP)",
        covers: .streaming("5.1.1.3"), .media2("5.4.1"),
        requires: [.media2, .media2H264, .media2Streaming, .media2StreamingTCP],
        mutants: .rtspStreamIsSilent, .rtspSendsNoSenderReports, .rtspSendsGarbledPictures, .rtspHangsUp
    ) { device, findings in
        let url = try await device.media2VideoStream("H264", over: .tcp, &findings)
        try await StreamTrial(url: url, transport: .tcp, media: [.h264], device: device).run(&findings)
    }
}
