import StreamClient

/// How a streaming case gets a profile to stream sound; everything is put back after the case.
extension TestDevice {
    /// A ready profile of the Media service with video and sound of the encoding, set to what it is already.
    ///
    /// Source: ONVIF Real Time Streaming Device Test Specification, annexes "Media Profile Configuration with Required
    /// Audio Encoder and with Video Encoder" and "Device Configuration for Audio Streaming with Media Profile"; where no
    /// profile is ready, they make one, which is left to the one who runs the test.
    func mediaAudioStream(
        _ encoding: String, over transport: StreamTransport, _ findings: inout Findings
    ) async throws -> String {
        let answer = try await call("GetProfiles", in: .media)
        let ready: XPath = """
            trt:Profiles[tt:VideoSourceConfiguration and tt:VideoEncoderConfiguration and tt:AudioSourceConfiguration \
            and tt:AudioEncoderConfiguration/tt:Encoding = \(encoding)]
            """
        guard let profile = answer.node(ready), let token = profile.attribute("token"),
            let present = profile.node("tt:AudioEncoderConfiguration")
        else {
            throw CaseEnd.notTestable(
                reason: "no media profile has video and \(encoding) audio; set one up and run the case again")
        }
        let body =
            present.echoed(as: "trt:Configuration") + "<trt:ForcePersistence>false</trt:ForcePersistence>"
        try await call("SetAudioEncoderConfiguration", in: .media, body)
        return try await streamAddress(ofProfile: token, over: transport, in: .media, &findings)
    }

    /// A ready profile of the Media2 service whose audio encoder can be set to one of the encodings.
    ///
    /// Source: ONVIF Real Time Streaming using Media2 Device Test Specification, annexes "Device Configuration for Audio
    /// Streaming" and "Media2 Service – Media Profile Configuration for Audio Streaming"; as above for profiles that are
    /// not ready.
    /// - Returns: the address and the encoding that was set.
    func media2AudioStream(
        _ encodings: [String], over transport: StreamTransport, _ findings: inout Findings
    ) async throws -> (url: String, encoding: String) {
        let answer = try await media2Profiles(["AudioSource", "AudioEncoder"])
        let ready: XPath = "tr2:Profiles[tr2:Configurations/tr2:AudioSource]"
        for profile in answer.nodes(ready) {
            guard let token = profile.attribute("token"),
                let present = profile.node(Media2ProfileTrial.path("AudioEncoder")),
                let configuration = present.attribute("token")
            else { continue }
            let options = try await call(
                "GetAudioEncoderConfigurationOptions", in: .media2,
                """
                <tr2:ConfigurationToken>\(configuration)</tr2:ConfigurationToken>\
                <tr2:ProfileToken>\(token)</tr2:ProfileToken>
                """)
            let node = encodings.lazy.compactMap { options.node("tr2:Options[tt:Encoding = \($0)]") }.first
            guard let node else { continue }
            let encoder = Media2AudioEncoder(present: present, options: node)
            Media2AudioEncoder.restoreAfterwards(present, self)
            try await call("SetAudioEncoderConfiguration", in: .media2, encoder.change(to: encoder.forStreaming))
            let url = try await streamAddress(ofProfile: token, over: transport, in: .media2, &findings)
            return (url, encoder.encoding)
        }
        throw CaseEnd.notTestable(
            reason:
                "no media profile has \(encodings.joined(separator: " or ")) audio; set one up and run the case again")
    }
}
