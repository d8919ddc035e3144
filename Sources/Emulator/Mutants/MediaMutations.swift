import ONVIF
import XML

extension Mutation {
    static let mediaMutations: [Mutation] = mediaProfileMutations + mediaEncoderMutations + mediaStreamMutations

    private static let mediaProfileMutations: [Mutation] = [
        Mutation(
            .mediaProfilesMissing, "GetProfiles of Media lists none",
            .exchange(operation: "GetProfiles", service: .media) { $0.edit { $0.children = [] } }),
        Mutation(
            .mediaProfilesWithoutVideoEncoder, "no media profile shows a video encoder",
            .exchange(operation: "GetProfiles", service: .media) {
                $0.edit { $0.remove("VideoEncoderConfiguration") }
            }),
        Mutation(
            .mediaProfilesWithoutVideoSource, "no media profile shows a video source",
            .exchange(operation: "GetProfiles", service: .media) {
                $0.edit { $0.remove("VideoSourceConfiguration") }
            }),
        Mutation(
            .mediaProfileWithoutFixed, "media profiles lack the attribute fixed",
            .exchange(operation: "GetProfiles", service: .media) {
                $0.edit { $0.change("Profiles") { $0.attributes.removeAll { $0.name == "fixed" } } }
            }),
        Mutation(
            .mediaCreatesFixedProfile, "CreateProfile makes a fixed profile",
            .exchange(operation: "CreateProfile", service: .media) {
                $0.edit { $0.change("Profile") { $0.setAttribute("fixed", "true") } }
            }),
        Mutation(
            .mediaCreatesFilledProfile, "CreateProfile puts a video source into the new profile",
            .exchange(operation: "CreateProfile", service: .media) {
                $0.edit { $0.change("Profile") { $0.children.append(.videoSource) } }
            }),
        Mutation(
            .mediaProfileOfAnotherToken, "GetProfile answers with another profile's token",
            .exchange(operation: "GetProfile", service: .media) {
                $0.edit { $0.change("Profile") { $0.setAttribute("token", "Another") } }
            }),
        forgets(.mediaForgetsAddedVideoSource, "AddVideoSourceConfiguration"),
        forgets(.mediaForgetsAddedVideoEncoder, "AddVideoEncoderConfiguration"),
        forgets(.mediaForgetsAddedPTZ, "AddPTZConfiguration"),
        forgets(.mediaForgetsAddedMetadata, "AddMetadataConfiguration"),
        forgets(.mediaForgetsAddedAudioSource, "AddAudioSourceConfiguration"),
        forgets(.mediaForgetsAddedAudioEncoder, "AddAudioEncoderConfiguration"),
        forgets(.mediaKeepsRemovedVideoSource, "RemoveVideoSourceConfiguration"),
        forgets(.mediaKeepsRemovedVideoEncoder, "RemoveVideoEncoderConfiguration"),
        forgets(.mediaKeepsRemovedPTZ, "RemovePTZConfiguration"),
        forgets(.mediaKeepsRemovedMetadata, "RemoveMetadataConfiguration"),
        forgets(.mediaKeepsRemovedAudioSource, "RemoveAudioSourceConfiguration"),
        forgets(.mediaKeepsRemovedAudioEncoder, "RemoveAudioEncoderConfiguration"),
        forgets(.mediaKeepsDeletedProfile, "DeleteProfile"),
        Mutation(
            .mediaNoCompatibleVideoEncoder, "GetCompatibleVideoEncoderConfigurations lists none",
            .exchange(operation: "GetCompatibleVideoEncoderConfigurations", service: .media) {
                $0.edit { $0.children = [] }
            }),
        Mutation(
            .mediaNoCompatibleAudioEncoder, "GetCompatibleAudioEncoderConfigurations lists none",
            .exchange(operation: "GetCompatibleAudioEncoderConfigurations", service: .media) {
                $0.edit { $0.children = [] }
            }),
        Mutation(
            .mediaUnknownProfileWithoutSubcode, "the fault for an unknown profile says InvalidArgVal only",
            .exchange(operation: "GetProfile", service: .media) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .failure(.sender("InvalidArgVal", reason: "unknown token"))
            }),
    ]

    private static let mediaEncoderMutations: [Mutation] = [
        Mutation(
            .mediaVideoEncodersMissing, "GetVideoEncoderConfigurations lists none",
            .exchange(operation: "GetVideoEncoderConfigurations", service: .media) { $0.edit { $0.children = [] } }),
        Mutation(
            .mediaVideoEncoderReadsAsJPEG, "GetVideoEncoderConfiguration says JPEG whatever was set",
            .exchange(operation: "GetVideoEncoderConfiguration", service: .media) {
                $0.edit { $0.change("Encoding") { $0.text = "JPEG" } }
            }),
        refuses(.mediaRefusesAudioEncoderSettings, "SetAudioEncoderConfiguration", .media),
        Mutation(
            .mediaSnapshotUriEmpty, "GetSnapshotUri gives no address",
            .exchange(operation: "GetSnapshotUri", service: .media) { $0.edit { $0.change("Uri") { $0.text = "" } } }),
        refuses(.mediaRefusesVideoEncoderSettings, "SetVideoEncoderConfiguration", .media),
        Mutation(
            .mediaVideoEncoderOptionsWithoutCodec, "the options of a video encoder have no codec",
            .exchange(operation: "GetVideoEncoderConfigurationOptions", service: .media) {
                $0.edit { response in
                    for codec in ["JPEG", "MPEG4", "H264"] { response.remove(codec) }
                }
            }),
    ]

    private static let mediaStreamMutations: [Mutation] = [
        Mutation(
            .mediaStreamUriTooLong, "the stream URI has more than 128 octets",
            .exchange(operation: "GetStreamUri", service: .media) {
                $0.edit {
                    $0.change("Uri") { $0.text += "?" + String(repeating: "x", count: DeviceState.streamURILimit) }
                }
            }),
        Mutation(
            .mediaStreamUriOverHTTP, "the stream URI has the scheme http though RTSP was asked for",
            .exchange(operation: "GetStreamUri", service: .media) {
                $0.edit { $0.change("Uri") { $0.text = "http" + $0.text.dropFirst("rtsp".count) } }
            }),
        Mutation(
            .mediaStreamUriWithoutTimeout, "MediaUri lacks Timeout",
            .exchange(operation: "GetStreamUri", service: .media) { $0.edit { $0.remove("Timeout") } }),
        Mutation(
            .mediaStreamUriOfIPv6, "the stream URI has an IPv6 address though the device was asked over IPv4",
            .exchange(operation: "GetStreamUri", service: .media) { exchange in
                let port = exchange.after.network.rtspPort
                exchange.edit { $0.change("Uri") { $0.text = "rtsp://[::1]:\(port)/MainStream" } }
            }),
    ]

    /// An operation of Media that says yes and does nothing.
    private static func forgets(_ mutant: Mutant, _ operation: String) -> Mutation {
        forgets(mutant, operation, .media)
    }

    /// An operation that says yes and does nothing.
    static func forgets(_ mutant: Mutant, _ operation: String, _ service: Service) -> Mutation {
        Mutation(
            mutant, "\(operation) says yes and does nothing",
            .exchange(operation: operation, service: service) { exchange in
                guard case .success = exchange.result else { return }
                exchange.after = exchange.before
            })
    }

    /// An operation that refuses what the options offer.
    static func refuses(_ mutant: Mutant, _ operation: String, _ service: Service) -> Mutation {
        Mutation(
            mutant, "\(operation) refuses what the options offer",
            .exchange(operation: operation, service: service) { exchange in
                exchange.after = exchange.before
                exchange.result = .failure(
                    .sender("InvalidArgVal", "ConfigModify", reason: "the settings are not supported"))
            })
    }
}
