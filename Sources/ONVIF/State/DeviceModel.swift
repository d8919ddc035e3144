package import Authentication

/// What all cameras of one kind share: features, ranges and factory settings, from a device profile.
///
/// Immutable while a device lives; a `DeviceState` keeps only what differs.
package struct DeviceModel: Codable, Equatable, Sendable {
    package var manufacturer: String
    package var model: String
    package var firmwareVersion: String
    package var hardwareID: String
    /// Shown as the `name` scope.
    package var name: String
    /// Shown as the `location` scope, for example `city/plaza`.
    package var location: String
    /// The ONVIF profiles claimed in the scopes.
    package var profiles: [ProfileClaim]
    /// The sensors, at least one; the first is `VideoSource_1` and so on.
    package var videos: [VideoModel]
    package var audio: AudioModel?
    package var ptz: PTZModel?
    /// Of every sensor that has no other.
    package var imaging: ImagingModel?
    package var events: EventModel
    package var access: AccessModel
    /// Nil for a camera that sees by visible light alone.
    package var thermal: ThermalModel?
    /// Relays, inputs and ports.
    package var io = IOModel()
    package var security: SecurityModel? = nil
    /// Nil for a device without an audio output.
    package var loudspeaker: AudioOutputModel? = nil
    /// Streams go out to groups of receivers, too.
    package var multicast = false
    /// Nil for a device without video analytics.
    package var analytics: AnalyticsModel? = nil
    /// What happens when rules of its analytics give an alarm.
    package var alarms: [AlarmReaction] = []
    /// The most receivers; nil for a device without the receiver service.
    package var receivers: Int? = nil
    package var system = SystemModel()
    package var network = NetworkModel()

    package init(
        manufacturer: String, model: String, firmwareVersion: String, hardwareID: String, name: String,
        location: String, profiles: [ProfileClaim], video: VideoModel, audio: AudioModel? = nil, ptz: PTZModel? = nil,
        imaging: ImagingModel? = nil, events: EventModel = EventModel(), access: AccessModel = AccessModel()
    ) {
        self.manufacturer = manufacturer
        self.model = model
        self.firmwareVersion = firmwareVersion
        self.hardwareID = hardwareID
        self.name = name
        self.location = location
        self.profiles = profiles
        videos = [video]
        self.audio = audio
        self.ptz = ptz
        self.imaging = imaging
        self.events = events
        self.access = access
    }

    /// The first sensor, which is the one that a PTZ head moves.
    package var video: VideoModel {
        get { videos[0] }
        set { videos[0] = newValue }
    }

    /// The imaging of a sensor, by its index; nil where it has none.
    package func imaging(ofVideo index: Int) -> ImagingModel? { videos[index].imaging ?? imaging }

    package var hasImaging: Bool { videos.indices.contains { imaging(ofVideo: $0) != nil } }
}

/// A profile that a device may claim, by the last part of its scope `onvif://www.onvif.org/Profile/…`.
package enum ProfileClaim: String, Codable, CaseIterable, Sendable {
    case streaming = "Streaming"
    case t = "T"
    case m = "M"

    /// The letter by which people call the profile: S, T or M.
    package var letter: String { self == .streaming ? "S" : rawValue }
}

/// A picture size in pixels.
package struct Resolution: Codable, Hashable, Comparable, Sendable {
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    package static func < (left: Resolution, right: Resolution) -> Bool {
        (left.width * left.height, left.width) < (right.width * right.height, right.width)
    }
}

/// One sensor and the ready-made encodings of its picture.
package struct VideoModel: Codable, Equatable, Sendable {
    /// At least one, largest picture first. The encoder options are exactly these, unless the camera encodes.
    package var renditions: [Rendition]
    /// Where it differs from that of the device.
    package var imaging: ImagingModel?
    /// Ways to read the sensor, the first as the factory ships it; empty for a sensor with one way.
    package var modes: [VideoSourceMode] = []
    /// The picture can be changed and encoded anew; else the renditions are all that there is.
    package var encodes = false
    /// What is seen is drawn or cut as the camera looks; renditions say in which sizes, and need not be recorded.
    package var isView = false
    /// What the encoder makes, where there is one; at least one.
    package var encodings: [VideoModel.Codec] = [.h264]

    package init(renditions: [Rendition]) {
        precondition(!renditions.isEmpty, "a camera without a picture")
        self.renditions = renditions
    }

    /// The sensor's size: that of the largest rendition.
    package var sensor: Resolution { renditions[0].resolution }
    package var frameRate: Double { renditions.map(\.frameRate).max() ?? 0 }

    /// The codecs that an encoder of the source can be set to.
    package var codecs: [VideoModel.Codec] {
        VideoModel.Codec.allCases.filter { codec in
            encodes ? encodings.contains(codec) : renditions.contains { $0.codec == codec }
        }
    }

    /// What a recorded clip is, as measured from the file.
    package struct Rendition: Codable, Equatable, Sendable {
        /// The profile's name for the recording; finds the clip again.
        package var recording: String
        package var resolution: Resolution
        /// Frames a second.
        package var frameRate: Double
        /// Mean bit rate of the video, kbit/s.
        package var bitrate: Int
        /// Frames from key frame to key frame.
        package var govLength: Int
        package var codec: VideoModel.Codec
        /// Nil for JPEG, which has none.
        package var profile: VideoProfile?

        package init(
            recording: String, resolution: Resolution, frameRate: Double, bitrate: Int, govLength: Int,
            codec: VideoModel.Codec = .h264, profile: VideoProfile?
        ) {
            self.recording = recording
            self.resolution = resolution
            self.frameRate = frameRate
            self.bitrate = bitrate
            self.govLength = govLength
            self.codec = codec
            self.profile = profile
        }
    }
}

