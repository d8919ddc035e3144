package import Pictures

/// Detects, follows and recognises drawn test subjects in the pictures of one camera.
///
/// It knows pictures, times and where the camera looks; it never sees truth. For one job at a time.
package final class VisionCore {
    private let settings: VisionSettings

    package init(_ settings: VisionSettings = VisionSettings()) {
        self.settings = settings
    }

    /// Looks at the next picture.
    ///
    /// - Parameters:
    ///   - picture: decoded; of the same size each time.
    ///   - time: seconds of the stream; rises.
    ///   - camera: where it looked from.
    /// - Returns: what it takes to be there now.
    package func look(at picture: YUVPicture, time: Double, from camera: VisionCamera) -> VisionFrame {
        VisionFrame(time: time)
    }
}
