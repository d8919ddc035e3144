package import XML

extension DeviceService {
    /// All roles or the named one; the predefined ones list no functions, because the access policy says what they may do.
    ///
    /// Source: ONVIF Core 26.06 §8.4.10.1 Get user roles.
    package struct GetUserRoles: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.readSystem

        package var name: String?

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumUserRoles > 0 }

        package init(_ request: XMLElement) throws(Fault) {
            name = request.optionalString("UserRole")
        }

        /// - Throws: `InvalidArgVal/InvalidUserRole`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let all = UserRole.predefined.map { UserRole(name: $0.name, functions: []) } + device.system.roles
            guard let name else { return Response(roles: all) }
            guard let role = all.first(where: { $0.name == name }) else { throw .noUserRole(name) }
            return Response(roles: [role])
        }

        package struct Response: ResponseMessage, Equatable {
            package var roles: [UserRole]

            package func write(to writer: inout XMLWriter) {
                for role in roles {
                    writer.element(.tds, "UserRole") { writer in
                        writer.element(.tt, "Name", role.name)
                        writer.element(.tt, "Functions", role.functions.joined(separator: " "))
                    }
                }
            }
        }
    }

    /// Makes a role or gives it other functions, which hold from the next request of its users on.
    ///
    /// Source: ONVIF Core 26.06 §8.4.10.2 Set user role.
    package struct SetUserRole: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var role: UserRole

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumUserRoles > 0 }

        /// - Throws: `InvalidArgVal` for a name with spaces, empty or too long.
        package init(_ request: XMLElement) throws(Fault) {
            let element = try request.required("UserRole")
            var functions: [String] = []
            for name in try element.string("Functions").split(whereSeparator: \.isWhitespace).map(String.init)
            where !functions.contains(name) {
                functions.append(name)
            }
            role = UserRole(name: try element.string("Name"), functions: functions)
            guard (1...UserRole.nameLimit).contains(role.name.count), !role.name.contains(where: \.isWhitespace) else {
                throw .sender(
                    "InvalidArgVal", reason: "a role's name has 1 to \(UserRole.nameLimit) characters and no spaces")
            }
        }

        /// - Throws: `OperationProhibited/OnvifPrefix`, `Action/FunctionNotImplemented`, `Action/TooManyUserRoles`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try role.name.checkPrefix()
            let known = Set(Operations.all.filter { $0.isSupported(by: device.model) }.map(\.function))
            if let unknown = role.functions.first(where: { !known.contains($0) }) {
                throw .receiver(
                    "Action", "FunctionNotImplemented", reason: "the device has no function \"\(unknown.prefix(128))\"")
            }
            if let index = device.system.roles.firstIndex(where: { $0.name == role.name }) {
                device.system.roles[index] = role
                return EmptyResponse()
            }
            let limit = device.model.system.maximumUserRoles - UserRole.predefined.count
            guard device.system.roles.count < limit else {
                throw .receiver("Action", "TooManyUserRoles", reason: "at most \(limit) roles are kept")
            }
            device.system.roles.append(role)
            return EmptyResponse()
        }
    }

    /// Its users lose what it allowed them.
    ///
    /// Source: ONVIF Core 26.06 §8.4.10.3 Delete user role.
    package struct DeleteUserRole: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var name: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumUserRoles > 0 }

        package init(_ request: XMLElement) throws(Fault) {
            name = try request.string("UserRole")
        }

        /// - Throws: `OperationProhibited/OnvifPrefix`, `InvalidArgVal/InvalidUserRole`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try name.checkPrefix()
            guard let index = device.system.roles.firstIndex(where: { $0.name == name }) else {
                throw .noUserRole(name)
            }
            device.system.roles.remove(at: index)
            for user in device.system.users.indices { device.system.users[user].roles.removeAll { $0 == name } }
            return EmptyResponse()
        }
    }
}

extension OperationEntry {
    /// The operation as user roles list it, for example `tptz:ContinuousMove`.
    package var function: String { "\(service.namespace.prefix):\(name)" }
}

extension String {
    fileprivate func checkPrefix() throws(Fault) {
        guard !hasPrefix(UserRole.reservedPrefix) else {
            throw .sender("OperationProhibited", "OnvifPrefix", reason: "\(UserRole.reservedPrefix) roles are fixed")
        }
    }
}

extension Fault {
    static func noUserRole(_ name: String) -> Fault {
        .sender("InvalidArgVal", "InvalidUserRole", reason: "there is no user role \"\(name.prefix(128))\"")
    }
}
