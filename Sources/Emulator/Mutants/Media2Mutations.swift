import ONVIF
import XML

extension Mutation {
    static let media2Mutations: [Mutation] = media2ProfileMutations + media2ConfigurationMutations

    private static let media2ProfileMutations: [Mutation] = [
        Mutation(
            .media2ProfilesWithoutVideoEncoder, "no Media2 profile shows a video encoder",
            .exchange(operation: "GetProfiles", service: .media2) { $0.edit { $0.remove("VideoEncoder") } }),
        Mutation(
            .media2ProfilesWithoutVideoSource, "no Media2 profile shows a video source",
            .exchange(operation: "GetProfiles", service: .media2) { $0.edit { $0.remove("VideoSource") } }),
        Mutation(
            .media2ProfilesOfAnotherSource, "the video sources of Media2 profiles name another input",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit { $0.change("SourceToken") { $0.text = "Another" } }
            }),
        Mutation(
            .media2ProfilesOfAnotherEncoding, "the video encoders of Media2 profiles name JPEG",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit { $0.change("VideoEncoder") { $0.change("Encoding") { $0.text = "JPEG" } } }
            }),
        Mutation(
            .media2ProfilesWithoutMetadata, "no Media2 profile shows its metadata configuration",
            .exchange(operation: "GetProfiles", service: .media2) { $0.edit { $0.remove("Metadata") } }),
        Mutation(
            .media2ProfilesWithoutAudio, "no Media2 profile shows its audio source",
            .exchange(operation: "GetProfiles", service: .media2) { $0.edit { $0.remove("AudioSource") } }),
        Mutation(
            .media2ListsProfileTwice, "GetProfiles of Media2 lists a profile twice",
            .exchange(operation: "GetProfiles", service: .media2) { $0.edit { $0.children += $0.children.prefix(1) } }),
        Mutation(
            .media2ListsProfileTwiceInPart,
            "GetProfiles of Media2 lists a profile twice when not all configurations are asked for",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit { if !$0.contains("VideoEncoder") { $0.children += $0.children.prefix(1) } }
            }),
        Mutation(
            .media2OmitsProfileInPart,
            "GetProfiles of Media2 leaves a profile out when not all configurations are asked for",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit { if !$0.contains("VideoEncoder") { $0.children.removeLast() } }
            }),
        Mutation(
            .media2ShowsUnwantedConfigurations, "GetProfiles of Media2 shows a video source when no Type is asked for",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit {
                    if !$0.contains("Configurations") {
                        $0.change("Profiles") { $0.children.append(.videoSourceAlone) }
                    }
                }
            }),
        Mutation(
            .media2ShowsOtherConfigurations,
            "GetProfiles of Media2 shows an audio source beside the video source asked for",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit {
                    if !$0.contains("VideoEncoder") { $0.change("Configurations") { $0.children.append(.audioSource) } }
                }
            }),
        Mutation(
            .media2ShowsDifferentVideoSource, "the video source has another name when only its Type is asked for",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit {
                    if !$0.contains("VideoEncoder") {
                        $0.change("VideoSource") { $0.change("Name") { $0.text = "Another" } }
                    }
                }
            }),
        Mutation(
            .media2HidesVideoSourceInPart, "the video source is not shown when only its Type is asked for",
            .exchange(operation: "GetProfiles", service: .media2) {
                $0.edit { if !$0.contains("VideoEncoder") { $0.remove("Configurations") } }
            }),
        Mutation(
            .media2ListsAllProfiles, "GetProfiles of Media2 lists all profiles whatever token was given",
            .exchange(operation: "GetProfiles", service: .media2) { exchange in
                exchange.edit { response in
                    guard response.children.count == 1, var other = response.children.first else { return }
                    other.setAttribute("token", "Another")
                    response.children.append(other)
                }
            }),
        Mutation(
            .media2CreatesEmptyProfile, "CreateProfile of Media2 leaves the configurations out",
            .exchange(operation: "CreateProfile", service: .media2) { $0.after.emptyNewestProfile($0.call) }),
        forgets(.media2CreatesNoProfile, "CreateProfile", .media2),
        Mutation(
            .media2RefusesAudioProfile, "CreateProfile of Media2 refuses a profile with sound only",
            .exchange(operation: "CreateProfile", service: .media2) { exchange in
                guard case .success = exchange.result, exchange.after.media.profiles.last?[.videoSource] == nil else {
                    return
                }
                exchange.after = exchange.before
                exchange.result = .failure(
                    .receiver("Action", "ConfigurationConflict", reason: "a profile needs a picture"))
            }),
        forgets(.media2KeepsDeletedProfile, "DeleteProfile", .media2),
        Mutation(
            .media2UnknownProfileWithoutSubcode,
            "the fault of GetProfiles for an unknown profile says InvalidArgVal only",
            .exchange(operation: "GetProfiles", service: .media2) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .failure(.sender("InvalidArgVal", reason: "unknown token"))
            }),
        Mutation(
            .media2ForgetsAddedConfiguration, "AddConfiguration says yes, tells of it and does nothing",
            .exchange(operation: "AddConfiguration", service: .media2) { $0.after.media = $0.before.media }),
        Mutation(
            .media2KeepsRemovedConfiguration, "RemoveConfiguration says yes, tells of it and does nothing",
            .exchange(operation: "RemoveConfiguration", service: .media2) { $0.after.media = $0.before.media }),
        refuses(.media2RefusesToEmptyProfiles, "RemoveConfiguration", .media2),
        Mutation(
            .media2NoCompatibleVideoEncoder, "GetVideoEncoderConfigurations of Media2 lists none",
            .exchange(operation: "GetVideoEncoderConfigurations", service: .media2) { $0.edit { $0.children = [] } }),
        Mutation(
            .media2NoCompatibleAudioEncoder, "GetAudioEncoderConfigurations of Media2 lists none",
            .exchange(operation: "GetAudioEncoderConfigurations", service: .media2) { $0.edit { $0.children = [] } }),
        Mutation(
            .media2TellsNotOfProfiles, "no event tells of changed profiles",
            .exchange(operation: nil, service: .media2) { $0.after.events = $0.before.events }),
        Mutation(
            .media2TellsOfOtherProfiles, "the event of a changed profile names another one",
            .exchange(operation: "PullMessages", service: .events) { $0.edit { $0.changeItem("Token", to: "Another") } }
        ),
    ]

    private static let media2ConfigurationMutations: [Mutation] = [
        Mutation(
            .media2ForgetsVideoEncoderSettings,
            "SetVideoEncoderConfiguration of Media2 says yes, tells of it and does nothing",
            .exchange(operation: "SetVideoEncoderConfiguration", service: .media2) { $0.after.media = $0.before.media }),
        refuses(.media2RefusesVideoEncoderSettings, "SetVideoEncoderConfiguration", .media2),
        Mutation(
            .media2ForgetsVideoEncoderName, "GetVideoEncoderConfigurations of Media2 shows one name for all",
            .exchange(operation: "GetVideoEncoderConfigurations", service: .media2) {
                $0.edit { $0.change("Name") { $0.text = "VideoEncoder" } }
            }),
        Mutation(
            .media2ForgetsGovLength, "GetVideoEncoderConfigurations of Media2 shows another GovLength",
            .exchange(operation: "GetVideoEncoderConfigurations", service: .media2) {
                $0.edit { $0.change("Configurations") { $0.setAttribute("GovLength", "7") } }
            }),
        Mutation(
            .media2VideoEncoderReadsAsH265, "GetVideoEncoderConfigurations of Media2 says H265 whatever was set",
            .exchange(operation: "GetVideoEncoderConfigurations", service: .media2) {
                $0.edit { $0.change("Encoding") { $0.text = "H265" } }
            }),
        Mutation(
            .media2TellsNotOfVideoEncoder, "no event tells of changed video encoders",
            .exchange(operation: "SetVideoEncoderConfiguration", service: .media2) {
                $0.after.events = $0.before.events
            }),
        Mutation(
            .media2TellsOfOtherType, "the event of a changed configuration names another type",
            .exchange(operation: "PullMessages", service: .events) { $0.edit { $0.changeItem("Type", to: "PTZ") } }),
        Mutation(
            .media2ForgetsAudioEncoderSettings,
            "SetAudioEncoderConfiguration says yes, tells of it and does nothing",
            .exchange(operation: "SetAudioEncoderConfiguration", service: .media2) {
                $0.after.media = $0.before.media
            }),
        refuses(.media2RefusesAudioEncoderSettings, "SetAudioEncoderConfiguration", .media2),
        Mutation(
            .media2AudioEncoderReadsOtherwise,
            "GetAudioEncoderConfigurations shows other settings than were made",
            .exchange(operation: "GetAudioEncoderConfigurations", service: .media2) {
                $0.edit { response in
                    guard response.children.first?.child("Name")?.text.hasPrefix("TestName") == true else { return }
                    response.change("Bitrate") { $0.text = "1" }
                    response.change("SampleRate") { $0.text = "8" }
                    response.change("Encoding") { $0.text = "PCMU" }
                    response.change("Port") { $0.text = "4" }
                }
            }),
        Mutation(
            .media2ListsAudioEncoderTwice, "GetAudioEncoderConfigurations lists a configuration twice",
            .exchange(operation: "GetAudioEncoderConfigurations", service: .media2) {
                $0.edit { $0.children += $0.children }
            }),
        Mutation(
            .media2TellsNotOfAudioEncoder, "no event tells of changed audio encoders",
            .exchange(operation: "SetAudioEncoderConfiguration", service: .media2) {
                $0.after.events = $0.before.events
            }),
        Mutation(
            .media2NoEncoderInstances, "GetVideoEncoderInstances says that no encoder can run",
            .exchange(operation: "GetVideoEncoderInstances", service: .media2) {
                $0.edit { $0.change("Total") { $0.text = "0" } }
            }),
        refuses(.media2RefusesEncoderInstances, "GetVideoEncoderInstances", .media2),
        Mutation(
            .media2VideoSourcesOfAnotherInput, "GetVideoSourceConfigurations of Media2 names another input",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) {
                $0.edit { $0.change("SourceToken") { $0.text = "Another" } }
            }),
        Mutation(
            .media2VideoSourceConfigurationsMissing, "GetVideoSourceConfigurations of Media2 lists none",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) { $0.edit { $0.children = [] } }),
        refuses(.media2RefusesSnapshotUri, "GetSnapshotUri", .media2),
        Mutation(
            .media2SnapshotUriEmpty, "GetSnapshotUri of Media2 gives no address",
            .exchange(operation: "GetSnapshotUri", service: .media2) { $0.edit { $0.change("Uri") { $0.text = "" } } }),
        Mutation(
            .media2StreamUriTooLong, "the stream URI of Media2 has more than 128 octets",
            .exchange(operation: "GetStreamUri", service: .media2) {
                $0.edit {
                    $0.change("Uri") { $0.text += "?" + String(repeating: "x", count: DeviceState.streamURILimit) }
                }
            }),
        Mutation(
            .media2StreamUriOverHTTP, "the stream URI of Media2 has the scheme http though RTSP was asked for",
            .exchange(operation: "GetStreamUri", service: .media2) {
                $0.edit { $0.change("Uri") { $0.text = "http" + $0.text.dropFirst("rtsp".count) } }
            }),
        forgets(.media2ForgetsOSD, "CreateOSD", .media2),
        Mutation(
            .media2CreatesOSDElsewhere, "GetOSDs shows another position, text and size than was set",
            .exchange(operation: "GetOSDs", service: .media2) {
                $0.edit { response in
                    response.change("Position") { $0.change("Type") { $0.text = "LowerLeft" } }
                    response.change("PlainText") { $0.text = "another" }
                    response.change("FontSize") { $0.text = "33" }
                }
            }),
        Mutation(
            .media2GivesOSDTokenTwice, "a new OSD gets the token that GetOSDs showed for another",
            .exchange(operation: "GetOSDs", service: .media2) {
                $0.edit { if !$0.contains("OSDs") { $0.children.append(.osd) } }
            }),
        forgets(.media2KeepsDeletedOSD, "DeleteOSD", .media2),
        Mutation(
            .media2OptionsWithoutPosition, "OSDOptions has no PositionOption",
            .exchange(operation: "GetOSDOptions", service: .media2) { $0.edit { $0.remove("PositionOption") } }),
        Mutation(
            .media2ForgetsMetadataSettings, "SetMetadataConfiguration of Media2 says yes, tells of it and does nothing",
            .exchange(operation: "SetMetadataConfiguration", service: .media2) { $0.after.media = $0.before.media }),
        refuses(.media2RefusesMetadataSettings, "SetMetadataConfiguration", .media2),
        Mutation(
            .media2ForgetsMetadataEvents, "GetMetadataConfigurations never shows Events",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) { $0.edit { $0.remove("Events") } }),
        Mutation(
            .media2ForgetsMetadataMulticast,
            "GetMetadataConfigurations shows another multicast port once a configuration was set",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) {
                $0.edit {
                    $0.change("Configurations") {
                        if $0.child("Name")?.text.hasPrefix("TestName") == true { $0.change("Port") { $0.text = "4" } }
                    }
                }
            }),
        Mutation(
            .media2ClaimsMetadataAnalytics, "GetMetadataConfigurations shows Analytics though nobody set it",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) {
                $0.edit {
                    $0.remove("Analytics")
                    $0.change("Configurations") { $0.insert(.tt("Analytics", "true"), before: "Multicast") }
                }
            }),
        Mutation(
            .media2ClaimsMetadataCompression, "GetMetadataConfigurations shows a CompressionType that the options lack",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) {
                $0.edit { $0.change("Configurations") { $0.setAttribute("CompressionType", "EXI") } }
            }),
        Mutation(
            .media2ClaimsMetadataPTZ, "GetMetadataConfigurations shows PTZStatus though it was set to false",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) {
                $0.edit {
                    $0.remove("PTZStatus")
                    $0.change("Configurations") { $0.insert(.ptzStatus, before: "Multicast", "Analytics", "Events") }
                }
            }),
        Mutation(
            .media2TellsNotOfMetadata, "no event tells of changed metadata configurations",
            .exchange(operation: "SetMetadataConfiguration", service: .media2) { $0.after.events = $0.before.events }),
    ]
}
