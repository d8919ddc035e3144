package import XML

extension DeviceIOService {
    /// Source: ONVIF Device IO 26.06 §5.2.1 GetVideoOutputConfiguration.
    package struct GetVideoOutputConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasVideoOutputs }

        package var videoOutputToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoOutputToken = try request.token("VideoOutputToken")
        }

        /// - Throws: `NoVideoOutput`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let index = try device.videoOutput(videoOutputToken)
            return Response(index: index, name: device.io.videoOutputNames[index])
        }

        package struct Response: ResponseMessage, Equatable {
            /// Of the output.
            package var index: Int
            package var name: String

            package func write(to writer: inout XMLWriter) {
                let token = [("token", IOModel.videoOutputConfigurationToken(index))]
                writer.element(.tmd, "VideoOutputConfiguration", token) { writer in
                    writer.element(.tt, "Name", name)
                    // The output itself uses it.
                    writer.element(.tt, "UseCount", 1)
                    writer.element(.tt, "OutputToken", IOModel.videoOutputToken(index))
                }
            }
        }
    }

    /// The name is all there is to change.
    ///
    /// Source: ONVIF Device IO 26.06 §5.2.2 SetVideoOutputConfiguration.
    package struct SetVideoOutputConfiguration: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasVideoOutputs }

        package var token: String
        package var name: String
        package var outputToken: String

        package init(_ request: XMLElement) throws(Fault) {
            let configuration = try request.required("Configuration")
            token = try configuration.requiredAttribute("token")
            name = try configuration.token("Name")
            outputToken = try configuration.token("OutputToken")
        }

        /// - Throws: `NoVideoOutput`; `ConfigModify` for a configuration of another output.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let index = try device.videoOutput(outputToken)
            guard token == IOModel.videoOutputConfigurationToken(index) else {
                throw .sender(
                    "InvalidArgVal", "ConfigModify", reason: "\"\(token)\" is not the configuration of that output")
            }
            device.io.videoOutputNames[index] = name
            return EmptyResponse()
        }
    }

    /// Empty: no type of options is defined.
    ///
    /// The specification gives it no access class; the official access policy tests leave it to administrators.
    ///
    /// Source: ONVIF Device IO 26.06 §5.2.3 GetVideoOutputConfigurationOptions.
    package struct GetVideoOutputConfigurationOptions: ServiceOperation {
        package static let service = Service.deviceIO
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasVideoOutputs }

        package var videoOutputToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoOutputToken = try request.token("VideoOutputToken")
        }

        /// - Throws: `NoVideoOutput`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            _ = try device.videoOutput(videoOutputToken)
            return Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                writer.element(.tmd, "VideoOutputConfigurationOptions", "")
            }
        }
    }
}

extension DeviceState {
    /// - Throws: `NoVideoOutput`.
    fileprivate func videoOutput(_ token: String) throws(Fault) -> Int {
        guard let index = model.io.videoOutputs.indices.first(where: { IOModel.videoOutputToken($0) == token }) else {
            throw .sender("InvalidArgVal", "NoVideoOutput", reason: "there is no video output \"\(token)\"")
        }
        return index
    }
}
