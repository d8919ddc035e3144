extension Mutant {
    /// GetProfiles of Media lists none.
    public static let mediaProfilesMissing = Mutant("mediaProfilesMissing")
    /// No media profile shows a video encoder.
    public static let mediaProfilesWithoutVideoEncoder = Mutant("mediaProfilesWithoutVideoEncoder")
    /// No media profile shows a video source.
    public static let mediaProfilesWithoutVideoSource = Mutant("mediaProfilesWithoutVideoSource")
    /// Media profiles lack the attribute `fixed`.
    public static let mediaProfileWithoutFixed = Mutant("mediaProfileWithoutFixed")
    /// CreateProfile makes a fixed profile.
    public static let mediaCreatesFixedProfile = Mutant("mediaCreatesFixedProfile")
    /// CreateProfile of Media puts a video source into the new profile.
    public static let mediaCreatesFilledProfile = Mutant("mediaCreatesFilledProfile")
    /// GetProfile answers with another profile's token.
    public static let mediaProfileOfAnotherToken = Mutant("mediaProfileOfAnotherToken")
    /// AddVideoSourceConfiguration says yes and does nothing.
    public static let mediaForgetsAddedVideoSource = Mutant("mediaForgetsAddedVideoSource")
    /// AddVideoEncoderConfiguration says yes and does nothing.
    public static let mediaForgetsAddedVideoEncoder = Mutant("mediaForgetsAddedVideoEncoder")
    /// AddPTZConfiguration says yes and does nothing.
    public static let mediaForgetsAddedPTZ = Mutant("mediaForgetsAddedPTZ")
    /// AddMetadataConfiguration says yes and does nothing.
    public static let mediaForgetsAddedMetadata = Mutant("mediaForgetsAddedMetadata")
    /// AddAudioSourceConfiguration says yes and does nothing.
    public static let mediaForgetsAddedAudioSource = Mutant("mediaForgetsAddedAudioSource")
    /// AddAudioEncoderConfiguration says yes and does nothing.
    public static let mediaForgetsAddedAudioEncoder = Mutant("mediaForgetsAddedAudioEncoder")
    /// RemoveVideoSourceConfiguration says yes and does nothing.
    public static let mediaKeepsRemovedVideoSource = Mutant("mediaKeepsRemovedVideoSource")
    /// RemoveVideoEncoderConfiguration says yes and does nothing.
    public static let mediaKeepsRemovedVideoEncoder = Mutant("mediaKeepsRemovedVideoEncoder")
    /// RemovePTZConfiguration says yes and does nothing.
    public static let mediaKeepsRemovedPTZ = Mutant("mediaKeepsRemovedPTZ")
    /// RemoveMetadataConfiguration says yes and does nothing.
    public static let mediaKeepsRemovedMetadata = Mutant("mediaKeepsRemovedMetadata")
    /// RemoveAudioSourceConfiguration says yes and does nothing.
    public static let mediaKeepsRemovedAudioSource = Mutant("mediaKeepsRemovedAudioSource")
    /// RemoveAudioEncoderConfiguration says yes and does nothing.
    public static let mediaKeepsRemovedAudioEncoder = Mutant("mediaKeepsRemovedAudioEncoder")
    /// GetCompatibleVideoEncoderConfigurations lists none.
    public static let mediaNoCompatibleVideoEncoder = Mutant("mediaNoCompatibleVideoEncoder")
    /// GetCompatibleAudioEncoderConfigurations lists none.
    public static let mediaNoCompatibleAudioEncoder = Mutant("mediaNoCompatibleAudioEncoder")
    /// DeleteProfile of Media says yes and does nothing.
    public static let mediaKeepsDeletedProfile = Mutant("mediaKeepsDeletedProfile")
    /// The fault for an unknown profile says InvalidArgVal only.
    public static let mediaUnknownProfileWithoutSubcode = Mutant("mediaUnknownProfileWithoutSubcode")
    /// GetVideoEncoderConfigurations of Media lists none.
    public static let mediaVideoEncodersMissing = Mutant("mediaVideoEncodersMissing")
    /// GetVideoEncoderConfiguration says JPEG whatever was set.
    public static let mediaVideoEncoderReadsAsJPEG = Mutant("mediaVideoEncoderReadsAsJPEG")
    /// SetVideoEncoderConfiguration of Media refuses what the options offer.
    public static let mediaRefusesVideoEncoderSettings = Mutant("mediaRefusesVideoEncoderSettings")
    /// The options of Media for one configuration have no H.264.
    public static let mediaVideoEncoderOptionsWithoutCodec = Mutant("mediaVideoEncoderOptionsWithoutCodec")
    /// SetAudioEncoderConfiguration of Media refuses what the options offer.
    public static let mediaRefusesAudioEncoderSettings = Mutant("mediaRefusesAudioEncoderSettings")
    /// GetSnapshotUri of Media gives no address.
    public static let mediaSnapshotUriEmpty = Mutant("mediaSnapshotUriEmpty")
    /// The stream URI of Media has more than 128 octets.
    public static let mediaStreamUriTooLong = Mutant("mediaStreamUriTooLong")
    /// The stream URI of Media has the scheme http though RTSP was asked for.
    public static let mediaStreamUriOverHTTP = Mutant("mediaStreamUriOverHTTP")
    /// MediaUri lacks Timeout.
    public static let mediaStreamUriWithoutTimeout = Mutant("mediaStreamUriWithoutTimeout")
    /// The stream URI of Media has an IPv6 address though the device was asked over IPv4.
    public static let mediaStreamUriOfIPv6 = Mutant("mediaStreamUriOfIPv6")
}
