package import XML

extension DeviceService {
    /// The name alone; a password never leaves the device.
    ///
    /// Source: ONVIF Core 26.06 §8.4.7 GetRemoteUser.
    package struct GetRemoteUser: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasRemoteUser }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(name: device.system.remoteUser?.name)
        }

        package struct Response: ResponseMessage, Equatable {
            package var name: String?

            package func write(to writer: inout XMLWriter) {
                guard let name else { return }
                writer.element(.tds, "RemoteUser") { writer in
                    writer.element(.tt, "Username", name)
                    writer.element(.tt, "UseDerivedPassword", false)
                }
            }
        }
    }

    /// Gives one more user a login, or takes it away; it may do what an operator may.
    ///
    /// Source: ONVIF Core 26.06 §8.4.8 SetRemoteUser.
    package struct SetRemoteUser: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        /// Nil removes the remote user.
        package var user: RemoteUser?

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasRemoteUser }

        /// - Throws: `InvalidArgVal` for a derived password, which newer specifications do not define any more.
        package init(_ request: XMLElement) throws(Fault) {
            guard let element = request.child("RemoteUser") else { return }
            guard try !element.boolean("UseDerivedPassword") else {
                throw .sender("InvalidArgVal", reason: "passwords are not derived; send the password itself")
            }
            user = RemoteUser(name: try element.string("Username"), password: try element.string("Password"))
        }

        /// - Throws: `OperationProhibited/UsernameClash` and what CreateUsers throws for name and password.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            if let user {
                try device.check(User(name: user.name, password: user.password, level: .operator))
                guard !device.system.users.contains(where: { $0.name == user.name }) else {
                    throw .sender("OperationProhibited", "UsernameClash", reason: "there is a user \"\(user.name)\"")
                }
            }
            device.system.remoteUser = user
            return EmptyResponse()
        }
    }
}
