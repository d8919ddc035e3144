import XML

/// A filter on topics: `tns1:RuleEngine//.|tns1:VideoSource/MotionAlarm`.
///
/// Source: ONVIF Core 26.06 §9.6.3 Topic filter (ConcreteSet); WS-Topics 1.3 §8.2 (Concrete).
package struct EventTopicExpression: Equatable, Sendable {
    package enum Dialect: String, CaseIterable, Sendable {
        case concrete = "http://docs.oasis-open.org/wsn/t-1/TopicExpression/Concrete"
        case concreteSet = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
    }

    package enum ParseError: Error, Equatable, Sendable {
        case tooLong(limit: Int)
        /// A path that the grammar does not allow.
        case malformed(String)
        case unknownPrefix(String)
    }

    /// The longest expression, in characters.
    package static let lengthLimit = 4096

    struct Path: Equatable, Sendable {
        /// Nil matches nothing that we announce: the root is of another topic namespace, or of none.
        var topic: String?
        var includesDescendants: Bool
    }

    private(set) var paths: [Path]

    /// - Parameters:
    ///   - text: the expression, white space around paths allowed.
    ///   - dialect: `concrete` allows neither `|` nor `//.`.
    ///   - namespace: resolves a prefix; the empty prefix means the default namespace.
    /// - Throws: `ParseError`; the first offence from the left.
    package init(_ text: String, dialect: Dialect, namespace: (String) -> String?) throws(ParseError) {
        guard text.utf8.count <= Self.lengthLimit else { throw .tooLong(limit: Self.lengthLimit) }
        paths = []
        for part in text.split(separator: "|", omittingEmptySubsequences: false) {
            var path = part[...]
            while path.first?.isWhitespace == true { path.removeFirst() }
            while path.last?.isWhitespace == true { path.removeLast() }
            let includesDescendants = path.hasSuffix("//.")
            if includesDescendants { path.removeLast(3) }
            let topic = try Self.topic(path, namespace)
            paths.append(Path(topic: topic, includesDescendants: includesDescendants))
            if dialect == .concrete, includesDescendants || paths.count > 1 { throw .malformed(text) }
        }
    }

    /// Resolves prefixes: our topics are all of `tns1:`, whatever the client calls it.
    private static func topic(_ path: Substring, _ namespace: (String) -> String?) throws(ParseError) -> String? {
        var names: [Substring] = []
        var isKnown = true
        for (index, step) in path.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
            let parts = step.split(separator: ":", omittingEmptySubsequences: false)
            guard let name = parts.last, parts.count <= 2, parts.allSatisfy(\.isTopicName) else {
                throw .malformed(String(path))
            }
            if parts.count == 2 {
                let prefix = String(parts[0])
                guard let uri = namespace(prefix) else { throw .unknownPrefix(prefix) }
                if uri != XMLNamespace.tns1.uri { isKnown = false }
            } else if index == 0, namespace("") != XMLNamespace.tns1.uri {
                isKnown = false
            }
            names.append(name)
        }
        return isKnown ? "tns1:" + names.joined(separator: "/") : nil
    }

    /// Whether a concrete topic, written with the prefix `tns1`, is among those that the expression selects.
    package func matches(_ topic: String) -> Bool {
        paths.contains { path in
            guard let root = path.topic else { return false }
            return topic == root || path.includesDescendants && topic.hasPrefix(root + "/")
        }
    }
}

extension Substring {
    /// An NCName (Namespaces in XML 1.0 §4).
    fileprivate var isTopicName: Bool {
        guard let first, first.isLetter || first == "_" else { return false }
        return allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
    }
}
