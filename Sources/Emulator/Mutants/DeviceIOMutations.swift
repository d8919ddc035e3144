import ONVIF
import XML

extension Mutation {
    static let deviceIOMutations: [Mutation] = [
        Mutation(
            .videoSourcesNone, "GetVideoSources of Device IO lists none",
            .exchange(operation: "GetVideoSources", service: .deviceIO) { $0.edit { $0.children = [] } }),
        Mutation(
            .videoSourcesMoreThanAnnounced, "GetVideoSources of Device IO lists one more than VideoSources",
            .exchange(operation: "GetVideoSources", service: .deviceIO) { exchange in
                exchange.edit { response in
                    guard var token = response.children.first else { return }
                    token.text = "VideoSource_2"
                    response.children.append(token)
                }
            }),
        Mutation(
            .videoSourceTokenTwice, "GetVideoSources of Device IO lists a token twice",
            .exchange(operation: "GetVideoSources", service: .deviceIO) { exchange in
                exchange.edit { $0.children += $0.children }
            }),
        Mutation(
            .videoSourcesRefused, "GetVideoSources of Device IO is refused",
            .refuses("GetVideoSources", of: .deviceIO)),
        Mutation(
            .videoSourceOfAnotherName, "GetVideoSources of Device IO lists another token than Media",
            .exchange(operation: "GetVideoSources", service: .deviceIO) { exchange in
                exchange.edit { $0.change("Token") { $0.text = "Sensor" } }
            }),
        Mutation(
            .audioSourcesNone, "GetAudioSources of Device IO lists none",
            .exchange(operation: "GetAudioSources", service: .deviceIO) { $0.edit { $0.children = [] } }),
    ]
}
