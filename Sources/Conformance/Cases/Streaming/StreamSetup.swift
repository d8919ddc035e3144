import StreamClient

/// How a streaming case gets a profile to stream the wanted encoding; everything is put back after the case.
extension TestDevice {
    // MARK: - Media

    /// The first profile of the Media service whose video encoder can be set to the encoding.
    ///
    /// Source: ONVIF Real Time Streaming Device Test Specification, annex "Media Profile Configuration for Video
    /// Streaming".
    func mediaProfileForVideo(
        _ encodings: [String], _ findings: inout Findings
    ) async throws -> (token: String, encoder: MediaVideoEncoder, encoding: String) {
        let answer = try await call("GetProfiles", in: .media)
        let ready = answer.nodes("trt:Profiles[tt:VideoSourceConfiguration and tt:VideoEncoderConfiguration]")
        for encoding in encodings {
            for profile in ready {
                guard let token = profile.attribute("token"), let present = profile.node("tt:VideoEncoderConfiguration")
                else { continue }
                let options = try await call(
                    "GetVideoEncoderConfigurationOptions", in: .media, "<trt:ProfileToken>\(token)</trt:ProfileToken>")
                guard let node = options.node("trt:Options") else { continue }
                let encoder = MediaVideoEncoder(present: present, options: node)
                if encoder.encodings.contains(encoding) { return (token, encoder, encoding) }
            }
        }
        return try findings.require(
            nil, "a media profile whose video encoder can be set to \(encodings.joined(separator: " or "))",
            found: "\(ready.count) profiles with video, none of them can", in: answer)
    }

    /// Sets a profile of the Media service to the first of the encodings that it can, and asks for its stream.
    func mediaVideoStream(
        _ encodings: [String], over transport: StreamTransport, _ findings: inout Findings
    ) async throws -> String {
        let (token, encoder, encoding) = try await mediaProfileForVideo(encodings, &findings)
        try await set(encoder, to: encoding, &findings)
        return try await streamAddress(ofProfile: token, over: transport, in: .media, &findings)
    }

    // MARK: - Media2

    /// A profile of the Media2 service whose video encoder can be set to the encoding; where none is ready, one is given
    /// such an encoder for the rest of the case.
    ///
    /// Source: ONVIF Real Time Streaming using Media2 Device Test Specification, annex "Media2 Service Profile
    /// Configuration for Video Streaming".
    func media2ProfileForVideo(
        _ encoding: String, _ findings: inout Findings
    ) async throws -> (token: String, encoder: Media2VideoEncoder) {
        let answer = try await call(
            "GetProfiles", in: .media2, "<tr2:Type>VideoSource</tr2:Type><tr2:Type>VideoEncoder</tr2:Type>")
        let profiles = answer.nodes("tr2:Profiles[tr2:Configurations/tr2:VideoSource]")
        for profile in profiles {
            guard let token = profile.attribute("token"),
                let present = profile.node("tr2:Configurations/tr2:VideoEncoder"),
                let encoder = try await media2Encoder(present, encoding, inProfile: token)
            else { continue }
            return (token, encoder)
        }
        for profile in profiles {
            guard let token = profile.attribute("token") else { continue }
            let list = try await call(
                "GetVideoEncoderConfigurations", in: .media2, "<tr2:ProfileToken>\(token)</tr2:ProfileToken>")
            for present in list.nodes("tr2:Configurations") {
                guard let encoder = try await media2Encoder(present, encoding, inProfile: token) else { continue }
                let before = profile.node("tr2:Configurations/tr2:VideoEncoder")?.attribute("token")
                afterwards("video encoder of the media profile") { device in
                    if let before {
                        try await device.add([("VideoEncoder", before)], toMedia2Profile: token)
                    } else {
                        try await device.remove(["VideoEncoder"], fromMedia2Profile: token)
                    }
                }
                try await add([("VideoEncoder", encoder.token)], toMedia2Profile: token)
                return (token, encoder)
            }
        }
        return try findings.require(
            nil, "a media profile whose video encoder can be set to \(encoding)",
            found: "\(profiles.count) profiles with a video source, none of them can", in: answer)
    }

    private func media2Encoder(
        _ present: AnswerNode, _ encoding: String, inProfile token: String
    ) async throws -> Media2VideoEncoder? {
        guard let configuration = present.attribute("token") else { return nil }
        let options = try await call(
            "GetVideoEncoderConfigurationOptions", in: .media2,
            """
            <tr2:ConfigurationToken>\(configuration)</tr2:ConfigurationToken>\
            <tr2:ProfileToken>\(token)</tr2:ProfileToken>
            """)
        return options.node("tr2:Options[tt:Encoding = \(encoding)]").map {
            Media2VideoEncoder(present: present, options: $0)
        }
    }

    /// Sets a profile of the Media2 service to the encoding and asks for its stream.
    func media2VideoStream(
        _ encoding: String, over transport: StreamTransport, _ findings: inout Findings
    ) async throws -> String {
        let (token, encoder) = try await media2ProfileForVideo(encoding, &findings)
        let settings = try findings.require(
            encoder.forStreaming, "a resolution for \(encoding) in the options of the video encoder")
        afterwards("video encoder configuration") { device in
            try await device.call("SetVideoEncoderConfiguration", in: .media2, encoder.restoration)
        }
        try await call("SetVideoEncoderConfiguration", in: .media2, encoder.change(to: settings))
        return try await streamAddress(ofProfile: token, over: transport, in: .media2, &findings)
    }
}
