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
                try user.check()
                guard !device.system.users.contains(where: { $0.name == user.name }) else {
                    throw .sender("OperationProhibited", "UsernameClash", reason: "there is a user \"\(user.name)\"")
                }
                guard device.system.users.count < device.model.access.maximumUsers else {
                    throw .receiver(
                        "Action", "TooManyUsers", reason: "at most \(device.model.access.maximumUsers) users are kept")
                }
                device.system.users.append(user)
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
            level: try choice("UserLevel", UserLevel.self))
    }
}

extension User {
    /// - Throws: `OperationProhibited/UsernameTooLong`, `…/PasswordTooLong`, `…/PasswordTooWeak`, `…/AnonymousNotAllowed`.
    fileprivate func check() throws(Fault) {
        guard !name.isEmpty, name.count <= DeviceService.CreateUsers.nameLimit else {
            throw .sender("OperationProhibited", "UsernameTooLong", reason: "a name has 1 to 64 characters")
        }
        guard password.count <= DeviceService.CreateUsers.passwordLimit else {
            throw .sender("OperationProhibited", "PasswordTooLong", reason: "a password has at most 64 characters")
        }
        guard !password.isEmpty else {
            throw .sender("OperationProhibited", "PasswordTooWeak", reason: "a password must not be empty")
        }
        guard level != .anonymous else {
            throw .sender("OperationProhibited", "AnonymousNotAllowed", reason: "no user can be made anonymous")
        }
    }
}

extension DeviceService {
    /// Changes password and level of users that exist; a password left out stays as it is.
    ///
    /// Source: ONVIF Core 26.06 §8.4.6 SetUser.
    package struct SetUser: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        private var changes: [(user: User, keepsPassword: Bool)]

        package init(_ request: XMLElement) throws(Fault) {
            changes = []
            for element in request.children("User") {
                changes.append((try element.user(), element.child("Password") == nil))
            }
        }

        /// - Throws: `InvalidArgVal/UsernameMissing`, `OperationProhibited/FixedUser`-like faults of `check`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            for (change, keepsPassword) in changes {
                guard let index = device.system.users.firstIndex(where: { $0.name == change.name }) else {
                    throw .sender("InvalidArgVal", "UsernameMissing", reason: "there is no user \"\(change.name)\"")
                }
                var user = change
                if keepsPassword { user.password = device.system.users[index].password }
                try user.check()
                device.system.users[index] = user
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
