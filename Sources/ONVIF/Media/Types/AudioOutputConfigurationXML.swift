package import XML

extension AudioOutputConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        writer.configuration(namespace, name, token: token, name: self.name, useCount: useCount) { writer in
            writer.element(.tt, "OutputToken", MediaState.audioOutputToken)
            writer.optional(.tt, "SendPrimacy", sendPrimacy?.rawValue)
            writer.element(.tt, "OutputLevel", level)
        }
    }
}

extension AudioDecoderConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        writer.configuration(namespace, name, token: token, name: self.name, useCount: useCount) { _ in }
    }
}

/// New settings for an audio output configuration.
package struct AudioOutputSettings: ConfigurationSettings, Equatable {
    package static var kind: MediaConfigurationKind { .audioOutput }

    package var token: String
    package var name: String
    package var outputToken: String
    /// Nil where the client leaves it as it is.
    package var sendPrimacy: String?
    package var level: Int

    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        outputToken = try configuration.string("OutputToken")
        sendPrimacy = configuration.optionalString("SendPrimacy")
        level = try configuration.integer("OutputLevel")
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        let index = try media.index(token, of: AudioOutputConfiguration.self)
        guard outputToken == MediaState.audioOutputToken else {
            throw .configModify("OutputToken \"\(outputToken)\" is none of OutputTokensAvailable")
        }
        guard let model = media.loudspeaker, model.levels.contains(level) else {
            throw .configModify("OutputLevel \(level) is outside OutputLevelRange")
        }
        if let sendPrimacy {
            guard model.isHalfDuplex, let primacy = AudioOutputConfiguration.SendPrimacy(rawValue: sendPrimacy) else {
                throw .configModify("SendPrimacy \"\(sendPrimacy)\" is none of SendPrimacyOptions")
            }
            media.audioOutputs[index].sendPrimacy = primacy
        }
        media.audioOutputs[index].name = name
        media.audioOutputs[index].level = level
    }
}

/// A new name for an audio decoder configuration.
package struct AudioDecoderSettings: ConfigurationSettings, Equatable {
    package static var kind: MediaConfigurationKind { .audioDecoder }

    package var token: String
    package var name: String

    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
    }

    package func apply(to media: inout MediaState) throws(Fault) {
        media.audioDecoders[try media.index(token, of: AudioDecoderConfiguration.self)].name = name
    }
}

/// What audio output configurations can be set to.
package struct AudioOutputConfigurationOptionsResponse: ResponseMessage, Equatable {
    package var model: AudioOutputModel
    package var service: Service
    /// The name of the element.
    package var element = "Options"

    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
    init(_ filter: ConfigurationFilter, of media: MediaState, in service: Service) throws(Fault) {
        model = try filter.loudspeaker(for: .audioOutput, of: media)
        self.service = service
    }

    package func write(to writer: inout XMLWriter) {
        writer.element(service.namespace, element) { writer in
            writer.element(.tt, "OutputTokensAvailable", MediaState.audioOutputToken)
            if model.isHalfDuplex {
                for primacy in AudioOutputConfiguration.SendPrimacy.allCases {
                    writer.element(.tt, "SendPrimacyOptions", primacy.rawValue)
                }
            }
            writer.range("OutputLevelRange", model.levels)
        }
    }
}

/// What the device decodes, in the type that the service has for it.
package struct AudioDecoderConfigurationOptionsResponse: ResponseMessage, Equatable {
    package var decoders: [AudioOutputModel.Decoder]
    package var service: Service

    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
    init(_ filter: ConfigurationFilter, of media: MediaState, in service: Service) throws(Fault) {
        decoders = try filter.loudspeaker(for: .audioDecoder, of: media).decoders
        self.service = service
    }

    package func write(to writer: inout XMLWriter) {
        if service == .media2 { writeVersion20(to: &writer) } else { writeVersion10(to: &writer) }
    }

    private func writeVersion10(to writer: inout XMLWriter) {
        writer.element(.trt, "Options") { writer in
            // The schema wants this order.
            for encoding in ["AAC", "G711", "G726"] {
                guard let decoder = decoders.first(where: { $0.codec.name(in: .media) == encoding }) else { continue }
                writer.element(.tt, "\(encoding)DecOptions") { writer in
                    write(decoder.bitrates, "Bitrate", to: &writer)
                    write(decoder.sampleRates, "SampleRateRange", to: &writer)
                }
            }
        }
    }

    private func writeVersion20(to writer: inout XMLWriter) {
        for decoder in decoders {
            writer.element(.tr2, "Options") { writer in
                writer.optional(.tt, "Encoding", decoder.codec.name(in: .media2))
                write(decoder.bitrates, "BitrateList", to: &writer)
                write(decoder.sampleRates, "SampleRateList", to: &writer)
            }
        }
    }

    private func write(_ items: [Int], _ name: String, to writer: inout XMLWriter) {
        writer.element(.tt, name) { writer in
            for item in items { writer.element(.tt, "Items", item) }
        }
    }
}

extension ConfigurationFilter {
    fileprivate func loudspeaker(
        for kind: MediaConfigurationKind, of media: MediaState
    ) throws(Fault) -> AudioOutputModel {
        try check(kind, in: media)
        guard let loudspeaker = media.loudspeaker else { throw .noConfiguration(kind, "") }
        return loudspeaker
    }
}
