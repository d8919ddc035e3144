import ONVIF

extension PersonaHabit {
    /// The media service knows its profiles but not the sources behind them.
    ///
    /// Source: github.com/koush/scrypted#1060.
    static let noGetVideoSources = PersonaHabit(
        "no-get-video-sources", "GetVideoSources of the media service is not there",
        .lacks("GetVideoSources", of: .media))
}
