import ONVIF

extension TestCase {
    static let mediaSetsAllVideoEncodings = TestCase(
        id: "MEDIA-2-3-12",
        title: "VIDEO ENCODER CONFIGURATIONS – ALL SUPPORTED VIDEO ENCODINGS",
        covers: .media("5.5.5"), .media("5.5.4"), .media("5.5.2"),
        requires: [.media],
        mutants: .mediaVideoEncodersMissing, .mediaVideoEncoderReadsAsJPEG, .mediaRefusesVideoEncoderSettings,
        .mediaVideoEncoderOptionsWithoutCodec
    ) { device, findings in
        let answer = try await device.call("GetVideoEncoderConfigurations", in: .media)
        let encoders = try answer.requireNodes("trt:Configurations")
        // The first, the last, and one between them.
        let chosen = [0, encoders.count - 1, encoders.count / 2].prefix(encoders.count).sorted()
        for index in Set(chosen).sorted() {
            try await device.trySettingAllEncodings(of: encoders[index], &findings)
        }
    }
}

extension TestDevice {
    fileprivate func trySettingAllEncodings(of present: AnswerNode, _ findings: inout Findings) async throws {
        let token = present.attribute("token") ?? ""
        let reference: Markup = "<trt:ConfigurationToken>\(token)</trt:ConfigurationToken>"
        let options = try await call("GetVideoEncoderConfigurationOptions", in: .media, reference)
        let node = try options.requireNodes("trt:Options")[0]
        let encoder = MediaVideoEncoder(present: present, options: node)
        findings.expect(
            !encoder.encodings.isEmpty, "options for JPEG, MPEG4 or H264 of the video encoder \(token)", found: "none",
            clause: .media("5.5.4"), in: options)
        for encoding in encoder.encodings {
            try await set(encoder, to: encoding, &findings)
            let after = try await call("GetVideoEncoderConfiguration", in: .media, reference)
            findings.expect(
                after.text("trt:Configuration/tt:Encoding"), is: encoding,
                "Encoding of the video encoder \(token) after it was set", in: after)
        }
    }
}
