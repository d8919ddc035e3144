extension Mutant {
    /// GetVideoSourceConfigurations of Media2 lists a configuration twice.
    public static let media2ListsVideoSourceTwice = Mutant("media2ListsVideoSourceTwice")
    /// GetVideoSourceConfigurations of Media2 gives configurations a token that no profile has.
    public static let media2ListsVideoSourceForAnotherToken = Mutant("media2ListsVideoSourceForAnotherToken")
    /// GetVideoSourceConfigurations of Media2 lists none.
    public static let media2LeavesOutVideoSource = Mutant("media2LeavesOutVideoSource")
    /// GetVideoSourceConfigurations of Media2 shows another name than profiles do.
    public static let media2ShowsVideoSourceDifferently = Mutant("media2ShowsVideoSourceDifferently")
    /// GetVideoSourceConfigurations of Media2 answers an unknown token with an empty list.
    public static let media2TakesUnknownVideoSource = Mutant("media2TakesUnknownVideoSource")
    /// The fault of GetVideoSourceConfigurations for an unknown token says InvalidArgVal only.
    public static let media2UnknownVideoSourceWithoutSubcode = Mutant("media2UnknownVideoSourceWithoutSubcode")
    /// GetAudioSourceConfigurations of Media2 lists a configuration twice.
    public static let media2ListsAudioSourceTwice = Mutant("media2ListsAudioSourceTwice")
    /// GetAudioSourceConfigurations of Media2 gives configurations a token that no profile has.
    public static let media2ListsAudioSourceForAnotherToken = Mutant("media2ListsAudioSourceForAnotherToken")
    /// GetAudioSourceConfigurations of Media2 lists none.
    public static let media2LeavesOutAudioSource = Mutant("media2LeavesOutAudioSource")
    /// GetAudioSourceConfigurations of Media2 shows another name than profiles do.
    public static let media2ShowsAudioSourceDifferently = Mutant("media2ShowsAudioSourceDifferently")
    /// GetAudioSourceConfigurations of Media2 answers an unknown token with an empty list.
    public static let media2TakesUnknownAudioSource = Mutant("media2TakesUnknownAudioSource")
    /// The fault of GetAudioSourceConfigurations for an unknown token says InvalidArgVal only.
    public static let media2UnknownAudioSourceWithoutSubcode = Mutant("media2UnknownAudioSourceWithoutSubcode")
    /// GetMetadataConfigurations of Media2 lists a configuration twice.
    public static let media2ListsMetadataTwice = Mutant("media2ListsMetadataTwice")
    /// GetMetadataConfigurations of Media2 gives configurations a token that no profile has.
    public static let media2ListsMetadataForAnotherToken = Mutant("media2ListsMetadataForAnotherToken")
    /// GetMetadataConfigurations of Media2 lists none.
    public static let media2LeavesOutMetadata = Mutant("media2LeavesOutMetadata")
    /// GetMetadataConfigurations of Media2 shows another name than profiles do.
    public static let media2ShowsMetadataDifferently = Mutant("media2ShowsMetadataDifferently")
    /// GetMetadataConfigurations of Media2 answers an unknown token with an empty list.
    public static let media2TakesUnknownMetadata = Mutant("media2TakesUnknownMetadata")
    /// The fault of GetMetadataConfigurations for an unknown token says InvalidArgVal only.
    public static let media2UnknownMetadataWithoutSubcode = Mutant("media2UnknownMetadataWithoutSubcode")
}
