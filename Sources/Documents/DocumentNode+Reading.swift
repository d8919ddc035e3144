import Foundation
package import Yams

extension DocumentNode {
    /// The text of a file.
    ///
    /// - Throws: `unreadable`.
    package static func text(_ path: String) throws(DocumentError) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .unreadable(file: path, reason: "it is no UTF-8 text or may not be opened")
        }
    }

    /// What YAML says.
    ///
    /// - Returns: nil for a text without content.
    /// - Throws: `notYAML`.
    package static func compose(_ text: String, file: String) throws(DocumentError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw notYAML(error, file: file)
        } catch {
            throw .notYAML(file: file, line: 1, reason: String(describing: error))
        }
    }

    private static func notYAML(_ error: YamlError, file: String) -> DocumentError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .notYAML(file: file, line: mark.line, reason: problem)
        default: .notYAML(file: file, line: 1, reason: String(describing: error))
        }
    }

    /// The line of a key's value, counted from 1; that of the mapping where there is none.
    package func line(of key: String) -> Int { (try? node(key))?.mark?.line ?? line }

    /// One of the names of an enumeration.
    ///
    /// - Throws: `missingKey`, `wrongValue` for a name that it does not have.
    package func name<Name: CaseIterable & RawRepresentable>(
        _ key: String, as type: Name.Type = Name.self
    ) throws(DocumentError) -> Name where Name.RawValue == String {
        let node = try node(key)
        guard let name = Name(rawValue: node.scalar?.string ?? "") else {
            throw wrong(key, node, "one of \(Name.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return name
    }
}
