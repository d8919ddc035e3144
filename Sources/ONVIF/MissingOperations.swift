/// Operations of the standard that no device here performs, and why.
package struct MissingOperations: Sendable {
    /// As `Service.title` has it, or the name of a service that is missing whole.
    package let service: String
    package let reason: String
    package let names: [String]

    package static let all = [
        MissingOperations(
            service: "Device management", reason: "no device here has a wireless network",
            names: [
                "GetDot11Capabilities", "GetDot11Status", "ScanAvailableDot11Networks",
            ]),
        MissingOperations(
            service: "Device management", reason: "backups and firmware travel over HTTP, not by MTOM",
            names: [
                "GetSystemBackup", "RestoreSystem", "UpgradeSystemFirmware",
            ]),
        MissingOperations(
            service: "Device management", reason: "no device here gets its firmware from a maker's cloud",
            names: [
                "UpgradeFirmware"
            ]),
        MissingOperations(
            service: "Device management", reason: "the newer keystore of Advanced Security makes keys and certificates",
            names: ["CreateCertificate"]),
        MissingOperations(
            service: "Device management", reason: "the newer operations of Advanced Security configure IEEE 802.1X",
            names: [
                "CreateDot1XConfiguration", "DeleteDot1XConfiguration", "GetDot1XConfiguration",
                "GetDot1XConfigurations", "SetDot1XConfiguration",
            ]),
        MissingOperations(
            service: "Advanced Security", reason: "no device here asks an authorization server for anything",
            names: [
                "CreateAuthorizationServerConfiguration", "DeleteAuthorizationServerConfiguration",
                "GetAuthorizationServerConfigurations", "SetAuthorizationServerConfiguration",
            ]),
        MissingOperations(
            service: "Advanced Security", reason: "the media of the recorded clips are not signed",
            names: [
                "AddMediaSigningCertificateAssignment", "GetAssignedMediaSigningCertificates",
                "RemoveMediaSigningCertificateAssignment",
            ]),
        MissingOperations(
            service: "Recording", reason: "recordings on the device come with Profile G",
            names: [
                "CreateRecording", "CreateRecordingJob", "CreateTrack", "DeleteRecording",
                "DeleteRecordingJob", "DeleteTrack", "ExportRecordedData", "ExportRecordedSegments",
                "GetExportRecordedDataState", "GetRecordingConfiguration",
                "GetRecordingJobConfiguration", "GetRecordingJobState", "GetRecordingJobs",
                "GetRecordingOptions", "GetRecordings", "GetServiceCapabilities",
                "GetTrackConfiguration", "ListRecordedSegments", "OverrideSegmentDuration",
                "SetRecordingConfiguration", "SetRecordingJobConfiguration", "SetRecordingJobMode",
                "SetTrackConfiguration", "StopExportRecordedData", "StopExportRecordedSegments",
            ]),
        MissingOperations(
            service: "Search", reason: "recordings on the device come with Profile G",
            names: [
                "EndSearch", "FindEvents", "FindMetadata", "FindPTZPosition", "FindRecordings",
                "GetEventSearchResults", "GetImageSearchResults", "GetMediaAttributes",
                "GetMetadataSearchResults", "GetNLSearchResults", "GetPTZPositionSearchResults",
                "GetRecordingInformation", "GetRecordingSearchResults", "GetRecordingSummary",
                "GetSearchState", "GetServiceCapabilities", "SearchImageByImage", "SearchImageByNL",
            ]),
        MissingOperations(
            service: "Replay", reason: "recordings on the device come with Profile G",
            names: [
                "GetReplayConfiguration", "GetReplayUri", "GetServiceCapabilities",
                "SetReplayConfiguration",
            ]),
        MissingOperations(
            service: "Media2", reason: "cameras of Profiles S and T need no audio clips",
            names: [
                "AddAudioClip", "AddTTSAudioClip", "DeleteAudioClip", "GetAudioClips", "GetPlayingAudioClips",
                "PlayAudioClip", "SetAudioClip",
            ]),
        MissingOperations(
            service: "Media2", reason: "cameras of Profiles S and T need no multicast loudspeaker and no equalizer",
            names: [
                "GetMulticastAudioDecoderConfigurationOptions", "GetMulticastAudioDecoderConfigurations",
                "SetEQPresetConfiguration", "SetMulticastAudioDecoderConfiguration",
            ]),
        MissingOperations(
            service: "Media2", reason: "cameras of Profiles S and T need no WebRTC",
            names: ["GetWebRTCConfigurations", "SetWebRTCConfigurations"]),
    ]
}
