import Metadata
import ONVIF

/// A device whose rules look at what its analytics find.
extension Device {
    /// Judges the rules of a video source by what was found in one picture, and tells what happened.
    ///
    /// - Parameters:
    ///   - frame: times rise from one to the next.
    ///   - source: index of the video source.
    func observe(_ frame: MetadataFrame, ofSource source: Int) {}

    /// Whether somebody wants rules judged, so that pictures must be looked at though nobody takes the metadata.
    var wantsObservation: Bool { false }
}
