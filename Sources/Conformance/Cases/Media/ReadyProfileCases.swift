import ONVIF

extension TestCase {
    static let mediaHasReadyProfile = TestCase(
        id: "MEDIA-1-1-1",
        title: "MEDIA PROFILE CONFIGURATION",
        covers: .media("5.2.2"),
        requires: [.media],
        mutants: .mediaProfilesMissing, .mediaProfilesWithoutVideoEncoder, .mediaProfilesWithoutVideoSource,
        .mediaProfileWithoutFixed
    ) { device, findings in
        let answer = try await device.call("GetProfiles", in: .media)
        findings.expect(
            answer.exists("trt:Profiles[tt:VideoSourceConfiguration and tt:VideoEncoderConfiguration]"),
            "a media profile with video source and video encoder",
            found: "\(answer.count("trt:Profiles")) profiles, none with both", in: answer)
        for profile in answer.nodes("trt:Profiles") {
            findings.expect(
                profile.flag("@fixed") != nil, "the attribute fixed on each media profile",
                found: "none on \(profile.attribute("token") ?? "a profile without token")", in: answer)
        }
    }
}
