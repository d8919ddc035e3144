import AV
import Analytics
public import Documents
import Foundation
package import ONVIF
import RTP

/// A device profile with its recordings opened: what all cameras made from it share.
public struct CameraProfile: Sendable {
    package let model: DeviceModel
    /// The recordings by the name that the model's renditions know them by.
    let recordings: [String: Recording]
    /// What they look at where their picture follows their head; nil where they show their recordings.
    let scenery: Scenery?
    /// What cameras of the persona do otherwise than the specifications say.
    let habits: [PersonaHabit]
    /// What goes wrong on their wire.
    let faults: FaultScript
    /// What describes their pictures; nil where nothing does.
    let scenes: AnalyticsSettings?
    /// Where somebody else hands in what describes the pictures, in place of `scenes`; nil for nobody.
    package var outlet: MetadataOutlet?
    /// The name of the profile file, without folder and extension.
    public let name: String

    /// What the device calls itself.
    public var deviceName: String { model.name }
    /// The letters of the ONVIF profiles that the device claims.
    public var claims: [String] { model.profiles.map(\.letter) }

    /// Reads a device profile and opens its recordings.
    ///
    /// - Parameters:
    ///   - path: the YAML file.
    ///   - overrides: recordings that take the place of those of the first video source, for clips of the user's.
    /// - Throws: `ProfileError`, saying where, what and how to mend it.
    public init(path: String, recordings overrides: [String] = []) throws(ProfileError) {
        let file = try ProfileFile(path: path)
        let folder = URL(filePath: path).deletingLastPathComponent()
        var opened: [String: Recording] = [:]
        var videos: [VideoModel] = []
        // Clips of the user's are all that is seen.
        let view = overrides.isEmpty ? file.view : nil
        let builder: SceneryBuilder? = if let view { try SceneryBuilder(view, ptz: file.ptz, file: path) } else { nil }
        func open(_ name: String, line: Int) throws(ProfileError) -> Recording {
            do {
                let recording = try opened[name] ?? Recording(file: name)
                opened[name] = recording
                return recording
            } catch {
                let reason = "\(error)"
                throw line == 0 ? .ownRecording(reason: reason) : .recording(file: path, line: line, reason: reason)
            }
        }
        func place(_ name: String) -> String { URL(filePath: name, relativeTo: folder).standardizedFileURL.path }
        for source in file.sources {
            let named =
                overrides.isEmpty || !videos.isEmpty
                ? source.recordings.map { (place($0.path), $0.line) }
                : overrides.map { ($0, 0) }
            var renditions: [VideoModel.Rendition] = []
            for (name, line) in named {
                let recording = try open(name, line: line)
                try builder?.check(recording, line: line)
                renditions.append(recording.rendition(named: name))
            }
            if let builder { renditions = builder.renditions(renditions) }
            renditions.sort { $0.resolution > $1.resolution }
            var video = VideoModel(renditions: renditions)
            video.imaging = source.imaging
            for mode in source.modes where !video.renditions.contains(where: mode.mode.allows) {
                throw .wrongValue(
                    file: path, line: mode.line, key: "modes",
                    value: "\(mode.mode.maximumResolution.width)×"
                        + "\(mode.mode.maximumResolution.height)",
                    expected: "a size and a rate that one of the source's recordings keeps to")
            }
            video.modes = source.modes.map(\.mode)
            video.encodes = file.encodes
            video.isView = builder != nil
            video.encodings = file.encodings(of: renditions)
            videos.append(video)
        }
        let sounds = videos.lazy.flatMap(\.renditions).compactMap { opened[$0.recording]?.audio }
        var model = DeviceModel(
            manufacturer: file.manufacturer, model: file.model, firmwareVersion: file.firmwareVersion,
            hardwareID: file.hardwareID, name: file.name, location: file.location, profiles: file.claims,
            video: videos[0], audio: file.hasAudio ? sounds.first : nil, ptz: file.ptz, imaging: file.imaging,
            events: file.events, access: file.access)
        model.videos = videos
        if let builder, let view {
            let home = videos[0].renditions.compactMap { opened[$0.recording] }
            var presets: [[Recording]] = []
            for preset in view.presets {
                var recordings: [Recording] = []
                for named in preset.recordings {
                    let recording = try open(place(named.path), line: named.line)
                    try builder.check(recording, line: named.line)
                    recordings.append(recording)
                }
                presets.append(recordings)
            }
            scenery = builder.scenery(home: home, presets: presets)
            model.ptz?.presets = builder.presets
        } else {
            scenery = nil
        }
        model.thermal = file.thermal
        model.io = file.io
        model.loudspeaker = file.loudspeaker
        model.multicast = file.multicast
        model.analytics = file.analytics
        scenes = overrides.isEmpty ? file.scenes?.settings : nil
        if let scenes = file.scenes, overrides.isEmpty {
            try Self.check(
                scenes, view: view, sources: videos.map { $0.renditions.compactMap { opened[$0.recording] } },
                file: path)
        }
        model.alarms = file.alarms
        model.receivers = file.receivers
        model.system = file.system
        model.network = file.network
        model.security = file.security
        self.model = model
        recordings = opened
        habits = file.habits
        faults = file.faults.script
        self.name = URL(filePath: path).deletingPathExtension().lastPathComponent
        if let line = file.faults.blackLine {
            do throws(BlackPicture.Failure) {
                try prepare(for: faults)
            } catch {
                throw .recording(file: path, line: line, reason: "\(error)")
            }
        }
    }
}

