/// What the metadata stream of a media profile tells.
///
/// Source: ONVIF Media2 26.06 §5.2.8 Metadata configuration; ONVIF Streaming 26.06 §5.1.2.1.1 RTP for Metadata stream.
package struct MetadataStream: Equatable, Sendable {
    /// Whether the status of the head is told, IDLE or MOVING.
    package var hasPTZStatus: Bool
    package var hasPTZPosition: Bool
    /// The events that are told: nil for none, empty for all.
    package var topics: [MetadataConfiguration.TopicExpression]?
    /// The video analytics configuration whose scene descriptions are told; nil for none.
    package var analytics: String?
    package var compression: MetadataConfiguration.Compression
}

/// The way of sound from clients to the loudspeaker.
///
/// Source: ONVIF Streaming 26.06 §5.3 Back channel connection.
package struct Backchannel: Equatable, Sendable {
    /// What the device decodes, the preferred one first.
    package var decoders: [AudioOutputModel.Decoder]
    /// Who speaks; nil on a full duplex device.
    package var sendPrimacy: AudioOutputConfiguration.SendPrimacy?
    /// As `AudioOutputModel.levels` bounds it.
    package var level: Int
}

extension MediaState {
    /// Nil where the profile has no metadata configuration.
    package func metadataStream(ofProfile token: String) -> MetadataStream? {
        guard let profile = profiles.first(where: { $0.token == token }),
            let configuration = metadata.first(where: { $0.token == profile[.metadata] })
        else { return nil }
        let hasHead = profile[.ptz] != nil
        return MetadataStream(
            hasPTZStatus: hasHead && configuration.ptzStatus?.status == true,
            hasPTZPosition: hasHead && configuration.ptzStatus?.position == true, topics: configuration.topics,
            analytics: configuration.analytics == true ? profile[.analytics] : nil,
            compression: configuration.compression ?? .uncompressed)
    }

    /// Nil where the profile has no audio output with its decoder.
    package func backchannel(ofProfile token: String) -> Backchannel? {
        guard let profile = profiles.first(where: { $0.token == token }), let loudspeaker,
            profile[.audioDecoder] != nil,
            let output = audioOutputs.first(where: { $0.token == profile[.audioOutput] })
        else { return nil }
        return Backchannel(decoders: loudspeaker.decoders, sendPrimacy: output.sendPrimacy, level: output.level)
    }
}
