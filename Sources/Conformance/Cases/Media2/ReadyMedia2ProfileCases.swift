import ONVIF

extension TestCase {
    static let media2HasReadyProfile = TestCase(
        id: "MEDIA2-1-1-1",
        title: "READY TO USE MEDIA PROFILE FOR VIDEO STREAMING",
        covers: .media2("5.1.2"), .media2("4.1"),
        requires: [.media2, .deviceIO],
        mutants: .media2ProfilesWithoutVideoEncoder, .media2ProfilesOfAnotherSource, .media2ProfilesOfAnotherEncoding
    ) { device, findings in
        let sources = try await device.videoSources()
        let profiles = try await device.media2Profiles(["All"])
        for source in sources {
            let inputs = profiles.nodes(
                "tr2:Profiles/tr2:Configurations[tr2:VideoSource/tt:SourceToken = \(source)]/tr2:VideoEncoder")
            let encodings = inputs.map { $0.text("tt:Encoding") ?? "no encoding" }
            findings.expect(
                encodings.contains { ["H264", "H265"].contains($0) },
                "a media profile with the video source \(source) and a video encoder of H264 or H265",
                found: encodings.isEmpty ? "none with that source and an encoder" : encodings.joined(separator: ", "),
                in: profiles)
        }
    }
}

extension TestDevice {
    /// Tokens of the video sources, from the Device IO service.
    ///
    /// - Throws: ``CaseEnd/notTestable(reason:)`` without any: a case would pass for want of trying.
    func videoSources() async throws -> [String] {
        let tokens = try await call("GetVideoSources", in: .deviceIO).texts("tmd:Token")
        guard !tokens.isEmpty else { throw CaseEnd.notTestable(reason: "the device has no video source") }
        return tokens
    }

    /// Whether any video encoding of Media2 is there.
    func hasMedia2Video() async -> Bool {
        if await has(.media2H264) { return true }
        return await has(.media2H265)
    }

    /// - Throws: ``CaseEnd/notTestable(reason:)`` where the device encodes no video, which no feature alone says.
    func requireMedia2Video() async throws {
        guard await hasMedia2Video() else {
            throw CaseEnd.notTestable(reason: "the device has neither H.264 nor H.265 in the Media2 service")
        }
    }
}
