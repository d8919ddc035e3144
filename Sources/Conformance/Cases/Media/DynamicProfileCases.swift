import ONVIF

extension TestCase {
    static let mediaProfileTakesAndLosesConfigurations = TestCase(
        id: "MEDIA-1-1-5",
        title: "DYNAMIC MEDIA PROFILE CONFIGURATION",
        covers: .media("5.2.1"), .media("5.2.3"), .media("5.2.22"),
        requires: [.media],
        mutants: .mediaProfilesWithoutVideoEncoder, .mediaCreatesFixedProfile, .mediaCreatesFilledProfile,
        .mediaProfileOfAnotherToken, .mediaForgetsAddedVideoSource, .mediaForgetsAddedVideoEncoder,
        .mediaForgetsAddedPTZ, .mediaForgetsAddedMetadata, .mediaForgetsAddedAudioSource,
        .mediaForgetsAddedAudioEncoder, .mediaKeepsRemovedVideoSource, .mediaKeepsRemovedVideoEncoder,
        .mediaKeepsRemovedPTZ, .mediaKeepsRemovedMetadata, .mediaKeepsRemovedAudioSource,
        .mediaKeepsRemovedAudioEncoder, .mediaNoCompatibleVideoEncoder, .mediaNoCompatibleAudioEncoder,
        .mediaKeepsDeletedProfile, .mediaUnknownProfileWithoutSubcode
    ) { device, findings in
        let profiles = try await device.call("GetProfiles", in: .media)
        _ = try findings.require(
            profiles.node("trt:Profiles[tt:VideoSourceConfiguration and tt:VideoEncoderConfiguration]"),
            "a media profile with video source and video encoder", clause: .media("5.2.2"), in: profiles)
        let trial = try await MediaProfileTrial.empty(on: device, among: profiles.nodes("trt:Profiles"), &findings)
        for source in try await trial.tokens(.videoSource).tokens {
            try await trial.add(.videoSource, source, &findings)
            try await trial.tryEncoder(.videoEncoder, with: (.videoSource, source), &findings)
            try await trial.tryPTZ(with: (.videoSource, source), &findings)
            try await trial.remove(.videoSource, &findings)
        }
        for metadata in try await trial.tokens(.metadata).tokens {
            try await trial.add(.metadata, metadata, &findings)
            try await trial.remove(.metadata, &findings)
        }
        if await device.has(.mediaAudio) {
            for source in try await trial.tokens(.audioSource).tokens {
                try await trial.add(.audioSource, source, &findings)
                try await trial.tryEncoder(.audioEncoder, with: (.audioSource, source), &findings)
                try await trial.remove(.audioSource, &findings)
            }
        }
        if await device.has(.mediaAudioOutput) {
            for output in try await trial.tokens(.audioOutput).tokens {
                try await trial.add(.audioOutput, output, &findings)
                try await trial.tryEncoder(.audioDecoder, with: (.audioOutput, output), &findings)
                try await trial.remove(.audioOutput, &findings)
            }
        }
        try await trial.deleteForGood(&findings)
    }
}

extension MediaProfileTrial {
    /// The first compatible encoder, or decoder, goes in and out while its source stays.
    fileprivate func tryEncoder(
        _ kind: Kind, with source: (kind: Kind, token: String), _ findings: inout Findings
    ) async throws {
        let (tokens, answer) = try await tokens(kind, compatible: true)
        let encoder = try findings.require(
            tokens.first, "a \(kind.name)Configuration that is compatible with the profile",
            found: "none beside the \(source.kind.name)Configuration \(source.token)",
            clause: .media(kind.name == "VideoEncoder" ? "5.5.3" : "5.8.3"), in: answer)
        try await add(kind, encoder, beside: [source], &findings)
        try await remove(kind, leaving: [source], &findings)
    }

    /// The first PTZ configuration that the profile takes goes in and out; without one there is nothing to try.
    fileprivate func tryPTZ(with source: (kind: Kind, token: String), _ findings: inout Findings) async throws {
        guard await device.has(.ptz) else { return }
        if await device.has(.ptzCompatibleConfigurations) {
            let answer = try await device.call(
                "GetCompatibleConfigurations", in: .ptz, "<tptz:ProfileToken>\(token)</tptz:ProfileToken>")
            guard let ptz = answer.node("tptz:PTZConfiguration")?.attribute("token") else { return }
            try await add(.ptz, ptz, beside: [source], &findings)
            try await remove(.ptz, leaving: [source], &findings)
            return
        }
        let answer = try await device.call("GetConfigurations", in: .ptz)
        for ptz in answer.nodes("tptz:PTZConfiguration").compactMap({ $0.attribute("token") }) {
            guard try await offer(.ptz, ptz, beside: [source], &findings) else { continue }
            return try await remove(.ptz, leaving: [source], &findings)
        }
    }

    /// A profile that the case made is deleted and unknown from then on.
    fileprivate func deleteForGood(_ findings: inout Findings) async throws {
        guard isNew else { return }
        try await device.call("DeleteProfile", in: .media, "<trt:ProfileToken>\(token)</trt:ProfileToken>")
        let fault = try await device.fault(
            from: "GetProfile", in: .media, "<trt:ProfileToken>\(token)</trt:ProfileToken>")
        findings.expect(fault, is: "Sender", "InvalidArgVal", "NoProfile", clause: .media("5.2.3"))
    }
}
