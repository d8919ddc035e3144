internal import AV
import Foundation
internal import ONVIF
internal import RTP
internal import Worlds

/// What the cameras of a profile look at: a world that is drawn as they see it, or a panorama from which their view is cut.
struct Scenery: Sendable {
    enum Kind: Sendable {
        /// With the camera in it whose place and lens are those of the profile's cameras.
        case world(World, SceneCamera)
        case panorama(StreamPlan, PanoramaCoverage)
    }

    /// Recordings of what is seen at a pose, in one or several sizes.
    struct Rest: Sendable {
        var pose: ViewPose
        var recordings: [Recording]
    }

    let kind: Kind
    /// Horizontal, degrees, at the widest.
    let fieldOfView: Double
    /// The magnification of the head at its widest.
    var leastZoom = 1.0
    var rests: [Rest] = []

    /// Where pictures come from; one for all streams of a camera, as they share what they can.
    func source() -> any PictureSource {
        switch kind {
        case .world(let world, let camera): WorldPictures(world, camera: camera)
        case .panorama(let plan, let coverage):
            PanoramaPictures(plan, coverage: coverage, fieldOfView: fieldOfView)
        }
    }

    /// The world, which began when the camera was switched on, nanoseconds of the stream clock; nil where there is a panorama.
    func world(epoch: Int64) -> ViewedWorld? {
        guard case .world(let world, let camera) = kind else { return nil }
        return ViewedWorld(world: world, camera: camera, epoch: epoch)
    }

    /// The recordings that a stream can take as they are.
    func rests(as settings: VideoEncoder.Settings, isMet: (Recording) -> Bool) -> [RestingView] {
        rests.compactMap { rest in
            rest.recordings.lazy.filter(isMet).compactMap { recording in
                RestingView(pose: rest.pose, recording.plan, rate: settings.frameRate)
            }.first
        }
    }
}

extension Scenery {
    /// Where the camera looks.
    ///
    /// - Parameters:
    ///   - head: nil for a camera without one, which looks straight ahead.
    ///   - time: of the device.
    /// - Returns: how the lens stands.
    func pose(of head: PTZState?, at time: Date) -> ViewPose {
        guard let pose = head?.pose(at: time) else { return ViewPose() }
        return ViewPose(pan: pose.pan, tilt: pose.tilt, roll: pose.roll, zoom: pose.zoom / leastZoom)
    }
}