/// The microphone and the encoding of its sound, as measured from the clip.
package struct AudioModel: Codable, Equatable, Sendable {
    /// By the names that device profiles have for them.
    package enum Codec: String, Codable, CaseIterable, Sendable {
        case aac = "AAC"
        /// G.711 by the µ-law, which is what the Media service means.
        case pcmu = "G711"
        /// G.711 by the A-law.
        case pcma = "PCMA"
        case g726 = "G726"
        case opus = "Opus"
    }

    package var codec: Codec
    /// kbit/s
    package var bitrate: Int
    /// kHz, as `tt:AudioEncoderConfiguration/SampleRate` has it
    package var sampleRate: Int
    package var channels: Int

    package init(codec: Codec, bitrate: Int, sampleRate: Int, channels: Int) {
        self.codec = codec
        self.bitrate = bitrate
        self.sampleRate = sampleRate
        self.channels = channels
    }
}

/// The mechanics of a pan/tilt/zoom head; angles in degrees, speeds in degrees a second.
package struct PTZModel: Codable, Equatable, Sendable {
    package struct Axis: Codable, Equatable, Sendable {
        package var minimum: Double
        package var maximum: Double
        /// The fastest move, units a second.
        package var speed: Double
        /// Units a second, a second; nil for an axis that is at its speed at once.
        package var acceleration: Double?

        package init(minimum: Double, maximum: Double, speed: Double, acceleration: Double? = nil) {
            self.minimum = minimum
            self.maximum = maximum
            self.speed = speed
            self.acceleration = acceleration
        }

        package var range: ClosedRange<Double> { minimum...maximum }
    }

    /// Degrees; endless where the axis spans 360°.
    package var pan: Axis
    package var tilt: Axis
    /// Magnification; the speed is in factors of the whole range a second, as is the acceleration.
    package var zoom: Axis
    /// How the lens goes through its range; evenly where nil.
    package var zoomLaw: ZoomLaw?
    /// Seconds that pan and tilt swing after they have arrived; nil for a head that stands at once.
    package var settling: Double?
    /// Horizontal angle of view at the least zoom, degrees.
    package var fieldOfView: Double
    /// Where it looks when it comes from the factory; ahead at its widest where nil.
    package var home: PTZView?
    package var maximumPresets: Int
    /// Those of the factory.
    package var presets: [PTZState.Preset] = []
    package var auxiliaryCommands: [String]
    /// How many preset tours a client may create; 0 for a head without tours.
    package var maximumTours = 0
    /// Whether the tilt may turn over past straight down.
    package var hasEFlip = false
    /// Whether the control directions can be turned over.
    package var hasReverse = false
    /// Whether it can be sent to a place on earth.
    package var hasGeoMove = false
    /// Where the factory or the installer put it.
    package var placement: GeoPlacement?
    /// How it can be told where to start tracking; empty for a head that does not track.
    package var tracking: [Tracking] = []
    /// How it follows what it tracks; nil for a head that stays where it was sent.
    package var autoTracking: AutoTracking?

    /// How a lens goes from one end of its range to the other.
    package enum ZoomLaw: String, Codable, CaseIterable, Sendable {
        /// So many magnifications a second.
        case linear
        /// Each second by the same factor.
        case geometric
    }

    /// An option of `tptz:Capabilities/@MoveAndTrack`.
    package enum Tracking: String, Codable, CaseIterable, Sendable {
        case presetToken = "PresetToken"
        case geoLocation = "GeoLocation"
        case position = "PTZVector"
        case objectID = "ObjectID"
    }

    package init(
        pan: Axis, tilt: Axis, zoom: Axis, fieldOfView: Double, maximumPresets: Int, auxiliaryCommands: [String] = []
    ) {
        self.pan = pan
        self.tilt = tilt
        self.zoom = zoom
        self.fieldOfView = fieldOfView
        self.maximumPresets = maximumPresets
        self.auxiliaryCommands = auxiliaryCommands
    }

    package var isPanEndless: Bool { pan.maximum - pan.minimum >= 360 }

    /// What the zoom moves evenly in.
    var zoomScale: PTZTrajectory.Scale { zoomLaw == .geometric ? .geometric : .linear }

    /// The whole range of the zoom: magnifications, or of a geometric zoom the logarithm of their ratio.
    package var zoomSpan: Double { zoomScale.coordinate(zoom.maximum) - zoomScale.coordinate(zoom.minimum) }
}

