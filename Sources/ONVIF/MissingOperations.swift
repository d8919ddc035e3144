/// Operations of the standard that no device here performs, and why.
package struct MissingOperations: Sendable {
    /// As `Service.title` has it, or the name of a service that is missing whole.
    package let service: String
    package let reason: String
    package let names: [String]

    package static let all: [MissingOperations] = [
        MissingOperations(
            service: "Media", reason: "RTP goes to one receiver at a time, and no capability claims multicast",
            names: ["StartMulticastStreaming", "StopMulticastStreaming"]),
        MissingOperations(
            service: "Media2", reason: "RTP goes to one receiver at a time, and no capability claims multicast",
            names: ["StartMulticastStreaming", "StopMulticastStreaming"]),
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
        MissingOperations(
            service: "Recording", reason: "recordings come with the verification of retention claims", names: []),
    ]
}
