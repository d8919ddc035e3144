import CXML2
import Foundation

/// The schemas of a folder, made ready for libxml2: every document by a location that exists only in memory, and one
/// driver that imports each namespace once.
///
/// libxml2 takes only the first document that it meets of a namespace, so documents that share one are gathered
/// behind an including document first.
struct SchemaFolder {
    /// All folders of the layout hang below this made-up root.
    static let root = "/schemas/"
    static let driverLocation = root + "driver.xsd"
    /// A schema file is at most some hundred KiB.
    static let fileLimitBytes = 4 << 20
    static let fileCountLimit = 500

    private static let schemaNamespace = "http://www.w3.org/2001/XMLSchema"
    private static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

    /// Location → bytes, the driver included.
    private(set) var documents: [String: [UInt8]] = [:]
    /// All elements declared at the top level of a schema.
    private(set) var elements: Set<QualifiedName> = []

    init(path: String) throws(XMLSchemaError) {
        guard FileManager.default.fileExists(atPath: path + "/ver10/schema/onvif.xsd") else {
            throw .noFolder(path: path)
        }
        // The walk over a folder does not enter a link.
        let path = URL(filePath: path).resolvingSymlinksInPath().path
        // Namespace → locations of schema files, and of schemas inside WSDL documents.
        var files: [String: [String]] = [:]
        var inline: [String: [String]] = [:]
        for name in try Self.names(in: path) {
            let bytes = try Self.bytes(of: path + "/" + name)
            let location = Self.root + name
            if name.hasSuffix(".wsdl") {
                for (index, schema) in try Self.schemas(inWSDL: bytes, path: name).enumerated() {
                    let inlineLocation = "\(location).\(index).xsd"
                    guard let namespace = try add(Array(schema.utf8), at: inlineLocation) else { continue }
                    inline[namespace, default: []].append(inlineLocation)
                }
            } else if let namespace = try add(bytes, at: location) {
                files[namespace, default: []].append(location)
            }
        }
        // Some services come twice, once made ready for other tools; the plain one has the shorter name.
        var chosen = files
        for (namespace, locations) in inline where chosen[namespace] == nil {
            chosen[namespace] = locations.min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { [$0] }
        }
        chosen[Self.xmlNamespace] = nil
        addDriver(importing: chosen)
    }

    private mutating func addDriver(importing chosen: [String: [String]]) {
        var imports = ""
        // Gathered ones first, before another schema imports one of their documents alone.
        let order = chosen.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        for (number, (namespace, locations)) in order.enumerated() {
            var location = locations.first ?? ""
            if locations.count > 1 {
                location = "\(Self.root)gathered-\(number).xsd"
                let includes = locations.sorted().map { #"<xs:include schemaLocation="\#($0)"/>"# }.joined()
                let head = #"<xs:schema xmlns:xs="\#(Self.schemaNamespace)" targetNamespace="\#(namespace)">"#
                documents[location] = Array((head + includes + "</xs:schema>").utf8)
            }
            imports += #"<xs:import namespace="\#(namespace)" schemaLocation="\#(location)"/>"#
        }
        documents[Self.driverLocation] = Array(
            #"<xs:schema xmlns:xs="\#(Self.schemaNamespace)">\#(imports)</xs:schema>"#.utf8)
    }

    /// Lets the wildcards of the named types take other namespaces only.
    ///
    /// Some ONVIF types end in a wildcard that also matches the optional element before it, which XML Schema 1.0
    /// (§3.8.6, Unique Particle Attribution) forbids and libxml2 refuses to compile.
    mutating func narrowWildcards(ofTypes types: Set<String>) throws(XMLSchemaError) {
        for (location, bytes) in documents {
            do {
                let document = try XMLDocument(bytes)
                let names = ["xs": Self.schemaNamespace]
                guard
                    case .nodes(let wildcards) = try document.evaluate(
                        "//xs:complexType[@name]//xs:any", namespaces: names)
                else { continue }
                var isChanged = false
                for path in wildcards.compactMap(\.path) {
                    guard
                        case .string(let type) = try document.evaluate(
                            "string(ancestor::xs:complexType[@name][1]/@name)", from: path, namespaces: names),
                        types.contains(type), let node = unsafe document.node(at: path)
                    else { continue }
                    unsafe xmlSetProp(node, "namespace", "##other")
                    isChanged = true
                }
                if isChanged, let text = document.serialized(XMLElementPath()) {
                    documents[location] = Array(text.utf8)
                }
            } catch {
                throw .unreadable(path: location, reason: "\(error)")
            }
        }
    }

    /// Keeps the schema and what it declares.
    ///
    /// - Returns: its target namespace; `nil` for documents that are no schema or have none.
    private mutating func add(_ bytes: [UInt8], at location: String) throws(XMLSchemaError) -> String? {
        do {
            let document = try XMLDocument(bytes)
            let names = ["xs": Self.schemaNamespace]
            guard
                case .string(let namespace) = try document.evaluate(
                    "string(/xs:schema/@targetNamespace)", namespaces: names),
                case .nodes(let declared) = try document.evaluate("/xs:schema/xs:element/@name", namespaces: names),
                case .boolean(true) = try document.evaluate("boolean(/xs:schema)", namespaces: names)
            else { return nil }
            documents[location] = bytes
            guard !namespace.isEmpty else { return nil }
            elements.formUnion(declared.map { QualifiedName(name: $0.text, namespace: namespace) })
            return namespace
        } catch let error as XMLDocumentError where error == .documentType {
            // The layout holds pages and style sheets under schema names of no use here.
            return nil
        } catch {
            throw .unreadable(path: location, reason: "\(error)")
        }
    }

    /// The schemas in `wsdl:types`, each a document of its own.
    private static func schemas(inWSDL bytes: [UInt8], path: String) throws(XMLSchemaError) -> [String] {
        do {
            let document = try XMLDocument(bytes)
            guard case .nodes(let schemas) = try document.evaluate("//xs:schema", namespaces: ["xs": schemaNamespace])
            else { return [] }
            return schemas.compactMap(\.path).compactMap { document.serialized($0) }
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    /// Paths of schema and WSDL files below the folder, sorted; those of W3C have no extension.
    private static func names(in path: String) throws(XMLSchemaError) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: path) else {
            throw .unreadable(path: path, reason: "the folder cannot be read")
        }
        var names: [String] = []
        for case let name as String in walk {
            let file = name.split(separator: "/").last ?? ""
            let isW3C = name.hasPrefix("schema/common/") && !file.contains(".")
            guard name.hasSuffix(".xsd") || name.hasSuffix(".wsdl") || isW3C else { continue }
            names.append(name)
            guard names.count <= fileCountLimit else {
                throw .unreadable(path: path, reason: "more than \(fileCountLimit) schema files")
            }
        }
        return names.sorted()
    }

    private static func bytes(of path: String) throws(XMLSchemaError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .unreadable(path: path, reason: "the file cannot be read")
        }
        guard data.count <= fileLimitBytes else {
            throw .unreadable(path: path, reason: "larger than \(fileLimitBytes) bytes")
        }
        return [UInt8](data)
    }
}
