package import XML

extension ThermalService {
    /// The settings of every thermal video source.
    ///
    /// Source: ONVIF Thermal 26.06 §5.1.4 Get Configurations.
    package struct GetConfigurations: EmptyRequest {
        package static let service = Service.thermal
        package static let access = AccessClass.readMedia
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            guard let model = device.model.thermal else { return Response(configurations: []) }
            return Response(
                configurations: device.thermal.sorted { $0.key < $1.key }.map { token, state in
                    .init(token: token, configuration: ThermalConfiguration(state: state, model: model, time: call.now))
                })
        }

        package struct Response: ResponseMessage, Equatable {
            package struct Entry: Equatable, Sendable {
                /// The video source.
                package var token: String
                package var configuration: ThermalConfiguration
            }

            package var configurations: [Entry]

            package func write(to writer: inout XMLWriter) {
                for entry in configurations {
                    writer.element(.tth, "Configurations", [("token", entry.token)]) { writer in
                        entry.configuration.write(to: &writer)
                    }
                }
            }
        }
    }
}
