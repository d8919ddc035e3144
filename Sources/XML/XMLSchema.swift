import CXML2
import Synchronization

/// The compiled schemas of a folder, which judge whole SOAP messages.
///
/// Compiling takes some tenths of a second: do it once per run. Validation takes turns on a lock.
package final class XMLSchema: Sendable {
    /// Findings kept of one document.
    package static let findingLimit = 50

    private let compiled: Mutex<CompiledSchema>
    private let elements: Set<QualifiedName>

    /// Compiles all schemas below the folder: `*.xsd`, and what stands in the `types` of each `*.wsdl`.
    ///
    /// Locations of imports are looked up inside the folder only; nothing is fetched.
    /// - Throws: ``XMLSchemaError``.
    package init(folder: String) throws(XMLSchemaError) {
        var sources = try SchemaFolder(path: folder)
        elements = sources.elements
        do throws(XMLSchemaError) {
            compiled = Mutex(try CompiledSchema(sources))
        } catch {
            let types = error.ambiguousTypes
            guard !types.isEmpty else { throw error }
            try sources.narrowWildcards(ofTypes: types)
            compiled = Mutex(try CompiledSchema(sources))
        }
    }

    /// Whether a schema of the folder declares this element; `any` contents that nothing declares go unjudged.
    package func declares(_ name: String, namespace: String) -> Bool {
        elements.contains(QualifiedName(name: name, namespace: namespace))
    }

    /// What the schemas forbid in the document, at most ``findingLimit`` findings; empty for a valid one.
    package func validate(_ document: borrowing XMLDocument) -> [SchemaFinding] {
        let tree = unsafe UInt(bitPattern: document.tree)
        let findings = compiled.withLock { unsafe $0.validate(xmlDocPtr(bitPattern: tree)) }
        return findings
    }
}

/// An element's name with its namespace resolved.
struct QualifiedName: Hashable, Sendable {
    var name: String
    var namespace: String
}

/// One thing that a schema forbids.
package struct SchemaFinding: Equatable, Sendable {
    /// Counted from 1.
    package var line: Int
    /// libxml2's words, such as "Element '{…}Name': This element is not expected."
    package var message: String
}

/// Why there is no schema to judge by.
package enum XMLSchemaError: Error, Equatable, Sendable {
    case noFolder(path: String)
    case unreadable(path: String, reason: String)
    case notCompiled(findings: [SchemaFinding])
    case outOfMemory
}

extension XMLSchemaError {
    /// The types that libxml2 refuses for their ambiguous wildcards, when nothing else is wrong.
    fileprivate var ambiguousTypes: Set<String> {
        guard case .notCompiled(let findings) = self else { return [] }
        let types = findings.compactMap { finding -> String? in
            guard finding.message.contains("not determinist"), finding.message.hasPrefix("complex type '") else {
                return nil
            }
            return finding.message.split(separator: "'").dropFirst().first.map(String.init)
        }
        return types.count == findings.count ? Set(types) : []
    }
}

extension XMLSchemaError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noFolder(let path):
            "\(path): no ONVIF schemas there (ver10/schema/onvif.xsd is missing); run CI/setup, "
                + "or name their folder in GLASSEYE_SCHEMAS"
        case .unreadable(let path, let reason): "\(path): \(reason); run CI/setup to get the schemas anew"
        case .notCompiled(let findings):
            "the schemas do not compile: "
                + findings.prefix(3).map { "line \($0.line): \($0.message)" }.joined(separator: "; ")
                + "; run CI/setup to get them anew"
        case .outOfMemory: "no memory to compile the schemas"
        }
    }
}

/// Owns an `xmlSchemaPtr`.
@safe private struct CompiledSchema: ~Copyable {
    private let schema: xmlSchemaPtr

    init(_ sources: SchemaFolder) throws(XMLSchemaError) {
        let sink = FindingSink()
        let schema: xmlSchemaPtr? = unsafe SchemaLoader.serving(sources.documents) {
            guard XMLLibrary.isReady, let parser = unsafe xmlSchemaNewParserCtxt(SchemaFolder.driverLocation) else {
                return nil
            }
            defer { unsafe xmlSchemaFreeParserCtxt(parser) }
            unsafe glasseye_xml_set_schema_parser_errors(
                parser, FindingSink.function, Unmanaged.passUnretained(sink).toOpaque())
            return unsafe withExtendedLifetime(sink) { unsafe xmlSchemaParse(parser) }
        }
        guard let schema = unsafe schema else {
            throw sink.findings.isEmpty ? .outOfMemory : .notCompiled(findings: sink.findings)
        }
        unsafe self.schema = schema
    }

    deinit { unsafe xmlSchemaFree(schema) }

    func validate(_ tree: xmlDocPtr?) -> [SchemaFinding] {
        let sink = FindingSink()
        guard let validation = unsafe xmlSchemaNewValidCtxt(schema) else {
            return [SchemaFinding(line: 0, message: "no memory to validate")]
        }
        defer { unsafe xmlSchemaFreeValidCtxt(validation) }
        unsafe glasseye_xml_set_schema_validation_errors(
            validation, FindingSink.function, Unmanaged.passUnretained(sink).toOpaque())
        let code = withExtendedLifetime(sink) { unsafe xmlSchemaValidateDoc(validation, tree) }
        if code != 0, sink.findings.isEmpty {
            return [SchemaFinding(line: 0, message: "invalid (libxml2 code \(code))")]
        }
        return sink.findings
    }
}

/// Takes libxml2's errors during one call.
private final class FindingSink {
    private(set) var findings: [SchemaFinding] = []

    static let function: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<xmlError>?) -> Void = {
        context, error in
        guard let context = unsafe context, let error = unsafe error else { return }
        let sink = unsafe Unmanaged<FindingSink>.fromOpaque(context).takeUnretainedValue()
        // Warnings tell of imports that are there already.
        guard unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue,
            sink.findings.count < XMLSchema.findingLimit
        else { return }
        let message = unsafe error.pointee.message.map { unsafe String(cString: $0).trimmingLineEnd } ?? "invalid"
        sink.findings.append(SchemaFinding(line: unsafe Int(error.pointee.line), message: message))
    }
}

/// Answers libxml2's requests for other documents out of memory, for the whole process.
///
/// Once in place it stays: what is not served here is refused, so no parser of this process reads files or the net
/// on its own.
private enum SchemaLoader {
    private static let served = Mutex<[String: [UInt8]]>([:])
    private static let isInPlace: Bool = {
        unsafe xmlSetExternalEntityLoader { location, _, parser in
            guard let location = unsafe location else { return nil }
            let name = unsafe String(cString: location)
            guard let bytes = SchemaLoader.bytes(at: name) else { return nil }
            return unsafe bytes.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return nil }
                return unsafe glasseye_xml_memory_input(parser, name, start, Int32(clamping: bytes.count))
            }
        }
        return true
    }()
    private static let turn = Mutex(())

    static func serving<Result>(_ documents: [String: [UInt8]], _ body: () -> Result) -> Result {
        precondition(isInPlace)
        return turn.withLock { _ in
            served.withLock { $0 = documents }
            defer { served.withLock { $0 = [:] } }
            return body()
        }
    }

    private static func bytes(at location: String) -> [UInt8]? {
        served.withLock { documents in
            if let found = documents[location] { return found }
            // Absolute locations of the net stand for the file of that name in the folder.
            guard location.contains("://") else { return nil }
            let wanted = "/" + (location.split(separator: "/").last.map(String.init) ?? "")
            return documents.keys.sorted().first { $0.hasSuffix(wanted) }.flatMap { documents[$0] }
        }
    }
}
