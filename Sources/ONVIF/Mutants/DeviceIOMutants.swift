/// The Device IO service.
extension Mutant {
    /// Device IO lists no video source.
    public static let videoSourcesNone = Mutant("videoSourcesNone")
    /// Device IO lists more video sources than its capabilities have.
    public static let videoSourcesMoreThanAnnounced = Mutant("videoSourcesMoreThanAnnounced")
    /// Device IO lists a video source twice.
    public static let videoSourceTokenTwice = Mutant("videoSourceTokenTwice")
    /// Device IO refuses to list video sources.
    public static let videoSourcesRefused = Mutant("videoSourcesRefused")
    /// Device IO and Media have different tokens for the video source.
    public static let videoSourceOfAnotherName = Mutant("videoSourceOfAnotherName")
    /// Device IO lists no audio source.
    public static let audioSourcesNone = Mutant("audioSourcesNone")
}
