package import XML

/// How a configuration entity is written; the encoders have another type in each service.
package protocol MediaConfigurationWriting {
    /// - Parameters:
    ///   - writer: takes the element.
    ///   - namespace: that of the element; the content is of the ONVIF schema.
    ///   - name: that of the element.
    ///   - useCount: the number of profiles that it is in.
    ///   - service: the Media or the Media2 service.
    func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service)
}

extension XMLWriter {
    /// The base of all configurations, `tt:ConfigurationEntity`, around what the type adds.
    mutating func configuration(
        _ namespace: XMLNamespace, _ element: String, token: String, name: String, useCount: Int,
        attributes: [(String, String)] = [], _ content: (inout XMLWriter) -> Void
    ) {
        self.element(namespace, element, [("token", token)] + attributes) { writer in
            writer.element(.tt, "Name", name)
            writer.element(.tt, "UseCount", useCount)
            content(&writer)
        }
    }

    /// `tt:VideoResolution` and `tt:VideoResolution2`.
    mutating func resolution(_ name: String, _ resolution: Resolution) {
        element(.tt, name) { writer in
            writer.element(.tt, "Width", resolution.width)
            writer.element(.tt, "Height", resolution.height)
        }
    }

    /// `tt:IntRange`; `tt:FloatRange` has the same form.
    mutating func range(_ name: String, _ range: ClosedRange<Int>) {
        element(.tt, name) { writer in
            writer.element(.tt, "Min", range.lowerBound)
            writer.element(.tt, "Max", range.upperBound)
        }
    }
}

extension VideoSourceConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        writer.configuration(namespace, name, token: token, name: self.name, useCount: useCount) { writer in
            writer.element(.tt, "SourceToken", sourceToken)
            writer.element(
                .tt, "Bounds",
                [("x", "0"), ("y", "0"), ("width", String(bounds.width)), ("height", String(bounds.height))], "")
            // Without it, the picture is as the sensor gives it.
            guard isUpsideDown || isMirrored else { return }
            writer.element(.tt, "Extension") { writer in
                writer.element(.tt, "Rotate", [("Mirror", isMirrored ? "true" : "false")]) { writer in
                    writer.element(.tt, "Mode", isUpsideDown ? "ON" : "OFF")
                    if isUpsideDown { writer.element(.tt, "Degree", VideoSourceConfiguration.rotation) }
                }
            }
        }
    }
}

extension AudioSourceConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        writer.configuration(namespace, name, token: token, name: self.name, useCount: useCount) { writer in
            writer.element(.tt, "SourceToken", MediaState.audioSourceToken)
        }
    }
}

extension AudioEncoderConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        writer.configuration(namespace, name, token: token, name: self.name, useCount: useCount) { writer in
            writer.optional(.tt, "Encoding", codec.name(in: service))
            if service == .media2 { writer.multicast(multicast) }
            writer.element(.tt, "Bitrate", bitrate)
            writer.element(.tt, "SampleRate", sampleRate)
            if service == .media {
                writer.multicast(multicast)
                writer.element(.tt, "SessionTimeout", XSDuration.string(sessionTimeout))
            }
        }
    }
}

extension AudioModel.Codec {
    /// `tt:AudioEncoding` in the Media service, a subtype of IANA's audio media types in the Media2 service, of which
    /// `tt:AudioEncodingMimeNames` has some; nil for what the service has no word for.
    package func name(in service: Service) -> String? {
        switch self {
        case .aac: service == .media ? "AAC" : "MP4A-LATM"
        case .pcmu: service == .media ? "G711" : "PCMU"
        case .pcma: service == .media ? "G711" : "PCMA"
        case .g726: "G726"
        case .opus: service == .media ? nil : "opus"
        }
    }
}

extension MetadataConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        let attributes = compression.map { [("CompressionType", $0.rawValue)] } ?? []
        writer.configuration(
            namespace, name, token: token, name: self.name, useCount: useCount, attributes: attributes
        ) { writer in
            if let ptzStatus {
                writer.element(.tt, "PTZStatus") { writer in
                    writer.element(.tt, "Status", ptzStatus.status)
                    writer.element(.tt, "Position", ptzStatus.position)
                }
            }
            if let topics { Self.write(topics, to: &writer) }
            if let analytics { writer.element(.tt, "Analytics", analytics) }
            writer.multicast(multicast)
            writer.element(.tt, "SessionTimeout", XSDuration.string(sessionTimeout))
        }
    }

    private static func write(_ topics: [TopicExpression], to writer: inout XMLWriter) {
        writer.element(.tt, "Events") { writer in
            guard !topics.isEmpty else { return }
            writer.element(.tt, "Filter") { writer in
                for topic in topics {
                    writer.use(.tns1)
                    writer.element(.wsnt, "TopicExpression", [("Dialect", topic.dialect)], topic.text)
                }
            }
        }
    }
}
