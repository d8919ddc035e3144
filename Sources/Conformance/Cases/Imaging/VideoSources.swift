/// The video sources whose picture can be adjusted.
///
/// Source: ONVIF Imaging Device Test Specification, annex "Get Video Sources".
extension TestDevice {
    /// Tokens of the video sources with imaging settings, as Device IO or Media lists them.
    ///
    /// - Throws: the end of the case where there are none.
    func imagingSources(_ findings: inout Findings) async throws -> [String] {
        let tokens: [String]
        let answer: Answer
        if await link.address(of: .deviceIO) != nil {
            answer = try await call("GetVideoSources", in: .deviceIO)
            tokens = answer.texts("tmd:Token")
        } else {
            answer = try await call("GetVideoSources", in: .media)
            tokens = answer.texts("trt:VideoSources/@token")
        }
        guard tokens.count > 1 else {
            return [try findings.require(tokens.first, "at least one video source", in: answer)]
        }
        var sources: [String] = []
        for token in tokens {
            let reply = try await reply(to: "GetOptions", in: .imaging, Self.videoSource(token))
            if let fault = reply.fault {
                findings.expect(fault, is: "Receiver", "ActionNotSupported", "NoImagingForSource")
            } else {
                _ = try reply.success()
                sources.append(token)
            }
        }
        _ = try findings.require(sources.first, "a video source with imaging options")
        return sources
    }

    /// How requests of the imaging service name a video source.
    static func videoSource(_ token: String) -> Markup { "<timg:VideoSourceToken>\(token)</timg:VideoSourceToken>" }
}
