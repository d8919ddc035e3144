import AV
import Foundation
package import ONVIF
import RTP

/// A device profile with its recordings opened: what all cameras made from it share.
public struct CameraProfile: Sendable {
    package let model: DeviceModel
    /// The recordings by the name that the model's renditions know them by.
    let recordings: [String: Recording]
    /// The name of the profile file, without folder and extension.
    public let name: String

    /// Reads a device profile and opens its recordings.
    ///
    /// - Parameters:
    ///   - path: the YAML file.
    ///   - overrides: recordings that take the place of the profile's own, for clips of the user's.
    /// - Throws: `ProfileError`, saying where, what and how to mend it.
    public init(path: String, recordings overrides: [String] = []) throws(ProfileError) {
        let file = try ProfileFile(path: path)
        let folder = URL(filePath: path).deletingLastPathComponent()
        let named =
            overrides.isEmpty
            ? file.recordings.map { (URL(filePath: $0.path, relativeTo: folder).standardizedFileURL.path, $0.line) }
            : overrides.map { ($0, 0) }
        var opened: [(name: String, recording: Recording)] = []
        for (name, line) in named {
            do {
                opened.append((name, try Recording(file: name)))
            } catch {
                let reason = "\(error)"
                throw line == 0 ? .ownRecording(reason: reason) : .recording(file: path, line: line, reason: reason)
            }
        }
        opened.sort { $0.recording.resolution > $1.recording.resolution }
        var model = DeviceModel(
            manufacturer: file.manufacturer, model: file.model, firmwareVersion: file.firmwareVersion,
            hardwareID: file.hardwareID, name: file.name, location: file.location, profiles: file.claims,
            video: VideoModel(renditions: opened.map { $0.recording.rendition(named: $0.name) }),
            audio: file.hasAudio ? opened.lazy.compactMap(\.recording.audio).first : nil, ptz: file.ptz,
            imaging: file.imaging, events: file.events, access: file.access)
        model.security = file.security
        self.model = model
        recordings = Dictionary(opened.map { ($0.name, $0.recording) }) { first, _ in first }
        self.name = URL(filePath: path).deletingPathExtension().lastPathComponent
    }
}

/// A clip packetised once, with and without its sound; in memory once, however many cameras stream it.
struct Recording: Sendable {
    let clip: Clip
    let plan: StreamPlan
    /// The same without sound, for media profiles that have no microphone.
    let silentPlan: StreamPlan

    /// - Throws: `ClipError` or `StreamPlan.PlanError`.
    init(file: String) throws {
        clip = try Clip(file: file)
        plan = try StreamPlan(clip)
        silentPlan = try StreamPlan(clip, hasAudio: false)
    }

    var resolution: Resolution {
        Resolution(width: clip.video.parameters.width, height: clip.video.parameters.height)
    }

    func rendition(named name: String) -> VideoModel.Rendition {
        let parameters = clip.video.parameters
        return VideoModel.Rendition(
            recording: name, resolution: resolution, frameRate: parameters.framesPerSecond,
            bitrate: max(1, clip.video.bitRate / 1000), govLength: clip.video.groupLength,
            h264Profile: H264Profile(indication: parameters.profile))
    }

    var audio: AudioModel? {
        guard let track = clip.audio else { return nil }
        let isAAC = if case .aac = track.codec { true } else { false }
        return AudioModel(
            codec: isAAC ? .aac : .pcmu, bitrate: max(1, track.bitRate / 1000),
            sampleRate: Int((Double(track.sampleRate) / 1000).rounded()), channels: track.channels)
    }
}

extension H264Profile {
    /// - Parameter indication: `profile_idc` (ITU-T H.264 §A.2); what ONVIF has no name for counts as High.
    fileprivate init(indication: UInt8) {
        self =
            switch indication {
            case 66: .baseline
            case 77: .main
            case 88: .extended
            default: .high
            }
    }
}
