package import XML

extension DeviceService {
    /// Names and levels; a password never leaves the device.
    ///
    /// Source: ONVIF Core 26.06 §8.4.3 GetUsers.
    package struct GetUsers: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystemSecret
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(users: device.system.users)
        }

        package struct Response: ResponseMessage, Equatable {
            package var users: [User]

            package func write(to writer: inout XMLWriter) {
                for user in users {
                    writer.element(.tds, "User") { writer in
                        writer.element(.tt, "Username", user.name)
                        writer.element(.tt, "UserLevel", user.level.rawValue)
                        if !user.roles.isEmpty {
                            writer.element(.tt, "Extension") { writer in
                                writer.element(.tt, "Roles", user.roles.joined(separator: " "))
                            }
                        }
                    }
                }
            }
        }
    }
}
