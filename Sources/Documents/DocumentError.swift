/// What is wrong with a device profile, a scene or another file in YAML: where, what, and how to mend it.
public enum DocumentError: Error, Equatable, Sendable {
    case noSuchFile(file: String)
    case noSuchFaultFile(file: String)
    case noSuchScene(file: String)
    case unreadable(file: String, reason: String)
    case notYAML(file: String, line: Int, reason: String)
    case unknownKey(file: String, line: Int, key: String, inside: String, known: [String])
    case missingKey(file: String, line: Int, key: String, inside: String)
    case wrongValue(file: String, line: Int, key: String, value: String, expected: String)
    case recording(file: String, line: Int, reason: String)
    /// Values that are allowed each by itself, but not together.
    case contradiction(file: String, line: Int, reason: String)
    /// A recording that the user gave instead of the profile's.
    case ownRecording(reason: String)
}

extension DocumentError {
    /// The line of the mistake, counted from 1; nil where it has none.
    public var line: Int? {
        switch self {
        case .noSuchFile, .noSuchFaultFile, .noSuchScene, .unreadable, .ownRecording: nil
        case .notYAML(_, let line, _), .unknownKey(_, let line, _, _, _), .missingKey(_, let line, _, _),
            .wrongValue(_, let line, _, _, _), .recording(_, let line, _),
            .contradiction(_, let line, _):
            line
        }
    }

    /// Whether the file could not be read at all, so that nothing can be said of what is in it.
    public var isUnreadable: Bool {
        switch self {
        case .noSuchFile, .noSuchFaultFile, .noSuchScene, .unreadable, .ownRecording: true
        default: false
        }
    }
}

extension DocumentError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noSuchFile(let file):
            "\(file): there is no such device profile; the ones that come with Glasseye are in Profiles/"
        case .noSuchFaultFile(let file):
            "\(file): there is no such script of faults; the ones that come with Glasseye are in Profiles/faults/"
        case .noSuchScene(let file):
            "\(file): there is no such scene; the ones that come with Glasseye are Recordings/*/scene.yaml"
        case .unreadable(let file, let reason):
            "\(file): cannot be read: \(reason)"
        case .notYAML(let file, let line, let reason):
            "\(file), line \(line): not YAML: \(reason)"
        case .unknownKey(let file, let line, let key, let inside, let known):
            "\(file), line \(line): unknown key \"\(key)\"\(Self.place(inside)); "
                + "use one of \(known.joined(separator: ", "))"
        case .missingKey(let file, let line, let key, let inside):
            "\(file), line \(line): the key \"\(key)\" is missing\(Self.place(inside)); add it"
        case .wrongValue(let file, let line, let key, let value, let expected):
            "\(file), line \(line): \(key.isEmpty ? "the file" : "\"\(key)\"") is \"\(value)\"; write \(expected)"
        case .recording(let file, let line, let reason), .contradiction(let file, let line, let reason):
            "\(file), line \(line): \(reason)"
        case .ownRecording(let reason):
            "--recording: \(reason)"
        }
    }

    private static func place(_ inside: String) -> String {
        inside.isEmpty ? "" : " in \"\(inside)\""
    }
}