extension CameraProfile {
    /// Whether there is what describes the pictures.
    ///
    /// - Throws: what is missing, with the line of the source.
    private static func check(
        _ scenes: ProfileFile.Scenes, view: ProfileFile.View?, sources: [[Recording]], file: String
    ) throws(ProfileError) {
        func refuse(_ reason: String) -> ProfileError {
            .contradiction(file: file, line: scenes.line, reason: reason)
        }
        let name = scenes.settings.source.rawValue
        switch view?.kind {
        case .world: return
        case .panorama:
            throw refuse("\"source: \(name)\" describes a \"world\" or recordings, no panorama; leave it out")
        case nil: break
        }
        for recording in sources.compactMap(\.first) {
            do {
                _ = try recording.truth.sheet()
            } catch {
                throw refuse("\"source: \(name)\" wants to know how the recordings were made; \(error)")
            }
            guard scenes.settings.source == .core || recording.truth.hasLines else {
                throw refuse(
                    "\"source: \(name)\" wants the truth beside \(recording.clip.file), NAME.truth.jsonl.gz; "
                        + "glasseye render writes it")
            }
        }
    }

    /// Makes what a script needs, as far as it is not made.
    func prepare(for script: FaultScript) throws(BlackPicture.Failure) {
        guard script.faults.contains(where: { $0.kind == .picture(.black) }) else { return }
        for recording in recordings.values { try recording.black.make() }
    }

    /// The recording that is heard where a picture has none of its own.
    var sound: Recording? {
        model.videos.lazy.flatMap(\.renditions).compactMap { recordings[$0.recording] }.first { $0.clip.audio != nil }
    }

    /// Whether cameras of the profile can have these faults.
    ///
    /// - Throws: `CameraError.noBlackPicture`.
    public func check(_ script: FaultScript) throws(CameraError) {
        do throws(BlackPicture.Failure) {
            try prepare(for: script)
        } catch {
            throw .noBlackPicture(reason: "\(error)")
        }
    }

    /// What each profile makes of each operation of the standard, as a Markdown document.
    public static func operationTable(_ profiles: [CameraProfile]) -> String {
        OperationTable(models: profiles.map { ($0.name, $0.model) }).markdown
    }
}

/// A clip packetised once, with and without its sound; in memory once, however many cameras stream it.
struct Recording: Sendable {
    let clip: Clip
    let plan: StreamPlan
    /// The same without sound, for media profiles that have no microphone.
    let silentPlan: StreamPlan
    /// Its pictures, to be changed or encoded anew.
    let pictures: RecordedPictures
    /// What is shown in its place where a fault makes it black.
    let black: BlackPicture
    /// What is in its frames, where somebody wrote it down.
    let truth: SharedTruth

    /// - Throws: `ClipError` or `StreamPlan.PlanError`.
    init(file: String) throws {
        clip = try Clip(file: file)
        black = BlackPicture(of: clip)
        truth = SharedTruth(besideClip: file)
        plan = try StreamPlan(clip)
        silentPlan = plan.silent
        pictures = RecordedPictures(plan)
    }

    var resolution: Resolution {
        Resolution(width: clip.video.parameters.width, height: clip.video.parameters.height)
    }

    func rendition(named name: String) -> VideoModel.Rendition {
        let parameters = clip.video.parameters
        return VideoModel.Rendition(
            recording: name, resolution: resolution, frameRate: parameters.framesPerSecond,
            bitrate: max(1, clip.video.bitRate / 1000), govLength: clip.video.groupLength,
            codec: parameters.codec.kind.name, profile: VideoProfile(parameters.codec))
    }

    var audio: AudioModel? {
        guard let track = clip.audio else { return nil }
        let codec: AudioModel.Codec =
            switch track.codec {
            case .aac: .aac
            case .pcmu: .pcmu
            case .pcma: .pcma
            case .g726: .g726
            case .opus: .opus
            }
        return AudioModel(
            codec: codec, bitrate: max(1, track.bitRate / 1000),
            sampleRate: Int((Double(track.sampleRate) / 1000).rounded()), channels: track.channels)
    }
}

extension AV.VideoCodec.Kind {
    /// What the media services call it.
    fileprivate var name: VideoModel.Codec {
        switch self {
        case .h264: .h264
        case .h265: .h265
        case .mpeg4: .mpeg4
        case .jpeg: .jpeg
        }
    }
}

extension VideoProfile {
    /// The profile by the numbers that the codec has for it; what ONVIF has no name for counts as the next that it has.
    ///
    /// Source: ITU-T H.264 §A.2 (`profile_idc`), ITU-T H.265 §A.3 (`general_profile_idc`), ISO/IEC 14496-2 table G.1
    /// (`profile_and_level_indication`).
    fileprivate init?(_ codec: AV.VideoCodec) {
        switch codec {
        case .jpeg: return nil
        case .h264(let parameters): self.init(h264: parameters.profile)
        case .h265(let parameters): self = parameters.level.profile == 2 ? .main10 : .main
        case .mpeg4(let parameters): self = parameters.profileLevelIndication >= 0xF0 ? .advancedSimple : .simple
        }
    }

    private init(h264 indication: UInt8) {
        self =
            switch indication {
            case 66: .baseline
            case 77: .main
            case 88: .extended
            default: .high
            }
    }
}
