package struct MediaState: Sendable {
    package static let maximumProfiles = 16
    package static let videoSourceToken = "VideoSource_1"
    package static let audioSourceToken = "AudioSource_1"

    package struct Profile: Equatable, Sendable {
        package var token: String
        package var ptzConfiguration: String?
    }

    package var profiles: [Profile]

    package init(model: DeviceModel) {
        let configuration = model.ptz.map { _ in PTZState.configurationToken }
        profiles = [
            Profile(token: "Profile_1", ptzConfiguration: configuration),
            Profile(token: "Profile_2", ptzConfiguration: configuration),
            Profile(token: "Profile_3", ptzConfiguration: nil),
        ]
    }

    package func profile(_ token: String) -> Profile? {
        profiles.first { $0.token == token }
    }
}
