package import XML

extension DeviceIOService {
    /// Source: ONVIF Device IO 26.06 §5.9 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.deviceIO
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(capabilities: DeviceIOCapabilities(device.model))
        }

        package struct Response: ResponseMessage, Equatable {
            package var capabilities: DeviceIOCapabilities

            package func write(to writer: inout XMLWriter) {
                capabilities.write(to: &writer)
            }
        }
    }
}

/// `tmd:Capabilities`, as GetServices embeds it too.
package struct DeviceIOCapabilities: Equatable, Sendable {
    package var videoSources: Int
    package var audioSources: Int
    package var audioOutputs: Int
    package var io: IOModel
    package var hasConfigurableInputs: Bool

    package init(_ model: DeviceModel) {
        videoSources = model.videos.count
        audioOutputs = model.loudspeaker == nil ? 0 : 1
        audioSources = model.audio == nil ? 0 : 1
        io = model.io
        hasConfigurableInputs = model.hasConfigurableInputs
    }

    package func write(to writer: inout XMLWriter) {
        writer.element(
            .tmd, "Capabilities",
            [
                ("VideoSources", String(videoSources)), ("VideoOutputs", String(io.videoOutputs.count)),
                ("AudioSources", String(audioSources)), ("AudioOutputs", String(audioOutputs)),
                ("RelayOutputs", String(io.relays.count)), ("SerialPorts", String(io.serialPorts.count)),
                ("DigitalInputs", String(io.inputs.count)), ("DigitalInputOptions", "\(hasConfigurableInputs)"),
            ], "")
    }
}
