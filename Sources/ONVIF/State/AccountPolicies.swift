package import Foundation

/// The least user level that each access class asks for, as an administrator changed it.
///
/// Source: ONVIF Core 26.06 §8.4.1 Get access policy; the format of the file is the device's own.
package struct AccessPolicy: Codable, Equatable, Sendable {
    /// Only what differs from the standard's default policy.
    private var levels: [AccessClass.RawValue: UserLevel] = [:]
    private static let firstLine = "glasseye-access-policy 1"
    /// The largest file, bytes.
    package static let sizeLimit = 4096
    private static let ranks: [UserLevel] = [.user, .operator, .administrator]

    package init() {}

    /// Reads the file: a first line that names the format, then a line for each class, `READ_MEDIA Operator`.
    ///
    /// Classes that are left out keep the default policy; empty lines and those that begin with `#` mean nothing.
    ///
    /// - Returns: nil for anything else, and for a level of PRE_AUTH, which nobody has to have.
    package init?(_ file: Data) {
        guard file.count <= Self.sizeLimit, let text = String(data: file, encoding: .utf8) else { return nil }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        guard lines.first == Self.firstLine else { return nil }
        for line in lines.dropFirst() {
            let words = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
            guard words.count == 2, let access = AccessClass(rawValue: words[0]), access != .preAuth,
                let level = UserLevel(rawValue: words[1]), Self.ranks.contains(level)
            else { return nil }
            if level != Self.ranks.first(where: access.allows) { levels[access.rawValue] = level }
        }
    }

    package var file: Data {
        var text = Self.firstLine + "\n# access class, least user level\n"
        for access in AccessClass.allCases where access != .preAuth {
            guard let level = Self.ranks.first(where: { allows($0, access) }) else { continue }
            text += "\(access.rawValue) \(level.rawValue)\n"
        }
        return Data(text.utf8)
    }

    /// Whether that level is enough; an administrator's always is.
    package func allows(_ level: UserLevel, _ access: AccessClass) -> Bool {
        guard let least = levels[access.rawValue], let asked = Self.ranks.firstIndex(of: least) else {
            return access.allows(level)
        }
        return Self.ranks.firstIndex(of: level).map { $0 >= asked } ?? false
    }
}

/// A set of operations that a user of the level Extended may call: `tt:UserRole`.
package struct UserRole: Codable, Equatable, Sendable {
    /// Names that begin so are the standard's.
    package static let reservedPrefix = "onvif:"
    /// The longest name, characters.
    package static let nameLimit = 64

    package var name: String
    /// Operations with the prefix of their service, such as `tptz:ContinuousMove`.
    package var functions: [String]

    /// What cannot be changed: the three user levels as roles.
    package static let predefined: [(name: String, level: UserLevel)] = [
        (reservedPrefix + "Administrator", .administrator), (reservedPrefix + "Operator", .operator),
        (reservedPrefix + "User", .user),
    ]
}

/// A user for remote access: `tt:RemoteUser`. It has the rights of an operator.
package struct RemoteUser: Codable, Equatable, Sendable {
    package var name: String
    package var password: String
}

/// Rules for passwords: `GetPasswordComplexityConfiguration` and `GetPasswordHistoryConfiguration`.
package struct PasswordPolicy: Codable, Equatable, Sendable {
    /// Characters; a password is never empty.
    package var minimumLength = 1
    /// The least number of letters in upper case.
    package var uppercase = 0
    package var numbers = 0
    /// The least number of characters that are neither letter nor number.
    package var specialCharacters = 0
    package var blocksUsername = false
    /// Until the next hard reset no policy changes any more.
    package var isLocked = false
    package var isHistoryEnabled = false
    /// Former passwords that must not come back.
    package var historyLength = 1
    /// The latest first, by user; kept also while the history is off, so that it works once it is on.
    private var former: [String: [String]] = [:]

    package init() {}

    /// - Returns: what is wrong with the password; nil where nothing is.
    func objection(to password: String, of name: String) -> String? {
        func lacks(_ least: Int, _ isCounted: (Character) -> Bool) -> Bool { password.count(where: isCounted) < least }
        if password.count < minimumLength { return "a password has \(minimumLength) characters at least" }
        if lacks(uppercase, \.isUppercase) { return "a password has \(uppercase) letters in upper case at least" }
        if lacks(numbers, \.isNumber) { return "a password has \(numbers) numbers at least" }
        if lacks(specialCharacters, { !$0.isLetter && !$0.isNumber }) {
            return "a password has \(specialCharacters) characters at least that are neither letter nor number"
        }
        if blocksUsername, password.lowercased().contains(name.lowercased()) {
            return "a password must not contain the name of its user"
        }
        if isHistoryEnabled, former[name]?.prefix(historyLength).contains(password) ?? false {
            return "a password must not be one of the \(historyLength) before"
        }
        return nil
    }

    /// Remembers that the user has had that password.
    mutating func remember(_ password: String, of name: String, limit: Int) {
        guard limit > 0 else { return }
        former[name] = Array(([password] + (former[name] ?? []).filter { $0 != password }).prefix(limit))
    }

    mutating func forget(_ name: String) {
        former[name] = nil
    }
}

/// When refused logins are worth a warning: `GetAuthFailureWarningConfiguration`.
package struct AuthFailureWarning: Codable, Equatable, Sendable {
    /// Seconds
    package static let periodRange = 1...3600
    package static let failureRange = 1...100

    package var isEnabled = false
    /// Seconds from the first refused login on.
    package var monitorPeriod = 60
    /// Refused logins within the period that are no warning yet.
    package var maximumFailures = 5
}

extension SystemState {
    /// Everybody who may log in, the remote user included.
    package var accounts: [User] {
        guard let remoteUser else { return users }
        return users + [User(name: remoteUser.name, password: remoteUser.password, level: .operator)]
    }

    /// Whether the policy lets the user make a request.
    ///
    /// Source: ONVIF Core 26.06 §5.9.4 Access policy, §8.4.10 User roles.
    ///
    /// - Parameters:
    ///   - access: the request's class.
    ///   - user: who makes it.
    ///   - functions: names of the operation as roles list them; one of them is enough.
    /// - Returns: true also where one of an extended user's roles allows it.
    package func allows(_ access: AccessClass, _ user: User, _ functions: [String]) -> Bool {
        guard user.level == .extended else { return accessPolicy.allows(user.level, access) }
        return user.roles.contains { name in
            if let role = UserRole.predefined.first(where: { $0.name == name }) {
                return accessPolicy.allows(role.level, access)
            }
            return roles.first { $0.name == name }?.functions.contains(where: functions.contains) ?? false
        }
    }
}
