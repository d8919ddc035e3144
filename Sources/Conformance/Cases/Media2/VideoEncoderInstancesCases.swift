import ONVIF

extension TestCase {
    static let media2EncoderInstances = TestCase(
        id: "MEDIA2-5-1-2",
        title: "VIDEO ENCODER INSTANCES PER VIDEO SOURCE",
        covers: .media2("5.3.5"),
        requires: [.media2, .deviceIO],
        mutants: .media2NoEncoderInstances, .media2VideoSourcesOfAnotherInput, .media2RefusesEncoderInstances
    ) { device, findings in
        try await device.requireMedia2Video()
        let configurations = try await device.media2Configurations("VideoSource")
        for source in try await device.videoSources() {
            let tokens = configurations.filter { $0.text("tt:SourceToken") == source }
                .compactMap { $0.attribute("token") }
            var isEncoded = false
            for token in tokens where !isEncoded {
                let answer = try await device.call(
                    "GetVideoEncoderInstances", in: .media2,
                    "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
                isEncoded = (answer.number("tr2:Info/tr2:Total") ?? 0) > 0
            }
            findings.expect(
                isEncoded, "a Total above 0 for one configuration of the video source \(source)",
                found: tokens.isEmpty ? "no configuration of it" : "0 for \(tokens.joined(separator: ", "))")
        }
    }
}
