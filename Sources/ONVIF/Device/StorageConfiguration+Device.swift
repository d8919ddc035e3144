package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.8.3 GetStorageConfigurations.
    package struct GetStorageConfigurations: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readMedia
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumStorageConfigurations > 0 }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(configurations: device.system.storage)
        }

        package struct Response: ResponseMessage, Equatable {
            package var configurations: [StorageConfiguration]

            package func write(to writer: inout XMLWriter) {
                for configuration in configurations { writer.storage("StorageConfigurations", configuration) }
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.8.5 GetStorageConfiguration.
    package struct GetStorageConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.readMedia

        package var token: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumStorageConfigurations > 0 }

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.token("Token")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(configuration: device.system.storage[try device.storageIndex(token)])
        }

        package struct Response: ResponseMessage, Equatable {
            package var configuration: StorageConfiguration

            package func write(to writer: inout XMLWriter) {
                writer.storage("StorageConfiguration", configuration)
            }
        }
    }

    /// Keeps where recordings could go; nothing is recorded there.
    ///
    /// Source: ONVIF Core 26.06 §8.8.4 CreateStorageConfiguration.
    package struct CreateStorageConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.actuate

        package var configuration: StorageConfiguration

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumStorageConfigurations > 0 }

        package init(_ request: XMLElement) throws(Fault) {
            configuration = try request.required("StorageConfiguration").storage(token: "")
        }

        /// - Throws: `OperationProhibited/MaxStorageConfigurations`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let limit = device.model.system.maximumStorageConfigurations
            guard device.system.storage.count < limit else {
                throw .receiver(
                    "OperationProhibited", "MaxStorageConfigurations", reason: "at most \(limit) are kept; delete one")
            }
            device.system.lastStorageNumber += 1
            var configuration = configuration
            configuration.token = "Storage_\(device.system.lastStorageNumber)"
            device.system.storage.append(configuration)
            return Response(token: configuration.token)
        }

        package struct Response: ResponseMessage, Equatable {
            package var token: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Token", token)
            }
        }
    }

    /// Source: ONVIF Core 26.06 §8.8.6 SetStorageConfiguration.
    package struct SetStorageConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.actuate

        package var configuration: StorageConfiguration

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumStorageConfigurations > 0 }

        /// - Throws: `InvalidArgVal/ConfigModify`.
        package init(_ request: XMLElement) throws(Fault) {
            let element = try request.required("StorageConfiguration")
            configuration = try element.required("Data").storage(token: try element.requiredAttribute("token"))
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.system.storage[try device.storageIndex(configuration.token)] = configuration
            return EmptyResponse()
        }
    }

    /// Source: ONVIF Core 26.06 §8.8.7 DeleteStorageConfiguration.
    package struct DeleteStorageConfiguration: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.actuate

        package var token: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumStorageConfigurations > 0 }

        package init(_ request: XMLElement) throws(Fault) {
            token = try request.token("Token")
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.system.storage.remove(at: try device.storageIndex(token))
            return EmptyResponse()
        }
    }
}

extension DeviceState {
    /// - Throws: `InvalidArgVal/NoConfig`.
    fileprivate func storageIndex(_ token: String) throws(Fault) -> Int {
        guard let index = system.storage.firstIndex(where: { $0.token == token }) else {
            throw .sender(
                "InvalidArgVal", "NoConfig", reason: "there is no storage configuration \"\(token.prefix(64))\"")
        }
        return index
    }
}

extension XMLElement {
    /// Reads a `tds:StorageConfigurationData`.
    ///
    /// - Throws: `InvalidArgVal/ConfigModify` for what the device does not store to: another type, a renewal, a text too long.
    fileprivate func storage(token: String) throws(Fault) -> StorageConfiguration {
        let type = try requiredAttribute("type")
        guard let kind = StorageConfiguration.Kind(rawValue: type) else {
            let known = StorageConfiguration.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .sender("InvalidArgVal", "ConfigModify", reason: "there is no storage type \"\(type)\"; use \(known)")
        }
        guard child("ConfigurationRenewal") == nil else {
            throw .sender("InvalidArgVal", "ConfigModify", reason: "the device renews no storage configurations")
        }
        let user = child("User")
        let configuration = StorageConfiguration(
            token: token, kind: kind, region: attribute("Region"), localPath: optionalString("LocalPath"),
            uri: optionalString("StorageUri"), userName: try user?.string("UserName"),
            password: user?.optionalString("Password"), sessionToken: user?.optionalString("Token"))
        let texts = [
            configuration.region, configuration.localPath, configuration.uri, configuration.userName,
            configuration.password, configuration.sessionToken,
        ]
        guard texts.allSatisfy({ ($0 ?? "").utf8.count <= StorageConfiguration.textLimit }) else {
            throw .sender(
                "InvalidArgVal", "ConfigModify", reason: "a text has at most \(StorageConfiguration.textLimit) bytes")
        }
        return configuration
    }
}

extension XMLWriter {
    /// A `tds:StorageConfiguration` without its secrets.
    fileprivate mutating func storage(_ name: String, _ configuration: StorageConfiguration) {
        element(.tds, name, [("token", configuration.token)]) { writer in
            var attributes = [("type", configuration.kind.rawValue)]
            if let region = configuration.region { attributes.append(("Region", region)) }
            writer.element(.tds, "Data", attributes) { writer in
                writer.optional(.tds, "LocalPath", configuration.localPath)
                writer.optional(.tds, "StorageUri", configuration.uri)
                if let userName = configuration.userName {
                    writer.element(.tds, "User") { $0.element(.tds, "UserName", userName) }
                }
            }
        }
    }
}
