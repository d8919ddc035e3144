import Foundation
import XML

/// The official WSDL and XSD files as a generator of requests needs them: operations, and the declarations of their messages.
///
/// Only names are resolved here; what a declaration means is read where it is used.
///
/// Source: WSDL 1.1 §2; XML Schema part 1 §3.
package struct Definitions: Sendable {
    static let wsdl = "http://schemas.xmlsoap.org/wsdl/"
    static let xsd = "http://www.w3.org/2001/XMLSchema"

    /// A name with its namespace.
    package struct QualifiedName: Hashable, Sendable {
        package let namespace: String
        package let name: String
    }

    /// A component of a schema with the target namespace of the schema that it stands in.
    struct Component: Sendable {
        let node: XMLElement
        let namespace: String
    }

    /// An operation of a port type.
    package struct Operation: Sendable {
        package let portType: String
        package let name: String
        /// The element that asks for it.
        package let request: QualifiedName
        /// The element that answers it; nil for an operation without an answer.
        package let response: QualifiedName?
    }

    /// What a namespace's schemas declare at the top.
    enum Kind: Hashable {
        case element, type, group, attributeGroup, attribute
    }

    private var components: [Kind: [QualifiedName: Component]] = [:]
    /// Operations by WSDL file, paths as below the folder.
    private var operations: [String: [Operation]] = [:]

    /// Reads every WSDL and XSD file below the folder that `CI/setup` fills.
    package init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["GLASSEYE_SCHEMAS"]
        try self.init(folder: named ?? root.appending(path: ".schemas").path)
    }

    init(folder: String) throws {
        let folder = URL(filePath: folder).resolvingSymlinksInPath()
        let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? [])
            .compactMap { $0 as? URL }.filter { ["wsdl", "xsd"].contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
        guard !files.isEmpty else { throw NoDefinitions(folder: folder.path) }
        for file in files {
            let root = try XMLParser.parse(Array(try Data(contentsOf: file)).span, limits: Self.limits)
            if root.isNamed("schema", in: Self.xsd) {
                add(schema: root)
            } else {
                for types in root.children("types") { types.children("schema").forEach { add(schema: $0) } }
                let path = String(file.path.dropFirst(folder.path.count + 1))
                operations[path] = Self.operations(of: root)
            }
        }
    }

    /// The files are some hundred KiB long.
    private static let limits = XMLLimits(bytes: 8 << 20, depth: 64, elements: 200_000)

    struct NoDefinitions: Error, CustomStringConvertible {
        let folder: String
        var description: String { "\(folder) holds no WSDL; run CI/setup, which fetches the official files" }
    }

    // MARK: Reading

    private mutating func add(schema: XMLElement) {
        let namespace = schema.attribute("targetNamespace") ?? ""
        let kinds: [String: Kind] = [
            "element": .element, "complexType": .type, "simpleType": .type, "group": .group,
            "attributeGroup": .attributeGroup, "attribute": .attribute,
        ]
        for node in schema.children {
            guard let kind = kinds[node.name], let name = node.attribute("name") else { continue }
            components[kind, default: [:]][QualifiedName(namespace: namespace, name: name)] =
                Component(node: node, namespace: namespace)
        }
    }

    private static func operations(of root: XMLElement) -> [Operation] {
        var messages: [String: QualifiedName] = [:]
        for message in root.children("message") {
            guard let name = message.attribute("name"), let part = message.child("part"),
                let element = part.attribute("element")
            else { continue }
            messages[name] = part.resolve(element)
        }
        func element(_ direction: XMLElement?) -> QualifiedName? {
            direction?.attribute("message")?.split(separator: ":").last.flatMap { messages[String($0)] }
        }
        return root.children("portType").flatMap { portType in
            portType.children("operation").compactMap { operation in
                guard let name = operation.attribute("name"), let request = element(operation.child("input")) else {
                    return nil
                }
                return Operation(
                    portType: portType.attribute("name") ?? "", name: name, request: request,
                    response: element(operation.child("output")))
            }
        }
    }

    // MARK: Asking

    /// The operations of one WSDL file.
    ///
    /// - Parameters:
    ///   - file: the path below the folder, for example `ver10/device/wsdl/devicemgmt.wsdl`.
    ///   - portTypes: nil for all.
    /// - Returns: in the order of the file; empty for a file that is not there.
    package func operations(of file: String, portTypes: Set<String>? = nil) -> [Operation] {
        (operations[file] ?? []).filter { portTypes?.contains($0.portType) ?? true }
    }

    func component(_ kind: Kind, _ name: QualifiedName) -> Component? { components[kind]?[name] }
}

extension XMLElement {
    /// A QName in content or in an attribute (Namespaces in XML 1.0 §4).
    func resolve(_ text: String) -> Definitions.QualifiedName {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let (prefix, name) = parts.count == 2 ? (parts[0], parts[1]) : ("", text)
        return Definitions.QualifiedName(namespace: scope?.namespace(of: prefix) ?? "", name: name)
    }
}
