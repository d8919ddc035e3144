package import XML

/// A profile with the configurations that it refers to, as responses of both services show it.
package struct ProfileDescription: Equatable, Sendable {
    package var profile: MediaProfile
    package var videoSource: MediaState.Used<VideoSourceConfiguration>?
    package var audioSource: MediaState.Used<AudioSourceConfiguration>?
    package var videoEncoder: MediaState.Used<VideoEncoderConfiguration>?
    package var audioEncoder: MediaState.Used<AudioEncoderConfiguration>?
    package var ptz: PTZReference?
    package var metadata: MediaState.Used<MetadataConfiguration>?
    package var analytics: MediaState.Used<VideoAnalyticsConfiguration>?
    package var audioOutput: MediaState.Used<AudioOutputConfiguration>?
    package var audioDecoder: MediaState.Used<AudioDecoderConfiguration>?

    /// - Parameters:
    ///   - profile: one of the device's.
    ///   - device: whose configurations they are.
    ///   - kinds: the kinds that the client wants to see.
    package init(
        _ profile: MediaProfile, of device: DeviceState,
        kinds: [MediaConfigurationKind] = MediaConfigurationKind.allCases
    ) {
        self.profile = profile
        func find<Configuration: MediaConfiguration>() -> MediaState.Used<Configuration>? {
            guard kinds.contains(Configuration.kind), let token = profile[Configuration.kind] else { return nil }
            return try? device.media.configuration(token)
        }
        videoSource = find()
        audioSource = find()
        videoEncoder = find()
        audioEncoder = find()
        metadata = find()
        analytics = find()
        audioOutput = find()
        audioDecoder = find()
        if kinds.contains(.ptz), let token = profile[.ptz], let head = device.ptz {
            ptz = PTZReference(
                configuration: head.configuration, useCount: device.media.useCount(of: .ptz, token))
        }
    }

    private var isEmpty: Bool {
        videoSource == nil && audioSource == nil && videoEncoder == nil && audioEncoder == nil && ptz == nil
            && metadata == nil && analytics == nil && audioOutput == nil && audioDecoder == nil
    }

    /// `tt:Profile` in the Media service, `tr2:MediaProfile` in the Media2 service.
    package func write(to writer: inout XMLWriter, _ name: String, service: Service) {
        let attributes = [("token", profile.token), ("fixed", profile.isFixed ? "true" : "false")]
        writer.element(service.namespace, name, attributes) { writer in
            if service == .media2 {
                writer.element(.tr2, "Name", profile.name)
                guard !isEmpty else { return }
                writer.element(.tr2, "Configurations") { writer in
                    writeConfigurations(to: &writer, .tr2, suffix: "", service: service)
                }
            } else {
                writer.element(.tt, "Name", profile.name)
                writeConfigurations(to: &writer, .tt, suffix: "Configuration", service: service)
            }
        }
    }

    private func writeConfigurations(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, suffix: String, service: Service
    ) {
        videoSource?.write(to: &writer, namespace, "VideoSource" + suffix, service)
        audioSource?.write(to: &writer, namespace, "AudioSource" + suffix, service)
        videoEncoder?.write(to: &writer, namespace, "VideoEncoder" + suffix, service)
        audioEncoder?.write(to: &writer, namespace, "AudioEncoder" + suffix, service)
        let analyticsName = service == .media2 ? "Analytics" : "VideoAnalyticsConfiguration"
        analytics?.write(to: &writer, namespace, analyticsName, service)
        ptz?.write(to: &writer, namespace, "PTZ" + suffix)
        metadata?.write(to: &writer, namespace, "Metadata" + suffix, service)
        guard service == .media, audioOutput != nil || audioDecoder != nil else {
            return writeAudioBack(to: &writer, namespace, suffix: suffix, service: service)
        }
        writer.element(namespace, "Extension") { writer in
            writeAudioBack(to: &writer, namespace, suffix: suffix, service: service)
        }
    }

    /// What makes the way back for sound, from the client to the loudspeaker.
    private func writeAudioBack(
        to writer: inout XMLWriter, _ namespace: XMLNamespace, suffix: String, service: Service
    ) {
        audioOutput?.write(to: &writer, namespace, "AudioOutput" + suffix, service)
        audioDecoder?.write(to: &writer, namespace, "AudioDecoder" + suffix, service)
    }
}

extension MediaState.Used {
    /// Nothing where the service hides the entity.
    func write(to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String, _ service: Service) {
        guard configuration.isShown(in: service) else { return }
        configuration.write(to: &writer, namespace, name, useCount: useCount, service: service)
    }
}

/// The PTZ configuration inside a profile, as the PTZ service has it.
package struct PTZReference: Equatable, Sendable {
    package var configuration: PTZConfiguration
    package var useCount: Int

    func write(to writer: inout XMLWriter, _ namespace: XMLNamespace, _ name: String) {
        configuration.write(to: &writer, namespace, name, useCount: useCount)
    }
}
