package import XML

/// A list of configurations of one type.
package struct ConfigurationsResponse<Configuration: MediaConfiguration>: ResponseMessage, Equatable {
    package var configurations: [MediaState.Used<Configuration>]
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        for configuration in configurations {
            configuration.write(to: &writer, service.namespace, "Configurations", service)
        }
    }
}

/// One configuration by its token.
package struct ConfigurationResponse<Configuration: MediaConfiguration>: ResponseMessage, Equatable {
    package var configuration: MediaState.Used<Configuration>

    package func write(to writer: inout XMLWriter) {
        configuration.write(to: &writer, .trt, "Configuration", .media)
    }
}

/// Profiles with their configurations.
package struct ProfilesResponse: ResponseMessage, Equatable {
    package var profiles: [ProfileDescription]
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        for profile in profiles { profile.write(to: &writer, "Profiles", service: service) }
    }
}

/// One profile, in the Media service.
package struct ProfileResponse: ResponseMessage, Equatable {
    package var profile: ProfileDescription

    package func write(to writer: inout XMLWriter) {
        profile.write(to: &writer, "Profile", service: .media)
    }
}

/// An address of a stream or a snapshot; it stays valid whatever becomes of the profile's configurations.
package struct MediaURIResponse: ResponseMessage, Equatable {
    package var uri: String
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        guard service == .media else { return writer.element(.tr2, "Uri", uri) }
        writer.element(.trt, "MediaUri") { writer in
            writer.element(.tt, "Uri", uri)
            writer.element(.tt, "InvalidAfterConnect", false)
            writer.element(.tt, "InvalidAfterReboot", false)
            writer.element(.tt, "Timeout", "PT0S")
        }
    }
}

/// What video source configurations can be set to: the whole sensor.
package struct VideoSourceConfigurationOptionsResponse: ResponseMessage, Equatable {
    /// In pixels, of the video sources that the options are for.
    package var sensors: [Resolution]
    package var sources: [String]
    package var canTurn: Bool
    package var maximumProfiles: Int
    package var service: Service
    /// The name of the element.
    package var element = "Options"

    /// The options of the configuration or profile that the filter names; else those of all video sources together.
    ///
    /// - Throws: `InvalidArgVal/NoProfile`, `InvalidArgVal/NoConfig`.
    init(_ filter: ConfigurationFilter, of media: MediaState, in service: Service) throws(Fault) {
        let indices = try filter.videoSources(of: .videoSource, in: media)
        sensors = indices.map { media.video(ofSource: $0).sensor }
        sources = indices.map(MediaState.videoSourceToken)
        canTurn = indices.allSatisfy(media.canTurn)
        maximumProfiles = media.maximumProfiles
        self.service = service
    }

    package func write(to writer: inout XMLWriter) {
        let attributes = [("MaximumNumberOfProfiles", String(maximumProfiles))]
        writer.element(service.namespace, element, attributes) { writer in
            writer.element(.tt, "BoundsRange") { writer in
                // Where the bounds may begin and end; with the one size there is, they begin at the origin.
                let (widths, heights) = (sensors.map(\.width), sensors.map(\.height))
                let (width, height) = (widths.max() ?? 0, heights.max() ?? 0)
                writer.range("XRange", 0...width)
                writer.range("YRange", 0...height)
                writer.range("WidthRange", (widths.min() ?? 0)...width)
                writer.range("HeightRange", (heights.min() ?? 0)...height)
            }
            for source in sources { writer.element(.tt, "VideoSourceTokensAvailable", source) }
            guard canTurn else { return }
            writer.element(.tt, "Extension") { writer in
                writer.element(.tt, "Rotate", [("Reboot", "false"), ("Mirror", "true")]) { writer in
                    for mode in ["OFF", "ON"] { writer.element(.tt, "Mode", mode) }
                    writer.element(.tt, "DegreeList") { $0.element(.tt, "Items", VideoSourceConfiguration.rotation) }
                }
            }
        }
    }
}

/// What audio source configurations can be set to: the one microphone.
package struct AudioSourceConfigurationOptionsResponse: ResponseMessage, Equatable {
    package var service: Service
    /// The name of the element.
    package var element = "Options"

    package func write(to writer: inout XMLWriter) {
        writer.element(service.namespace, element) { writer in
            writer.element(.tt, "InputTokensAvailable", MediaState.audioSourceToken)
        }
    }
}

/// What audio encoder configurations can be set to: the encoding of the recorded sound.
package struct AudioEncoderConfigurationOptionsResponse: ResponseMessage, Equatable {
    package var encoders: [AudioEncoderConfiguration]
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        if service == .media2 {
            writeEach(to: &writer, .tr2)
        } else {
            writer.element(.trt, "Options") { writer in writeEach(to: &writer, .tt) }
        }
    }

    private func writeEach(to writer: inout XMLWriter, _ namespace: XMLNamespace) {
        for encoder in encoders {
            guard let encoding = encoder.codec.name(in: service) else { continue }
            writer.element(namespace, "Options") { writer in
                writer.element(.tt, "Encoding", encoding)
                writer.element(.tt, "BitrateList") { $0.element(.tt, "Items", encoder.bitrate) }
                writer.element(.tt, "SampleRateList") { $0.element(.tt, "Items", encoder.sampleRate) }
            }
        }
    }
}

/// What metadata configurations can be set to, beside what every device streams: events.
package struct MetadataConfigurationOptionsResponse: ResponseMessage, Equatable {
    package var hasPTZ: Bool
    /// Objects are told with their place on the earth.
    package var hasGeoLocation: Bool
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        let attributes = hasGeoLocation ? [("GeoLocation", "true")] : []
        writer.element(service.namespace, "Options", attributes) { writer in
            writer.element(.tt, "PTZStatusFilterOptions") { writer in
                writer.element(.tt, "PanTiltStatusSupported", hasPTZ)
                writer.element(.tt, "ZoomStatusSupported", hasPTZ)
                writer.element(.tt, "PanTiltPositionSupported", hasPTZ)
                writer.element(.tt, "ZoomPositionSupported", hasPTZ)
            }
            writer.element(.tt, "Extension") { writer in
                for compression in MetadataConfiguration.Compression.allCases {
                    writer.element(.tt, "CompressionType", compression.rawValue)
                }
            }
        }
    }
}

/// Text overlays.
package struct OSDsResponse: ResponseMessage, Equatable {
    package var osds: [OSDConfiguration]
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        for osd in osds { osd.write(to: &writer, service.namespace, "OSDs") }
    }
}

/// What text overlays can be set to.
package struct OSDOptionsResponse: ResponseMessage, Equatable {
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        OSDOptions.write(to: &writer, service.namespace)
    }
}

/// The token of a new text overlay.
package struct OSDTokenResponse: ResponseMessage, Equatable {
    package var token: String
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        writer.element(service.namespace, "OSDToken", token)
    }
}
