package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.4.4 CreateUsers.
    package struct CreateUsers: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem
        /// The longest user name, characters.
        package static let nameLimit = 64
        /// The longest password, characters.
        package static let passwordLimit = 64

        package var users: [User]

        package init(_ request: XMLElement) throws(Fault) {
            users = []
            for user in request.children("User") { users.append(try user.user()) }
        }

        /// - Throws: `OperationProhibited/UsernameClash`, `Action/TooManyUsers` and what `check` throws; all or none.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            for user in users {
                try device.check(user)
                guard !device.system.accounts.contains(where: { $0.name == user.name }) else {
                    throw .sender("OperationProhibited", "UsernameClash", reason: "there is a user \"\(user.name)\"")
                }
                guard device.system.users.count < device.model.access.maximumUsers else {
                    throw .receiver(
                        "Action", "TooManyUsers", reason: "at most \(device.model.access.maximumUsers) users are kept")
                }
                device.system.users.append(user)
                device.remember(user)
            }
            return EmptyResponse()
        }
    }
}

extension XMLElement {
    /// Reads a `tt:User`; a password left out is read as empty.
    fileprivate func user() throws(Fault) -> User {
        User(
            name: try string("Username"), password: optionalString("Password") ?? "",
            level: try choice("UserLevel", UserLevel.self),
            roles: child("Extension")?.optionalString("Roles")?.split(whereSeparator: \.isWhitespace).map(String.init)
                ?? [])
    }
}

extension DeviceState {
    /// - Throws: `OperationProhibited/UsernameTooShort`, `…/UsernameTooLong`, `…/PasswordTooLong`, `…/PasswordTooWeak`,
    ///   `…/AnonymousNotAllowed`, `InvalidArgVal` for roles without the level Extended or the other way round, and
    ///   `InvalidArgVal/InvalidUserRole`.
    func check(_ user: User) throws(Fault) {
        guard !user.name.isEmpty else {
            throw .sender("OperationProhibited", "UsernameTooShort", reason: "a name has at least 1 character")
        }
        guard user.name.count <= DeviceService.CreateUsers.nameLimit else {
            throw .sender("OperationProhibited", "UsernameTooLong", reason: "a name has at most 64 characters")
        }
        guard user.password.count <= DeviceService.CreateUsers.passwordLimit else {
            throw .sender("OperationProhibited", "PasswordTooLong", reason: "a password has at most 64 characters")
        }
        let isUnchanged = system.users.contains { $0.name == user.name && $0.password == user.password }
        if !isUnchanged, let objection = system.passwords.objection(to: user.password, of: user.name) {
            throw .sender("OperationProhibited", "PasswordTooWeak", reason: objection)
        }
        guard user.level != .anonymous else {
            throw .sender("OperationProhibited", "AnonymousNotAllowed", reason: "no user can be made anonymous")
        }
        try checkRoles(of: user)
    }

    private func checkRoles(of user: User) throws(Fault) {
        guard user.level != .extended || model.system.maximumUserRoles > 0 else {
            throw .sender("InvalidArgVal", reason: "the device has no user roles, and so no level Extended")
        }
        guard (user.level == .extended) == !user.roles.isEmpty else {
            throw .sender("InvalidArgVal", reason: "the level Extended, and no other, comes with roles")
        }
        for name in user.roles
        where !system.roles.contains(where: { $0.name == name })
            && !UserRole.predefined.contains(where: { $0.name == name })
        {
            throw .noUserRole(name)
        }
    }

    fileprivate mutating func remember(_ user: User) {
        system.passwords.remember(user.password, of: user.name, limit: model.system.maximumPasswordHistory)
    }
}

extension DeviceService {
    /// Changes password, level and roles of users that exist; a password left out is an empty one, which is too weak.
    ///
    /// Source: ONVIF Core 26.06 §8.4.6 SetUser.
    package struct SetUser: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var users: [User]

        package init(_ request: XMLElement) throws(Fault) {
            users = []
            for user in request.children("User") { users.append(try user.user()) }
        }

        /// - Throws: `InvalidArgVal/UsernameMissing`, `InvalidArgVal/FixedUser` and what `check` throws.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            for user in users {
                guard let index = device.system.users.firstIndex(where: { $0.name == user.name }) else {
                    throw .sender("InvalidArgVal", "UsernameMissing", reason: "there is no user \"\(user.name)\"")
                }
                try device.check(user)
                // What the factory set was never remembered.
                device.remember(device.system.users[index])
                device.system.users[index] = user
                device.remember(user)
            }
            try device.keepAnAdministrator()
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Core 26.06 §8.4.5 DeleteUsers.
    package struct DeleteUsers: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var names: [String]

        package init(_ request: XMLElement) throws(Fault) {
            names = request.children("Username").map(\.trimmedText)
        }

        /// - Throws: `InvalidArgVal/UsernameMissing`, `InvalidArgVal/FixedUser`; nobody is deleted then.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            for name in names {
                guard let index = device.system.users.firstIndex(where: { $0.name == name }) else {
                    throw .sender("InvalidArgVal", "UsernameMissing", reason: "there is no user \"\(name)\"")
                }
                device.system.users.remove(at: index)
                device.system.passwords.forget(name)
            }
            try device.keepAnAdministrator()
            return EmptyResponse()
        }
    }
}

extension DeviceState {
    /// A device without an administrator could never be managed again.
    fileprivate func keepAnAdministrator() throws(Fault) {
        guard system.users.contains(where: { $0.level == .administrator }) else {
            throw .sender("InvalidArgVal", "FixedUser", reason: "the last administrator stays one")
        }
    }
}
