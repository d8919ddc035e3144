extension Mutant {
    /// No Media2 profile shows a video encoder.
    public static let media2ProfilesWithoutVideoEncoder = Mutant("media2ProfilesWithoutVideoEncoder")
    /// No Media2 profile shows a video source.
    public static let media2ProfilesWithoutVideoSource = Mutant("media2ProfilesWithoutVideoSource")
    /// The video sources of Media2 profiles name another input.
    public static let media2ProfilesOfAnotherSource = Mutant("media2ProfilesOfAnotherSource")
    /// The video encoders of Media2 profiles name JPEG.
    public static let media2ProfilesOfAnotherEncoding = Mutant("media2ProfilesOfAnotherEncoding")
    /// No Media2 profile shows its metadata configuration.
    public static let media2ProfilesWithoutMetadata = Mutant("media2ProfilesWithoutMetadata")
    /// No Media2 profile shows its audio source.
    public static let media2ProfilesWithoutAudio = Mutant("media2ProfilesWithoutAudio")
    /// GetProfiles of Media2 lists a profile twice.
    public static let media2ListsProfileTwice = Mutant("media2ListsProfileTwice")
    /// GetProfiles of Media2 lists a profile twice when not all configurations are asked for.
    public static let media2ListsProfileTwiceInPart = Mutant("media2ListsProfileTwiceInPart")
    /// GetProfiles of Media2 leaves a profile out when not all configurations are asked for.
    public static let media2OmitsProfileInPart = Mutant("media2OmitsProfileInPart")
    /// GetProfiles of Media2 shows a video source when no Type is asked for.
    public static let media2ShowsUnwantedConfigurations = Mutant("media2ShowsUnwantedConfigurations")
    /// GetProfiles of Media2 shows an audio source beside the video source asked for.
    public static let media2ShowsOtherConfigurations = Mutant("media2ShowsOtherConfigurations")
    /// The video source has another name when only its Type is asked for.
    public static let media2ShowsDifferentVideoSource = Mutant("media2ShowsDifferentVideoSource")
    /// The video source is not shown when only its Type is asked for.
    public static let media2HidesVideoSourceInPart = Mutant("media2HidesVideoSourceInPart")
    /// GetProfiles of Media2 lists all profiles whatever token was given.
    public static let media2ListsAllProfiles = Mutant("media2ListsAllProfiles")
    /// CreateProfile of Media2 leaves the configurations out.
    public static let media2CreatesEmptyProfile = Mutant("media2CreatesEmptyProfile")
    /// CreateProfile of Media2 says yes and does nothing.
    public static let media2CreatesNoProfile = Mutant("media2CreatesNoProfile")
    /// CreateProfile of Media2 refuses a profile with sound only.
    public static let media2RefusesAudioProfile = Mutant("media2RefusesAudioProfile")
    /// DeleteProfile of Media2 says yes and does nothing.
    public static let media2KeepsDeletedProfile = Mutant("media2KeepsDeletedProfile")
    /// The fault of GetProfiles for an unknown profile says InvalidArgVal only.
    public static let media2UnknownProfileWithoutSubcode = Mutant("media2UnknownProfileWithoutSubcode")
    /// AddConfiguration says yes, tells of it and does nothing.
    public static let media2ForgetsAddedConfiguration = Mutant("media2ForgetsAddedConfiguration")
    /// RemoveConfiguration says yes, tells of it and does nothing.
    public static let media2KeepsRemovedConfiguration = Mutant("media2KeepsRemovedConfiguration")
    /// RemoveConfiguration refuses.
    public static let media2RefusesToEmptyProfiles = Mutant("media2RefusesToEmptyProfiles")
    /// GetVideoEncoderConfigurations of Media2 lists none.
    public static let media2NoCompatibleVideoEncoder = Mutant("media2NoCompatibleVideoEncoder")
    /// GetAudioEncoderConfigurations of Media2 lists none.
    public static let media2NoCompatibleAudioEncoder = Mutant("media2NoCompatibleAudioEncoder")
    /// No event tells of changed profiles.
    public static let media2TellsNotOfProfiles = Mutant("media2TellsNotOfProfiles")
    /// The event of a changed profile names another one.
    public static let media2TellsOfOtherProfiles = Mutant("media2TellsOfOtherProfiles")
    /// SetVideoEncoderConfiguration of Media2 says yes, tells of it and does nothing.
    public static let media2ForgetsVideoEncoderSettings = Mutant("media2ForgetsVideoEncoderSettings")
    /// SetVideoEncoderConfiguration of Media2 refuses what the options offer.
    public static let media2RefusesVideoEncoderSettings = Mutant("media2RefusesVideoEncoderSettings")
    /// GetVideoEncoderConfigurations of Media2 shows one name for all.
    public static let media2ForgetsVideoEncoderName = Mutant("media2ForgetsVideoEncoderName")
    /// GetVideoEncoderConfigurations of Media2 shows another GovLength.
    public static let media2ForgetsGovLength = Mutant("media2ForgetsGovLength")
    /// GetVideoEncoderConfigurations of Media2 says H265 whatever was set.
    public static let media2VideoEncoderReadsAsH265 = Mutant("media2VideoEncoderReadsAsH265")
    /// No event tells of changed video encoders.
    public static let media2TellsNotOfVideoEncoder = Mutant("media2TellsNotOfVideoEncoder")
    /// The event of a changed configuration names another type.
    public static let media2TellsOfOtherType = Mutant("media2TellsOfOtherType")
    /// SetAudioEncoderConfiguration of Media2 says yes, tells of it and does nothing.
    public static let media2ForgetsAudioEncoderSettings = Mutant("media2ForgetsAudioEncoderSettings")
    /// SetAudioEncoderConfiguration of Media2 refuses what the options offer.
    public static let media2RefusesAudioEncoderSettings = Mutant("media2RefusesAudioEncoderSettings")
    /// GetAudioEncoderConfigurations of Media2 shows other settings than were made.
    public static let media2AudioEncoderReadsOtherwise = Mutant("media2AudioEncoderReadsOtherwise")
    /// GetAudioEncoderConfigurations of Media2 lists a configuration twice.
    public static let media2ListsAudioEncoderTwice = Mutant("media2ListsAudioEncoderTwice")
    /// No event tells of changed audio encoders.
    public static let media2TellsNotOfAudioEncoder = Mutant("media2TellsNotOfAudioEncoder")
    /// GetVideoEncoderInstances says that no encoder can run.
    public static let media2NoEncoderInstances = Mutant("media2NoEncoderInstances")
    /// GetVideoEncoderInstances answers with a fault.
    public static let media2RefusesEncoderInstances = Mutant("media2RefusesEncoderInstances")
    /// GetVideoSourceConfigurations of Media2 names another input.
    public static let media2VideoSourcesOfAnotherInput = Mutant("media2VideoSourcesOfAnotherInput")
    /// GetVideoSourceConfigurations of Media2 lists none.
    public static let media2VideoSourceConfigurationsMissing = Mutant("media2VideoSourceConfigurationsMissing")
    /// GetSnapshotUri of Media2 answers with a fault.
    public static let media2RefusesSnapshotUri = Mutant("media2RefusesSnapshotUri")
    /// GetSnapshotUri of Media2 gives no address.
    public static let media2SnapshotUriEmpty = Mutant("media2SnapshotUriEmpty")
    /// The stream URI of Media2 has more than 128 octets.
    public static let media2StreamUriTooLong = Mutant("media2StreamUriTooLong")
    /// The stream URI of Media2 has the scheme http though RTSP was asked for.
    public static let media2StreamUriOverHTTP = Mutant("media2StreamUriOverHTTP")
    /// CreateOSD says yes and does nothing.
    public static let media2ForgetsOSD = Mutant("media2ForgetsOSD")
    /// GetOSDs shows another position, text and size than was set.
    public static let media2CreatesOSDElsewhere = Mutant("media2CreatesOSDElsewhere")
    /// A new OSD gets the token that GetOSDs showed for another.
    public static let media2GivesOSDTokenTwice = Mutant("media2GivesOSDTokenTwice")
    /// DeleteOSD says yes and does nothing.
    public static let media2KeepsDeletedOSD = Mutant("media2KeepsDeletedOSD")
    /// OSDOptions has no PositionOption.
    public static let media2OptionsWithoutPosition = Mutant("media2OptionsWithoutPosition")
    /// SetMetadataConfiguration of Media2 says yes, tells of it and does nothing.
    public static let media2ForgetsMetadataSettings = Mutant("media2ForgetsMetadataSettings")
    /// SetMetadataConfiguration of Media2 refuses what the options offer.
    public static let media2RefusesMetadataSettings = Mutant("media2RefusesMetadataSettings")
    /// GetMetadataConfigurations never shows Events.
    public static let media2ForgetsMetadataEvents = Mutant("media2ForgetsMetadataEvents")
    /// GetMetadataConfigurations shows another multicast port once a configuration was set.
    public static let media2ForgetsMetadataMulticast = Mutant("media2ForgetsMetadataMulticast")
    /// GetMetadataConfigurations shows Analytics though nobody set it.
    public static let media2ClaimsMetadataAnalytics = Mutant("media2ClaimsMetadataAnalytics")
    /// GetMetadataConfigurations shows a CompressionType that the options lack.
    public static let media2ClaimsMetadataCompression = Mutant("media2ClaimsMetadataCompression")
    /// GetMetadataConfigurations shows PTZStatus though it was set to false.
    public static let media2ClaimsMetadataPTZ = Mutant("media2ClaimsMetadataPTZ")
    /// No event tells of changed metadata configurations.
    public static let media2TellsNotOfMetadata = Mutant("media2TellsNotOfMetadata")
}
