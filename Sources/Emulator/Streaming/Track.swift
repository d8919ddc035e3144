/// The media of a stream, by the number that `trackID=` of their URLs has.
enum Track: Int, CaseIterable, Hashable, Sendable {
    case video
    case audio
    case metadata
    /// Sound from the client to the camera.
    case backchannel

    /// The tracks whose packets the camera sends.
    static let sent: [Track] = [.video, .audio, .metadata]
}

/// One value for each track.
struct ByTrack<Value> {
    var video: Value
    var audio: Value
    var metadata: Value
    var backchannel: Value

    init(all value: Value) {
        (video, audio, metadata, backchannel) = (value, value, value, value)
    }

    private init(video: Value, audio: Value, metadata: Value, backchannel: Value) {
        self.video = video
        self.audio = audio
        self.metadata = metadata
        self.backchannel = backchannel
    }

    static func each(_ value: (Track) throws -> Value) rethrows -> ByTrack {
        try ByTrack(
            video: value(.video), audio: value(.audio), metadata: value(.metadata), backchannel: value(.backchannel))
    }

    subscript(track: Track) -> Value {
        get {
            switch track {
            case .video: video
            case .audio: audio
            case .metadata: metadata
            case .backchannel: backchannel
            }
        }
        _modify {
            switch track {
            case .video: yield &video
            case .audio: yield &audio
            case .metadata: yield &metadata
            case .backchannel: yield &backchannel
            }
        }
    }
}

extension ByTrack: Equatable where Value: Equatable {}
extension ByTrack: Hashable where Value: Hashable {}
extension ByTrack: Sendable where Value: Sendable {}

extension ByTrack where Value: ExpressibleByNilLiteral {
    init() {
        self.init(all: nil)
    }
}
