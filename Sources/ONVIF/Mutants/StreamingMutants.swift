extension Mutant {
    /// RTSP lets everybody in.
    public static let rtspWithoutAuthentication = Mutant("rtspWithoutAuthentication")
    /// PLAY is answered, but no packet comes.
    public static let rtspStreamIsSilent = Mutant("rtspStreamIsSilent")
    /// Pictures come, but no sound.
    public static let rtspSendsNoSound = Mutant("rtspSendsNoSound")
    /// RTP comes without RTCP.
    public static let rtspSendsNoSenderReports = Mutant("rtspSendsNoSenderReports")
    /// The version in the RTP header is wrong.
    public static let rtspSendsBrokenPackets = Mutant("rtspSendsBrokenPackets")
    /// The H.264 in the packets cannot be decoded.
    public static let rtspSendsGarbledPictures = Mutant("rtspSendsGarbledPictures")
    /// The version in the RTCP header is wrong.
    public static let rtspSendsBrokenReports = Mutant("rtspSendsBrokenReports")
    /// The SDP names an encoding that is not sent.
    public static let rtspDescribesAnotherEncoding = Mutant("rtspDescribesAnotherEncoding")
    /// The SDP names a payload type that is not sent.
    public static let rtspDescribesAnotherPayloadType = Mutant("rtspDescribesAnotherPayloadType")
    /// The SDP has an IPv6 origin although the stream has an IPv4 address.
    public static let rtspDescribesIPv6 = Mutant("rtspDescribesIPv6")
    /// The SDP says that the client is to send.
    public static let rtspDescribesSendOnly = Mutant("rtspDescribesSendOnly")
    /// TEARDOWN is refused.
    public static let rtspRefusesTeardown = Mutant("rtspRefusesTeardown")
    /// The connection is closed after PLAY.
    public static let rtspHangsUp = Mutant("rtspHangsUp")
    /// SET_PARAMETER is refused.
    public static let rtspRefusesSetParameter = Mutant("rtspRefusesSetParameter")
    /// OPTIONS is refused.
    public static let rtspRefusesOptions = Mutant("rtspRefusesOptions")
    /// The Session header has no timeout.
    public static let rtspTellsNoTimeout = Mutant("rtspTellsNoTimeout")
    /// The snapshot URI leads nowhere.
    public static let snapshotIsMissing = Mutant("snapshotIsMissing")
    /// The snapshot is no JPEG.
    public static let snapshotIsNoJPEG = Mutant("snapshotIsNoJPEG")
    /// The snapshot ends in the middle.
    public static let snapshotIsCutShort = Mutant("snapshotIsCutShort")
}
