/// The passage of a standard that a case holds the device to.
public struct Clause: Hashable, Sendable, Codable {
    /// The words of RFC 2119 that ONVIF uses.
    public enum Level: String, Sendable, Codable {
        case shall, should, may
    }

    /// Document with its edition, such as "ONVIF Core 26.06".
    public let document: String
    /// Without the sign, such as "8.2.2".
    public let section: String
    public let level: Level

    public init(_ document: String, _ section: String, _ level: Level) {
        self.document = document
        self.section = section
        self.level = level
    }

    public static func core(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF Core 26.06", section, level)
    }
    public static func media(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF Media Service 24.12", section, level)
    }
    public static func media2(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF Media2 Service 26.06", section, level)
    }
    public static func ptz(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF PTZ Service 26.06", section, level)
    }
    public static func imaging(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF Imaging Service 26.06", section, level)
    }
    public static func deviceIO(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF Device IO Service 26.06", section, level)
    }
    public static func analytics(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF Analytics Service 26.06", section, level)
    }
    public static func streaming(_ section: String, _ level: Level = .shall) -> Clause {
        Clause("ONVIF Streaming 26.06", section, level)
    }
    /// An official test specification, for what no other document says.
    public static func testSpecification(_ name: String, _ section: String) -> Clause {
        Clause("ONVIF \(name) Device Test Specification", section, .shall)
    }
}

extension Clause: CustomStringConvertible {
    public var description: String { "\(document) §\(section) (\(level.rawValue))" }
}
