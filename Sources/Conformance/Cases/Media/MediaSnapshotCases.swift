import ONVIF

extension TestCase {
    static let mediaSnapshot = TestCase(
        id: "MEDIA-6-1-1",
        title: "SNAPSHOT URI",
        covers: .media("5.16.1"),
        requires: [.media, .mediaSnapshotURI],
        mutants: .snapshotIsMissing, .snapshotIsNoJPEG, .snapshotIsCutShort, .mediaSnapshotUriEmpty
    ) { device, findings in
        let profiles = try await device.call("GetProfiles", in: .media)
        let profile = try findings.require(
            profiles.node("trt:Profiles[tt:VideoSourceConfiguration and tt:VideoEncoderConfiguration]"),
            "a media profile with video source and video encoder", clause: .media("5.2.2"), in: profiles)
        let answer = try await device.call(
            "GetSnapshotUri", in: .media,
            "<trt:ProfileToken>\(profile.attribute("token") ?? "")</trt:ProfileToken>")
        try await device.checkSnapshot(at: try answer.require("trt:MediaUri/tt:Uri"), &findings)
    }
}
