package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.5.1 GetPasswordComplexityOptions.
    package struct GetPasswordComplexityOptions: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasPasswordComplexity }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response()
        }

        package struct Response: ResponseMessage, Equatable {
            package func write(to writer: inout XMLWriter) {
                let rules = SetPasswordComplexityConfiguration.self
                writer.integerRange("MinLenRange", rules.lengthRange)
                writer.integerRange("UppercaseRange", rules.countRange)
                writer.integerRange("NumberRange", rules.countRange)
                writer.integerRange("SpecialCharsRange", rules.countRange)
                writer.element(.tds, "BlockUsernameOccurrenceSupported", true)
                writer.element(.tds, "PolicyConfigurationLockSupported", true)
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.5.2 GetPasswordComplexityConfiguration.
    package struct GetPasswordComplexityConfiguration: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasPasswordComplexity }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(policy: device.system.passwords)
        }

        package struct Response: ResponseMessage, Equatable {
            package var policy: PasswordPolicy

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "MinLen", policy.minimumLength)
                writer.element(.tds, "Uppercase", policy.uppercase)
                writer.element(.tds, "Number", policy.numbers)
                writer.element(.tds, "SpecialChars", policy.specialCharacters)
                writer.element(.tds, "BlockUsernameOccurrence", policy.blocksUsername)
                writer.element(.tds, "PolicyConfigurationLocked", policy.isLocked)
            }
        }
    }

    /// Sets what new passwords must be like; the ones there are stay, and so does a rule that is left out.
    ///
    /// Source: ONVIF Core 26.06 §8.5.3 SetPasswordComplexityConfiguration.
    package struct SetPasswordComplexityConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem
        /// Characters
        static let lengthRange = 1...CreateUsers.passwordLimit
        /// Characters of one kind.
        static let countRange = 0...CreateUsers.passwordLimit

        private var minimumLength: Int?
        private var uppercase: Int?
        private var numbers: Int?
        private var specialCharacters: Int?
        private var blocksUsername: Bool?
        private var isLocked: Bool?

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.hasPasswordComplexity }

        /// - Throws: `InvalidArgVal` for a number out of its range.
        package init(_ request: XMLElement) throws(Fault) {
            minimumLength = try request.optionalInteger("MinLen", in: Self.lengthRange)
            uppercase = try request.optionalInteger("Uppercase", in: Self.countRange)
            numbers = try request.optionalInteger("Number", in: Self.countRange)
            specialCharacters = try request.optionalInteger("SpecialChars", in: Self.countRange)
            blocksUsername = try request.optionalBoolean("BlockUsernameOccurrence")
            isLocked = try request.optionalBoolean("PolicyConfigurationLocked")
        }

        /// - Throws: `InvalidArgVal` for rules that no password can obey, and while the policies are locked.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            try device.checkPoliciesAreUnlocked()
            var policy = device.system.passwords
            policy.minimumLength = minimumLength ?? policy.minimumLength
            policy.uppercase = uppercase ?? policy.uppercase
            policy.numbers = numbers ?? policy.numbers
            policy.specialCharacters = specialCharacters ?? policy.specialCharacters
            policy.blocksUsername = blocksUsername ?? policy.blocksUsername
            policy.isLocked = isLocked ?? policy.isLocked
            guard policy.uppercase + policy.numbers + policy.specialCharacters <= CreateUsers.passwordLimit else {
                throw .sender(
                    "InvalidArgVal",
                    reason: "no password of \(CreateUsers.passwordLimit) characters could obey these rules together")
            }
            device.system.passwords = policy
            return EmptyResponse()
        }
    }
}

extension DeviceState {
    /// - Throws: `InvalidArgVal` once the policies are locked, which only a hard reset undoes.
    func checkPoliciesAreUnlocked() throws(Fault) {
        guard !system.passwords.isLocked else {
            throw .sender("InvalidArgVal", reason: "the security policies are locked until the next hard reset")
        }
    }
}

extension XMLElement {
    /// - Throws: `InvalidArgVal`.
    func optionalInteger(_ name: String, in range: ClosedRange<Int>) throws(Fault) -> Int? {
        guard let number = try optionalInteger(name) else { return nil }
        guard range.contains(number) else {
            throw .sender(
                "InvalidArgVal", reason: "\(name) is \(range.lowerBound) to \(range.upperBound), not \(number)")
        }
        return number
    }

    /// - Throws: `InvalidArgVal`, `InvalidArgs` where there is none.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(Fault) -> Int {
        _ = try required(name)
        return try optionalInteger(name, in: range) ?? range.lowerBound
    }
}

extension XMLWriter {
    /// A `tt:IntRange`.
    mutating func integerRange(_ name: String, _ range: ClosedRange<Int>) {
        element(.tds, name) { writer in
            writer.element(.tt, "Min", range.lowerBound)
            writer.element(.tt, "Max", range.upperBound)
        }
    }
}
