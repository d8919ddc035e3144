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
            writer.element(.tt, "Encoding", "H264")
            writer.resolution("Resolution", resolution)
            writer.element(.tt, "Quality", quality)
            // UniFi Protect gives up on an encoder without a frame rate.
            writer.element(.tt, "RateControl") { writer in
                writer.element(.tt, "FrameRateLimit", Int(frameRateLimit.rounded()))
                writer.element(.tt, "EncodingInterval", 1)
                writer.element(.tt, "BitrateLimit", bitrateLimit)
            }
            writer.element(.tt, "H264") { writer in
                writer.element(.tt, "GovLength", govLength)
                writer.element(.tt, "H264Profile", h264Profile.rawValue)
            }
            writer.multicast(multicast)
            writer.element(.tt, "SessionTimeout", XSDuration.string(sessionTimeout))
        }
    }

    private func writeVersion20(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, _ element: String, useCount: Int
    ) {
        let attributes = [("GovLength", String(govLength)), ("Profile", h264Profile.rawValue)]
        writer.configuration(
            namespace, element, token: token, name: name, useCount: useCount, attributes: attributes
        ) { writer in
            writer.element(.tt, "Encoding", "H264")
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

extension VideoEncoderSettings {
    /// Reads `Configuration` of SetVideoEncoderConfiguration, in the type that the service has for it.
    package init(_ configuration: XMLElement, in service: Service) throws(Fault) {
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
            govLength = try configuration.attribute("GovLength").map(Self.integer)
            h264Profile = configuration.attribute("Profile")
        } else {
            frameRateLimit = try rateControl.map { (element) throws(Fault) in
                Double(try element.integer("FrameRateLimit"))
            }
            encodingInterval = try rateControl?.integer("EncodingInterval")
            govLength = try configuration.child("H264")?.integer("GovLength")
            h264Profile = try configuration.child("H264")?.string("H264Profile")
            sessionTimeout = try configuration.sessionTimeout()
        }
    }

    private static func integer(_ text: String) throws(Fault) -> Int {
        guard let value = Int(text) else {
            throw .sender("InvalidArgVal", reason: "GovLength is \"\(text)\", not an integer")
        }
        return value
    }
}
