import ONVIF

extension TestCase {
    static let media2SetsAllVideoEncoderOptions = TestCase(
        id: "MEDIA2-2-3-4",
        title: "SET ALL SUPPORTED VIDEO ENCODER CONFIGURATIONS",
        covers: .media2("5.3.3"), .media2("5.3.4"), .media2("5.16.2"),
        requires: [.media2, .events],
        mutants: .media2ForgetsVideoEncoderSettings, .media2RefusesVideoEncoderSettings,
        .media2ForgetsVideoEncoderName, .media2ForgetsGovLength, .media2VideoEncoderReadsAsH265,
        .media2TellsNotOfVideoEncoder, .media2TellsOfOtherType
    ) { device, findings in
        try await device.requireMedia2Video()
        let encoders = try await device.media2Configurations("VideoEncoder")
        let watch = try await MediaEventWatch.onConfigurations(device)
        for present in encoders {
            let token = present.attribute("token") ?? ""
            let options = try await device.call(
                "GetVideoEncoderConfigurationOptions", in: .media2,
                "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
            let restoration = Media2VideoEncoder.restoration(of: present)
            device.afterwards("video encoder configuration") { device in
                try await device.call("SetVideoEncoderConfiguration", in: .media2, restoration)
            }
            for node in try options.requireNodes("tr2:Options") {
                let encoder = Media2VideoEncoder(present: present, options: node)
                for isLast in [false, true] {
                    let settings = try findings.require(
                        encoder.extreme(named: isLast ? "TestName2" : "TestName1", isLast: isLast),
                        "a resolution for \(encoder.encoding) in the options of the video encoder", in: options)
                    try await device.set(encoder, to: settings, watch, &findings)
                }
            }
        }
    }
}

extension TestDevice {
    /// Sets the encoder, waits for the event and compares what the device has now.
    fileprivate func set(
        _ encoder: Media2VideoEncoder, to settings: Media2VideoEncoder.Settings, _ watch: MediaEventWatch?,
        _ findings: inout Findings
    ) async throws {
        let token = encoder.token
        try await call("SetVideoEncoderConfiguration", in: .media2, encoder.change(to: settings))
        try await watch?.expect(
            [("Token", token), ("Type", "VideoEncoder")], after: "SetVideoEncoderConfiguration", self,
            clause: .media2("5.16.2"), &findings)
        let answer = try await call(
            "GetVideoEncoderConfigurations", in: .media2, "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
        let after = try answer.requireNodes("tr2:Configurations")[0]
        var expected: [(XPath, String)] = [
            ("tt:Name", settings.name), ("tt:Encoding", encoder.encoding),
            ("tt:Resolution/tt:Width", "\(settings.width)"), ("tt:Resolution/tt:Height", "\(settings.height)"),
        ]
        if let length = settings.govLength { expected.append(("@GovLength", length)) }
        for (path, value) in expected {
            findings.expect(
                after.text(path), is: value, "\(path.text) of the video encoder \(token) after it was set",
                in: answer)
        }
    }
}
