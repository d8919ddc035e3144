import ONVIF
import XML

extension Mutation {
    static let media2ListMutations: [Mutation] = [
        Mutation(
            .media2ListsVideoSourceTwice, "GetVideoSourceConfigurations of Media2 lists a configuration twice",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) {
                $0.edit { $0.children += $0.children }
            }),
        Mutation(
            .media2ListsVideoSourceForAnotherToken,
            "GetVideoSourceConfigurations of Media2 gives configurations a token that no profile has",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) {
                $0.edit { $0.change("Configurations") { $0.setAttribute("token", "Another") } }
            }),
        Mutation(
            .media2LeavesOutVideoSource, "GetVideoSourceConfigurations of Media2 lists none",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) { $0.edit { $0.children = [] } }),
        Mutation(
            .media2ShowsVideoSourceDifferently,
            "GetVideoSourceConfigurations of Media2 shows another name than profiles do",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) {
                $0.edit { $0.change("Name") { $0.text = "Another" } }
            }),
        Mutation(
            .media2TakesUnknownVideoSource,
            "GetVideoSourceConfigurations of Media2 answers an unknown token with an empty list",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .success(EmptyResponse())
            }),
        Mutation(
            .media2UnknownVideoSourceWithoutSubcode,
            "the fault of GetVideoSourceConfigurations for an unknown token says InvalidArgVal only",
            .exchange(operation: "GetVideoSourceConfigurations", service: .media2) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .failure(.sender("InvalidArgVal", reason: "unknown token"))
            }),
        Mutation(
            .media2ListsAudioSourceTwice, "GetAudioSourceConfigurations of Media2 lists a configuration twice",
            .exchange(operation: "GetAudioSourceConfigurations", service: .media2) {
                $0.edit { $0.children += $0.children }
            }),
        Mutation(
            .media2ListsAudioSourceForAnotherToken,
            "GetAudioSourceConfigurations of Media2 gives configurations a token that no profile has",
            .exchange(operation: "GetAudioSourceConfigurations", service: .media2) {
                $0.edit { $0.change("Configurations") { $0.setAttribute("token", "Another") } }
            }),
        Mutation(
            .media2LeavesOutAudioSource, "GetAudioSourceConfigurations of Media2 lists none",
            .exchange(operation: "GetAudioSourceConfigurations", service: .media2) { $0.edit { $0.children = [] } }),
        Mutation(
            .media2ShowsAudioSourceDifferently,
            "GetAudioSourceConfigurations of Media2 shows another name than profiles do",
            .exchange(operation: "GetAudioSourceConfigurations", service: .media2) {
                $0.edit { $0.change("Name") { $0.text = "Another" } }
            }),
        Mutation(
            .media2TakesUnknownAudioSource,
            "GetAudioSourceConfigurations of Media2 answers an unknown token with an empty list",
            .exchange(operation: "GetAudioSourceConfigurations", service: .media2) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .success(EmptyResponse())
            }),
        Mutation(
            .media2UnknownAudioSourceWithoutSubcode,
            "the fault of GetAudioSourceConfigurations for an unknown token says InvalidArgVal only",
            .exchange(operation: "GetAudioSourceConfigurations", service: .media2) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .failure(.sender("InvalidArgVal", reason: "unknown token"))
            }),
        Mutation(
            .media2ListsMetadataTwice, "GetMetadataConfigurations of Media2 lists a configuration twice",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) {
                $0.edit { $0.children += $0.children }
            }),
        Mutation(
            .media2ListsMetadataForAnotherToken,
            "GetMetadataConfigurations of Media2 gives configurations a token that no profile has",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) {
                $0.edit { $0.change("Configurations") { $0.setAttribute("token", "Another") } }
            }),
        Mutation(
            .media2LeavesOutMetadata, "GetMetadataConfigurations of Media2 lists none",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) { $0.edit { $0.children = [] } }),
        Mutation(
            .media2ShowsMetadataDifferently, "GetMetadataConfigurations of Media2 shows another name than profiles do",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) {
                $0.edit { $0.change("Name") { $0.text = "Another" } }
            }),
        Mutation(
            .media2TakesUnknownMetadata,
            "GetMetadataConfigurations of Media2 answers an unknown token with an empty list",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .success(EmptyResponse())
            }),
        Mutation(
            .media2UnknownMetadataWithoutSubcode,
            "the fault of GetMetadataConfigurations for an unknown token says InvalidArgVal only",
            .exchange(operation: "GetMetadataConfigurations", service: .media2) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.result = .failure(.sender("InvalidArgVal", reason: "unknown token"))
            }),
    ]
}
