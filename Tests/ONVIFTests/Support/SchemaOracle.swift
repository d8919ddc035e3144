import Foundation
import Testing
import XML

/// The official schemas as judge of what the emulator sends; silent in a checkout where the set-up has not filled them in.
enum SchemaOracle {
    private static let folder: String = {
        if let named = ProcessInfo.processInfo.environment["GLASSEYE_SCHEMAS"] { return named }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: ".schemas").path
    }()

    private static let schema: Result<XMLSchema, any Error>? =
        FileManager.default.fileExists(atPath: folder + "/ver10/schema/onvif.xsd")
        ? Result { try XMLSchema(folder: folder) } : nil

    /// Whether the schemas have that element; true where there are none to ask.
    static func declares(_ name: String, in namespace: XMLNamespace) throws -> Bool {
        try schema?.get().declares(name, namespace: namespace.uri) ?? true
    }

    /// Records an issue for everything that the schemas forbid in the message.
    static func judge(_ message: [UInt8]) throws {
        guard let schema else { return }
        let findings = try schema.get().validate(try XMLDocument(message))
        #expect(findings.isEmpty, "\(String(decoding: message, as: UTF8.self))")
    }
}
