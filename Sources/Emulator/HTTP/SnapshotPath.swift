import Foundation

/// The path of what the loudspeaker played last, as a WAV file.
enum LoudspeakerPath {
    static let path = "/loudspeaker.wav"
}

/// The path of a media profile's still picture.
enum SnapshotPath {
    static let prefix = "/snapshot/"

    /// The media profile whose picture the path names.
    static func profile(of path: String) -> String? {
        guard path.hasPrefix(prefix) else { return nil }
        return String(path.dropFirst(prefix.count)).removingPercentEncoding
    }
}
