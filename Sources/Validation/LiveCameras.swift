import AV
package import Emulator
package import Foundation
import Pictures

/// The emulated cameras of a validation, and the device that speaks for the core.
package enum LiveCameras {
    package static let user = "admin"

    /// What a process with a camera tells whoever started it.
    package struct Ready: Hashable, Codable, Sendable {
        package var streams: [String]
        /// When picture 0 was due, nanoseconds since 1970.
        package var pictureEpoch: Int64

        package init(streams: [String], pictureEpoch: Int64) {
            self.streams = streams
            self.pictureEpoch = pictureEpoch
        }
    }

    /// Pixels and pictures of the clip that the core's device shows, as it must show something.
    private static let ownSize = (width: 320, height: 180)
    private static let ownFrames = 10

    /// Serves one camera that shows a clip.
    ///
    /// - Parameters:
    ///   - clip: the pictures.
    ///   - name: of the device.
    ///   - folder: where its profile is written.
    ///   - password: of its one user.
    ///   - outlet: where metadata comes from that it tells; nil for none.
    ///   - fleet: that it joins.
    /// - Returns: where it is, and since when.
    /// - Throws: what keeps it from being served.
    package static func serve(
        clip: String, name: String, folder: URL, password: String, outlet: MetadataOutlet? = nil, in fleet: Fleet
    ) async throws -> Ready {
        let file = folder.appending(path: "\(UUID().uuidString).yaml")
        try Data(profile(clip: clip, name: name).utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var profile = try CameraProfile(path: file.path)
        profile.outlet = outlet
        let camera = try await fleet.add(profile, CameraSettings(username: user, password: password))
        return Ready(streams: await camera.streams(), pictureEpoch: camera.pictureEpoch)
    }

    private static func profile(clip: String, name: String) -> String {
        """
        manufacturer: Glasseye
        model: Validation
        firmware: "1.0"
        hardware: GE-VALIDATION
        name: \(name)
        location: validation
        claims: [S, T]
        recordings:
          - \(clip)
        audio: false
        events:
          pull-points: 2
          consumers: 0

        """
    }

    /// Writes the grey clip of the core's own device.
    ///
    /// - Throws: what the writer says.
    package static func writeOwnClip(to file: String) throws {
        let writer = try ClipWriter(
            file: file,
            VideoEncoder.Settings(
                width: ownSize.width, height: ownSize.height, frameRate: TimeBase(numerator: 5, denominator: 1),
                groupLength: 5, bitRate: 500), hasSound: false)
        let grey = YUVPicture(
            width: ownSize.width, height: ownSize.height,
            filled: PictureColor(luma: 128, blue: 128, red: 128))
        for _ in 0..<ownFrames { try writer.add(grey) }
        try writer.finish()
    }
}

extension LiveCameras {
    /// How long a clip is.
    ///
    /// - Throws: what is wrong with the file.
    static func seconds(ofClip file: String) throws -> Double {
        let video = try Clip(file: file).video
        return video.timeBase.seconds(video.duration)
    }
}