/// The imaging settings that a sensor has, each with its range.
package struct ImagingModel: Codable, Equatable, Sendable {
    package var brightness: ClosedRange<Double>?
    package var colorSaturation: ClosedRange<Double>?
    package var contrast: ClosedRange<Double>?
    package var sharpness: ClosedRange<Double>?
    package var hasIrCutFilter: Bool
    /// Focus that can be moved by Imaging Move.
    package var hasFocus: Bool
    /// Metres that the limits of the focus may be set to.
    package var nearLimit: ClosedRange<Double>?
    package var farLimit: ClosedRange<Double>?
    /// Whether the autofocus can be told to work once after a move.
    package var canFocusOnceAfterMove = false
    package var features: [ImagingFeature: ImagingFeature.Model] = [:]
    package var exposure: ExposureModel?
    /// Gains of red and blue, without a unit.
    package var whiteBalanceGain: ClosedRange<Double>?
    package var hasNoiseReduction = false
    /// Seconds; nil where the automatic IR cut filter cannot be adjusted.
    package var irCutFilterResponseTime: ClosedRange<Double>?
    package var presets: [ImagingPresetModel] = []
    /// Whether `tns1:VideoSource/ImageTooBlurry/ImagingService` tells that the focus is far from sharp.
    package var tellsBlur = false

    package init(
        brightness: ClosedRange<Double>? = nil, colorSaturation: ClosedRange<Double>? = nil,
        contrast: ClosedRange<Double>? = nil, sharpness: ClosedRange<Double>? = nil, hasIrCutFilter: Bool = false,
        hasFocus: Bool = false
    ) {
        self.brightness = brightness
        self.colorSaturation = colorSaturation
        self.contrast = contrast
        self.sharpness = sharpness
        self.hasIrCutFilter = hasIrCutFilter
        self.hasFocus = hasFocus
    }
}

/// What the event service offers.
package struct EventModel: Codable, Equatable, Sendable {
    package var maximumPullPoints: Int
    /// Consumers of base notification; 0 where the device has none.
    package var maximumNotificationProducers: Int
    /// When `tns1:VideoSource/MotionAlarm` is on; nil for a device without the topic.
    package var motion: AlarmSchedule?
    /// When `tns1:VideoSource/GlobalSceneChange/ImagingService` is on; nil for a device without the topic.
    package var tampering: AlarmSchedule?
    /// Past events that are kept for Seek; 0 where the device has no persistent notification storage.
    package var storage = 0
    /// The most event brokers; nil for a device that publishes nothing.
    package var brokers: Int? = nil

    package init(
        maximumPullPoints: Int = 10, maximumNotificationProducers: Int = 10,
        motion: AlarmSchedule? = AlarmSchedule(period: 20, duration: 5),
        tampering: AlarmSchedule? = AlarmSchedule(period: 60, duration: 2)
    ) {
        self.maximumPullPoints = maximumPullPoints
        self.maximumNotificationProducers = maximumNotificationProducers
        self.motion = motion
        self.tampering = tampering
    }

}

/// An alarm that comes and goes by the clock: on for `duration` seconds out of every `period`.
package struct AlarmSchedule: Codable, Equatable, Sendable {
    package var period: Double
    package var duration: Double

    package init(period: Double, duration: Double) {
        self.period = period
        self.duration = duration
    }

    /// - Parameter seconds: since 1970, so that all devices of a fleet agree.
    /// - Returns: whether the alarm is on.
    package func isOn(at seconds: Double) -> Bool {
        seconds.truncatingRemainder(dividingBy: period) < duration
    }

    /// Seconds since 1970 of the next moment when the alarm goes on or off.
    package func nextChange(after seconds: Double) -> Double {
        let phase = seconds.truncatingRemainder(dividingBy: period)
        return seconds - phase + (phase < duration ? duration : period)
    }
}

/// How clients may authenticate.
package struct AccessModel: Codable, Equatable, Sendable {
    package var usernameToken: Bool
    package var httpDigest: Bool
    /// How far `Created` may be from the device's clock, seconds.
    package var clockWindow: Double
    package var maximumUsers: Int
    /// Offered as the factory ships the device; most clients know MD5 alone, and some fail where SHA-256 stands beside it.
    package var hashingAlgorithms: [DigestAuthentication.Algorithm]
    /// Whether a UsernameToken is taken only once; without, whoever reads a message can send it again.
    package var checksReplay: Bool

    package init(
        usernameToken: Bool = true, httpDigest: Bool = true, clockWindow: Double = 300, maximumUsers: Int = 20,
        hashingAlgorithms: [DigestAuthentication.Algorithm] = [.md5], checksReplay: Bool = true
    ) {
        self.hashingAlgorithms = hashingAlgorithms
        self.checksReplay = checksReplay
        self.usernameToken = usernameToken
        self.httpDigest = httpDigest
        self.clockWindow = clockWindow
        self.maximumUsers = maximumUsers
    }
}
