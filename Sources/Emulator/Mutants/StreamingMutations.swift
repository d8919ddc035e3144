import ONVIF

extension Mutation {
    static let streamingMutations: [Mutation] = [
        Mutation(.rtspWithoutAuthentication, "RTSP lets everybody in", .habit(.rtspWithoutAuthentication)),
        Mutation(.rtspStreamIsSilent, "PLAY is answered, but no packet comes", .habit(.rtspStreamIsSilent)),
        Mutation(.rtspSendsNoSound, "pictures come, but no sound", .habit(.rtspSendsNoSound)),
        Mutation(.rtspSendsNoSenderReports, "RTP comes without RTCP", .habit(.rtspSendsNoSenderReports)),
        Mutation(.rtspSendsBrokenPackets, "the version in the RTP header is wrong", .habit(.rtspSendsBrokenPackets)),
        Mutation(.rtspSendsGarbledPictures, "the H.264 cannot be decoded", .habit(.rtspSendsGarbledPictures)),
        Mutation(.rtspSendsBrokenReports, "the version in the RTCP header is wrong", .habit(.rtspSendsBrokenReports)),
        Mutation(
            .rtspDescribesAnotherEncoding, "the SDP names an encoding that is not sent",
            .habit(.rtspDescribesAnotherEncoding)),
        Mutation(
            .rtspDescribesAnotherPayloadType, "the SDP names a payload type that is not sent",
            .habit(.rtspDescribesAnotherPayloadType)),
        Mutation(
            .rtspDescribesIPv6, "the SDP has an IPv6 origin although the stream has an IPv4 address",
            .habit(.rtspDescribesIPv6)),
        Mutation(.rtspDescribesSendOnly, "the SDP says that the client is to send", .habit(.rtspDescribesSendOnly)),
        Mutation(.rtspRefusesTeardown, "TEARDOWN is refused", .habit(.rtspRefusesTeardown)),
        Mutation(.rtspHangsUp, "the connection is closed after PLAY", .habit(.rtspHangsUp)),
        Mutation(.rtspRefusesSetParameter, "SET_PARAMETER is refused", .habit(.rtspRefusesSetParameter)),
        Mutation(.rtspRefusesOptions, "OPTIONS is refused", .habit(.rtspRefusesOptions)),
        Mutation(.rtspTellsNoTimeout, "the Session header has no timeout", .habit(.rtspTellsNoTimeout)),
        Mutation(.snapshotIsMissing, "the snapshot URI leads nowhere", .habit(.snapshotIsMissing)),
        Mutation(.snapshotIsNoJPEG, "the snapshot is no JPEG", .habit(.snapshotIsNoJPEG)),
        Mutation(.snapshotIsCutShort, "the snapshot ends in the middle", .habit(.snapshotIsCutShort)),
    ]
}
