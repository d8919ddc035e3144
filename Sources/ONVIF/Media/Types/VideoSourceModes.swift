package import XML

/// The modes of a video source.
package struct VideoSourceModesResponse: ResponseMessage, Equatable {
    package var modes: [VideoSourceMode]
    /// Index of the mode that is on.
    package var enabled: Int
    /// Those of each mode.
    package var codecs: [[VideoModel.Codec]]
    package var service: Service

    init(_ media: MediaState, source: Int, service: Service) {
        let video = media.videos[source]
        modes = video.allModes
        enabled = media.modes[source]
        codecs = modes.indices.map { video.inMode($0).codecs }
        self.service = service
    }

    package func write(to writer: inout XMLWriter) {
        for (index, mode) in modes.enumerated() {
            let attributes = [
                ("token", VideoSourceMode.token(index)), ("Enabled", index == enabled ? "true" : "false"),
            ]
            writer.element(service.namespace, "VideoSourceModes", attributes) { writer in
                let namespace = service.namespace
                writer.element(namespace, "MaxFramerate", mode.maximumFrameRate)
                writer.element(namespace, "MaxResolution") { writer in
                    writer.element(.tt, "Width", mode.maximumResolution.width)
                    writer.element(.tt, "Height", mode.maximumResolution.height)
                }
                let encodings = codecs[index].compactMap { $0.name(in: service) }.joined(separator: " ")
                writer.element(namespace, "Encodings", encodings)
                writer.element(namespace, "Reboot", mode.needsReboot)
                writer.optional(namespace, "Description", mode.description)
            }
        }
    }
}

/// Whether a change of mode restarts the device.
package struct VideoSourceModeChange: ResponseMessage, Equatable {
    package var reboots: Bool
    package var service: Service

    package func write(to writer: inout XMLWriter) {
        writer.element(service.namespace, "Reboot", reboots)
    }
}

extension DeviceState {
    /// Puts a mode into effect, tells the world of the configurations that changed, and restarts where the mode needs it.
    ///
    /// - Returns: whether the device restarts.
    /// - Throws: `InvalidArgVal/NoVideoSource`, `InvalidArgVal/NoVideoSourceMode`.
    mutating func setVideoSourceMode(_ mode: String, ofSource source: String, _ call: Call) throws(Fault) -> Bool {
        let change = try changeMedia { media throws(Fault) in try media.setMode(mode, ofSource: source) }
        guard let change else { return false }
        for reference in change.changed {
            events.publish(.configurationChanged(reference.token, type: reference.kind.rawValue, at: call.now))
        }
        if change.mode.needsReboot { effects.append(.reboot) }
        return change.mode.needsReboot
    }
}
