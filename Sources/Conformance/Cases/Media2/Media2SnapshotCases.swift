import AV
import ONVIF

extension TestCase {
    static let media2Snapshot = TestCase(
        id: "MEDIA2-5-1-1",
        title: "SNAPSHOT URI",
        covers: .media2("5.5.1"),
        requires: [.media2, .media2SnapshotURI],
        mutants: .snapshotIsMissing, .snapshotIsNoJPEG, .snapshotIsCutShort, .media2RefusesSnapshotUri,
        .media2SnapshotUriEmpty
    ) { device, findings in
        let token = try await device.media2ProfileWithPicture(&findings)
        let answer = try await device.call(
            "GetSnapshotUri", in: .media2, "<tr2:ProfileToken>\(token)</tr2:ProfileToken>")
        try await device.checkSnapshot(at: try answer.require("tr2:Uri"), &findings)
    }
}

extension TestDevice {
    /// Fetches the picture and has libavcodec decode it.
    func checkSnapshot(at url: String, _ findings: inout Findings) async throws {
        let picture = try await get(url)
        findings.expect(picture.status == 200, "HTTP status 200 for the snapshot", found: "\(picture.status)")
        guard picture.status == 200 else { return }
        do throws(AVError) {
            _ = try StreamDecoder.sizeOfJPEG(picture.bytes)
        } catch {
            findings.record(
                expected: "a JPEG picture that libavcodec decodes",
                found: "\(picture.bytes.count) bytes of \(picture.contentType ?? "no content type"): \(error)")
        }
    }

    /// A profile with video source and, where the device encodes video, video encoder.
    ///
    /// Source: ONVIF Media2 Configuration Device Test Specification, annexes "Configure Media profile with Video Source
    /// Configuration and Video Encoder Configuration" and "… with Video Source Configuration".
    fileprivate func media2ProfileWithPicture(_ findings: inout Findings) async throws -> String {
        let hasVideo = await hasMedia2Video()
        let answer = try await media2Profiles(["VideoSource", "VideoEncoder"])
        let ready: XPath =
            hasVideo
            ? "tr2:Profiles[tr2:Configurations/tr2:VideoSource and tr2:Configurations/tr2:VideoEncoder]"
            : "tr2:Profiles[tr2:Configurations/tr2:VideoSource]"
        if let token = answer.node(ready)?.attribute("token") { return token }
        let first = try findings.require(
            answer.node("tr2:Profiles[tr2:Configurations/tr2:VideoSource]") ?? answer.node("tr2:Profiles"),
            "a media profile", clause: .media2("5.1.2"), in: answer)
        let token = first.attribute("token") ?? ""
        var missing = hasVideo ? ["VideoSource", "VideoEncoder"] : ["VideoSource"]
        missing.removeAll { first.exists(Media2ProfileTrial.path($0)) }
        for type in missing {
            let list = try await call(
                "Get\(type)Configurations", in: .media2, "<tr2:ProfileToken>\(token)</tr2:ProfileToken>")
            let configuration = try list.requireNodes("tr2:Configurations")[0].attribute("token") ?? ""
            afterwards("configurations of the media profile \(token)") { device in
                try await device.remove([type], fromMedia2Profile: token)
            }
            try await add([(type, configuration)], toMedia2Profile: token)
        }
        return token
    }
}
