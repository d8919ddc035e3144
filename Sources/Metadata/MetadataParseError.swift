package import XML

/// Why bytes are no scene description.
package enum MetadataParseError: Error, Equatable, Sendable {
    /// The markup ends before it is whole, or is none; bytes from the beginning.
    case broken(offset: Int, what: String)
    /// A frame that is no XML, or too large; bytes from the beginning of all.
    case frame(offset: Int, XMLParseError)
    /// A frame without the moment that leads to its picture.
    case noTime(offset: Int, found: String?)
    case tooManyFrames(limit: Int)
}

extension MetadataParseError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .broken(let offset, let what): "byte \(offset): \(what); give whole tt:MetadataStream documents"
        case .frame(let offset, let error): "the tt:Frame at byte \(offset): \(error)"
        case .noTime(let offset, let found?):
            "the tt:Frame at byte \(offset): UtcTime \"\(found)\" is no xs:dateTime; write such as "
                + "2026-01-01T12:00:00.040Z"
        case .noTime(let offset, nil): "the tt:Frame at byte \(offset) has no UtcTime, so that it leads to no picture"
        case .tooManyFrames(let limit): "more than \(limit) frames; give a shorter recording"
        }
    }
}
