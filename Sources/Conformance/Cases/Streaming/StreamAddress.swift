import StreamClient

extension TestDevice {
    /// Octets of a stream URI at most.
    private static let streamURILimit = 128

    /// Asks for the RTSP address of a profile and checks what is said of it.
    ///
    /// Source: annex "Get Stream Uri" of the ONVIF streaming test specifications; ONVIF Media 24.12 §5.15.1, ONVIF Media2
    /// 26.06 §5.4.1.
    func streamAddress(
        ofProfile token: String, over transport: StreamTransport, in service: TestedService,
        _ findings: inout Findings
    ) async throws -> String {
        let isMedia2 = service == .media2
        let clause = isMedia2 ? Clause.media2("5.4.1") : .media("5.15.1")
        let body: Markup
        if isMedia2 {
            let name = transport == .udp ? "RtspUnicast" : "RTSP"
            body = "<tr2:Protocol>\(name)</tr2:Protocol><tr2:ProfileToken>\(token)</tr2:ProfileToken>"
        } else {
            let name = transport == .udp ? "UDP" : "RTSP"
            body = """
                <trt:StreamSetup><tt:Stream>RTP-Unicast</tt:Stream><tt:Transport><tt:Protocol>\(name)</tt:Protocol>\
                </tt:Transport></trt:StreamSetup><trt:ProfileToken>\(token)</trt:ProfileToken>
                """
        }
        let answer = try await call("GetStreamUri", in: service, body)
        let uri = try answer.require(isMedia2 ? "tr2:Uri" : "trt:MediaUri/tt:Uri")
        if !isMedia2 {
            for name: XPath in ["tt:InvalidAfterConnect", "tt:InvalidAfterReboot", "tt:Timeout"] {
                findings.expect(
                    answer.node("trt:MediaUri")?.exists(name) == true, "\(name.text) in MediaUri", found: "none",
                    clause: clause, in: answer)
            }
        }
        findings.expect(
            uri.utf8.count <= Self.streamURILimit, "a stream URI of \(Self.streamURILimit) octets at most",
            found: "\(uri.utf8.count) octets", clause: clause, in: answer)
        findings.expect(
            uri.lowercased().hasPrefix("rtsp://"), "a stream URI with the scheme rtsp", found: uri, clause: clause,
            in: answer)
        if let asked = AddressFamily(url: link.target.url), let told = AddressFamily(url: uri) {
            findings.expect(
                told == asked, "a stream URI with an address of the family \(asked.rawValue), as the device was asked",
                found: uri, clause: clause, in: answer)
        }
        return uri
    }
}
