import Foundation
import Testing
import XML

/// The official schemas as judge of what the emulator sends.
enum SchemaOracle {
    /// The folder that `CI/setup` fills; without it the tests fail and say so.
    private static let schema = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["GLASSEYE_SCHEMAS"]
        return try XMLSchema(folder: named ?? root.appending(path: ".schemas").path)
    }

    /// Whether the schemas have that element.
    static func declares(_ name: String, in namespace: XMLNamespace) throws -> Bool {
        try schema.get().declares(name, namespace: namespace.uri)
    }

    /// Records an issue for everything that the schemas forbid in the message.
    static func judge(_ message: [UInt8]) throws {
        let findings = try schema.get().validate(try XMLDocument(message))
        #expect(findings.isEmpty, "\(String(decoding: message, as: UTF8.self))")
    }
}
