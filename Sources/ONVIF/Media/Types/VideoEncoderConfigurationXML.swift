package import XML

/// `tt:VideoEncoderConfiguration` of the Media service and `tt:VideoEncoder2Configuration` of the Media2 service.
extension VideoEncoderConfiguration {
    package func write(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, useCount: Int, service: Service
    ) {
        if service == .media2 {
            writeVersion20(to: &writer, namespace, name, useCount: useCount)
        } else {
            writeVersion10(to: &writer, namespace, name, useCount: useCount)
        }
    }

    private func writeVersion10(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ element: String, useCount: Int
    ) {
        writer.configuration(namespace, element, token: token, name: name, useCount: useCount) { writer in
            writer.optional(.tt, "Encoding", codec.name(in: .media))
            writer.resolution("Resolution", resolution)
            writer.element(.tt, "Quality", quality)
            // UniFi Protect gives up on an encoder without a frame rate.
            writer.element(.tt, "RateControl") { writer in
                writer.element(.tt, "FrameRateLimit", Int(frameRateLimit.rounded()))
                writer.element(.tt, "EncodingInterval", 1)
                writer.element(.tt, "BitrateLimit", bitrateLimit)
            }
            if let profile, let element = codec.name(in: .media) {
                writer.element(.tt, element) { writer in
                    writer.element(.tt, "GovLength", govLength)
                    writer.optional(.tt, codec.profileElement, profile.name(in: .media))
                }
            }
            writer.multicast(multicast)
            writer.element(.tt, "SessionTimeout", XSDuration.string(sessionTimeout))
        }
    }

    private func writeVersion20(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ element: String, useCount: Int
    ) {
        var attributes: [(String, String)] = []
        if codec.hasGroups { attributes.append(("GovLength", String(govLength))) }
        if let profile { attributes.append(("Profile", profile.name(in: .media2))) }
        writer.configuration(
            namespace, element, token: token, name: name, useCount: useCount, attributes: attributes
        ) { writer in
            writer.optional(.tt, "Encoding", codec.name(in: .media2))
            writer.resolution("Resolution", resolution)
            writer.element(.tt, "RateControl") { writer in
                writer.element(.tt, "FrameRateLimit", frameRateLimit)
                writer.element(.tt, "BitrateLimit", bitrateLimit)
            }
            writer.multicast(multicast)
            writer.element(.tt, "Quality", quality)
        }
    }
}

extension VideoModel.Codec {
    /// The element of the Media service that holds the profile; the element with the settings of a codec has the codec's
    /// name.
    var profileElement: String { self == .mpeg4 ? "Mpeg4Profile" : "H264Profile" }
}

extension VideoEncoderSettings {
    /// Reads `Configuration` of SetVideoEncoderConfiguration, in the type that the service has for it.
    ///
    /// - Throws: `InvalidArgs`, `InvalidArgVal`, or `InvalidArgVal/ConfigModify` for what no options offer.
    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
        self.service = service
        try Self.refuseWhatIsNotOffered(configuration)
        token = try configuration.requiredAttribute("token")
        name = try configuration.token("Name")
        encoding = try configuration.string("Encoding")
        let size = try configuration.required("Resolution")
        resolution = Resolution(width: try size.integer("Width"), height: try size.integer("Height"))
        quality = try configuration.number("Quality")
        let rateControl = configuration.child("RateControl")
        bitrateLimit = try rateControl?.integer("BitrateLimit")
        multicast = try configuration.child("Multicast").map(MulticastConfiguration.init)
        isFrameRateWhole = service == .media
        if service == .media2 {
            frameRateLimit = try rateControl?.number("FrameRateLimit")
            govLength = try configuration.optionalIntegerAttribute("GovLength")
            profile = configuration.attribute("Profile")
        } else {
            frameRateLimit = try rateControl.map { (element) throws(Fault) in
                Double(try element.integer("FrameRateLimit"))
            }
            encodingInterval = try rateControl?.integer("EncodingInterval")
            if let codec = VideoModel.Codec.allCases.first(where: { $0.name(in: service) == encoding }),
                codec.hasGroups,
                let groups = configuration.child(encoding)
            {
                govLength = try groups.integer("GovLength")
                profile = try groups.string(codec.profileElement)
            }
            sessionTimeout = try configuration.sessionTimeout()
        }
    }

    /// Settings of which the options say, or say by leaving them out, that the device does not have them: B-frames,
    /// constant and average bit rates, guaranteed frame rates, signed video.
    private static func refuseWhatIsNotOffered(_ configuration: XMLElement) throws(Fault) {
        let control = configuration.child("RateControl")
        for (element, name) in [
            (configuration, "GuaranteedFrameRate"), (configuration, "Signed"), (control, "ConstantBitRate"),
        ] where element?.isTrue(name) == true {
            throw .configModify("\(name) is not supported")
        }
        if let distance = try configuration.optionalIntegerAttribute("AnchorFrameDistance"), distance > 1 {
            throw .configModify("AnchorFrameDistance \(distance) is not supported; there are no B-frames")
        }
        if let rate = try control?.optionalInteger("AverageBitRate"), rate != 0 {
            throw .configModify("AverageBitRate is not supported")
        }
    }
}
