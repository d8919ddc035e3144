import ONVIF

extension TestCase {
    static let media2SetsAACEncoder = TestCase(
        id: "MEDIA2-3-2-2",
        title: "AAC AUDIO ENCODER CONFIGURATION",
        covers: .media2("5.3.3"), .media2("5.2.5"), .media2("5.16.2"),
        requires: [.media2, .media2Audio, .media2AAC, .events],
        mutants: .media2ForgetsAudioEncoderSettings, .media2RefusesAudioEncoderSettings,
        .media2AudioEncoderReadsOtherwise, .media2ListsAudioEncoderTwice, .media2TellsNotOfAudioEncoder,
        .media2TellsOfOtherType
    ) { device, findings in
        let encoders = try await device.media2Configurations("AudioEncoder")
        let watch = try await MediaEventWatch.onConfigurations(device)
        for present in encoders {
            let token = present.attribute("token") ?? ""
            let answer = try await device.call(
                "GetAudioEncoderConfigurationOptions", in: .media2,
                "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
            let options = answer.nodes("tr2:Options").first {
                Media2AudioEncoder.aac.contains($0.text("tt:Encoding") ?? "")
            }
            guard let options else { continue }
            Media2AudioEncoder.restoreAfterwards(present, device)
            let encoder = Media2AudioEncoder(present: present, options: options)
            // First under a new name, then under its own.
            let name = encoder.name == "TestName1" ? "TestName2" : "TestName1"
            let least = encoder.extreme(named: name, isLast: false)
            try await device.set(encoder, to: least, watch, &findings)
            let most = encoder.extreme(named: encoder.name, isLast: true)
            try await device.set(encoder, to: most, watch, &findings)
        }
    }
}

extension TestDevice {
    /// Sets the encoder, waits for the event and compares what the device has now.
    fileprivate func set(
        _ encoder: Media2AudioEncoder, to settings: Media2AudioEncoder.Settings, _ watch: MediaEventWatch?,
        _ findings: inout Findings
    ) async throws {
        let token = encoder.token
        try await call("SetAudioEncoderConfiguration", in: .media2, encoder.change(to: settings))
        try await watch?.expect(
            [("Token", token), ("Type", "AudioEncoder")], after: "SetAudioEncoderConfiguration", self,
            clause: .media2("5.16.2"), &findings)
        let answer = try await call(
            "GetAudioEncoderConfigurations", in: .media2, "<tr2:ConfigurationToken>\(token)</tr2:ConfigurationToken>")
        let list = try answer.requireNodes("tr2:Configurations")
        findings.expect(list.count, is: 1, "number of audio encoders \(token)", clause: .media2("5.3.2"), in: answer)
        var expected: [(XPath, String?)] = [
            ("@token", token), ("tt:Name", settings.name), ("tt:Encoding", encoder.encoding),
            ("tt:Bitrate", settings.bitrate), ("tt:SampleRate", settings.sampleRate),
        ]
        let multicast: [XPath] = [
            "tt:Multicast/tt:Address/tt:Type", "tt:Multicast/tt:Address/tt:IPv4Address",
            "tt:Multicast/tt:Address/tt:IPv6Address", "tt:Multicast/tt:Port", "tt:Multicast/tt:TTL",
            "tt:Multicast/tt:AutoStart",
        ]
        expected += multicast.map { ($0, encoder.present.text($0)) }
        for (path, value) in expected {
            findings.expect(
                list[0].text(path), is: value, "\(path.text) of the audio encoder \(token) after it was set", in: answer
            )
        }
    }
}
