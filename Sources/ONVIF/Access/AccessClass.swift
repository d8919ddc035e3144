/// How far a request reaches, and so who may make it.
///
/// Source: ONVIF Core 26.06 §5.9.4.3 Access classes for service requests, §5.9.4.4 Default access policy.
package enum AccessClass: String, CaseIterable, Sendable {
    case preAuth = "PRE_AUTH"
    case readSystem = "READ_SYSTEM"
    case readSystemSensitive = "READ_SYSTEM_SENSITIVE"
    case readSystemSecret = "READ_SYSTEM_SECRET"
    case writeSystem = "WRITE_SYSTEM"
    case unrecoverable = "UNRECOVERABLE"
    case readMedia = "READ_MEDIA"
    case actuate = "ACTUATE"

    /// Whether operations of the class may change what the device is set to or does; the others only look, and those of
    /// event handling look after subscriptions.
    package var changesDevice: Bool {
        switch self {
        case .writeSystem, .unrecoverable, .actuate: true
        case .preAuth, .readSystem, .readSystemSensitive, .readSystemSecret, .readMedia: false
        }
    }

    /// The default access policy.
    package func allows(_ level: UserLevel) -> Bool {
        switch self {
        case .preAuth: true
        case .readSystem, .readMedia: level != .anonymous && level != .extended
        case .readSystemSensitive, .actuate: level == .administrator || level == .operator
        case .readSystemSecret, .writeSystem, .unrecoverable: level == .administrator
        }
    }
}

/// `tt:UserLevel`; anonymous stands for a request without credentials and is never given to an account, and the rights of an
/// extended user are those of its roles.
package enum UserLevel: String, Codable, CaseIterable, Sendable {
    case administrator = "Administrator"
    case `operator` = "Operator"
    case user = "User"
    case anonymous = "Anonymous"
    case extended = "Extended"
}

/// An account of the device.
package struct User: Codable, Equatable, Sendable {
    package var name: String
    package var password: String
    package var level: UserLevel
    /// Names of the roles of an extended user.
    package var roles: [String]

    package init(name: String, password: String, level: UserLevel, roles: [String] = []) {
        self.name = name
        self.password = password
        self.level = level
        self.roles = roles
    }
}
