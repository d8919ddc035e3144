import Foundation
package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.4.1 Get access policy.
    package struct GetAccessPolicy: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasAccessPolicy }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(policy: device.system.accessPolicy)
        }

        package struct Response: ResponseMessage, Equatable {
            package var policy: AccessPolicy

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "PolicyFile") { writer in
                    writer.element(.tt, "Data", policy.file.base64EncodedString())
                }
            }
        }
    }

    /// Sets how much each access class asks for, from the next request on.
    ///
    /// Source: ONVIF Core 26.06 §8.4.2 Set access policy.
    package struct SetAccessPolicy: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var policy: AccessPolicy

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasAccessPolicy }

        /// - Throws: `InvalidArgs/PolicyFormat` for anything but the format that GetAccessPolicy answers with.
        package init(_ request: XMLElement) throws(Fault) {
            let text = try request.required("PolicyFile").string("Data")
            guard let file = Data(base64Encoded: text, options: .ignoreUnknownCharacters),
                let policy = AccessPolicy(file)
            else {
                throw .sender(
                    "InvalidArgs", "PolicyFormat", reason: "the policy file is of another format than GetAccessPolicy's"
                )
            }
            self.policy = policy
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.system.accessPolicy = policy
            return EmptyResponse()
        }
    }
}
