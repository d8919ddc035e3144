/// Finds the frames in bytes of metadata documents, one after the other, without a tree of all of them.
///
/// What comes out for a frame is a document of its own: the opening tags of the elements around it, so that prefixes keep
/// their meaning, the frame, and what closes them.
///
/// Source: XML 1.0 §2 Documents.
struct FrameScanner {
    /// A frame as a document.
    struct Piece {
        var bytes: [UInt8]
        /// Of the frame, from the beginning of all bytes.
        var offset: Int
    }

    /// An element that is open.
    private struct Open {
        /// Its opening tag with the angle brackets.
        var tag: Range<Int>
        var name: Range<Int>
    }

    /// Elements inside each other; what is deeper inside a frame counts, too.
    private static let depthLimit = 64

    private let bytes: [UInt8]
    private var place = 0
    private var open: [Open] = []
    /// Depth and beginning of the frame that is open.
    private var frame: (depth: Int, start: Int)?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    /// The next frame; nil at the end.
    mutating func next() throws(MetadataParseError) -> Piece? {
        while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            if open.isEmpty { try requireBlank(place..<start) }
            place = start
            if starts("<?") {
                try skip(to: "?>", from: start + 2)
            } else if starts("<!--") {
                try skip(to: "-->", from: start + 4)
            } else if starts("<![CDATA[") {
                try skip(to: "]]>", from: start + 9)
            } else if starts("<!") {
                throw .broken(offset: start, what: "a document type declaration is not taken")
            } else if let piece = try takeTag(at: start) {
                return piece
            }
        }
        if open.isEmpty { try requireBlank(place..<bytes.count) }
        guard let last = open.last else { return nil }
        throw .broken(offset: last.tag.lowerBound, what: "an element that begins here does not end")
    }

    /// White space, or the noughts with which some senders fill up.
    private func requireBlank(_ range: Range<Int>) throws(MetadataParseError) {
        if let wrong = range.first(where: { bytes[$0] > 0x20 }) {
            throw .broken(offset: wrong, what: "text outside of any element")
        }
    }

    private func starts(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard place + count <= bytes.count else { return false }
        return text.withUTF8Buffer { wanted in (0..<count).allSatisfy { bytes[place + $0] == wanted[$0] } }
    }

    private mutating func skip(to end: String, from start: Int) throws(MetadataParseError) {
        let wanted = Array(end.utf8)
        var at = start
        while at + wanted.count <= bytes.count {
            if bytes[at] == wanted[0], bytes[at..<at + wanted.count].elementsEqual(wanted) {
                place = at + wanted.count
                return
            }
            at += 1
        }
        throw .broken(offset: place, what: "\"\(end)\" is missing")
    }

    /// - Returns: the frame that ends with the tag.
    private mutating func takeTag(at start: Int) throws(MetadataParseError) -> Piece? {
        guard let end = endOfTag(from: start + 1) else { throw .broken(offset: start, what: "a tag does not end") }
        place = end
        if bytes[start + 1] == UInt8(ascii: "/") {
            guard let last = open.popLast(), bytes[last.name].elementsEqual(bytes[name(from: start + 2)]) else {
                throw .broken(offset: start, what: "a tag closes what is not open")
            }
            return finish(at: end)
        }
        guard open.count < Self.depthLimit else {
            throw .broken(offset: start, what: "elements are nested deeper than \(Self.depthLimit)")
        }
        let name = name(from: start + 1)
        guard !name.isEmpty else { throw .broken(offset: start, what: "a tag has no name") }
        open.append(Open(tag: start..<end, name: name))
        if frame == nil, isLocal(name, "Frame") { frame = (open.count, start) }
        guard bytes[end - 2] == UInt8(ascii: "/") else { return nil }
        open.removeLast()
        return finish(at: end)
    }

    /// After an element has been closed.
    private mutating func finish(at end: Int) -> Piece? {
        guard let frame, open.count < frame.depth else { return nil }
        self.frame = nil
        var piece: [UInt8] = []
        for element in open { piece += bytes[element.tag] }
        piece += bytes[frame.start..<end]
        for element in open.reversed() { piece += Array("</".utf8) + bytes[element.name] + [UInt8(ascii: ">")] }
        return Piece(bytes: piece, offset: frame.start)
    }

    /// Behind the `>` that is not in quotes.
    private func endOfTag(from start: Int) -> Int? {
        var quote: UInt8?
        for index in start..<max(start, bytes.count) {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            } else if byte == UInt8(ascii: "<") {
                return nil
            }
        }
        return nil
    }

    private func name(from start: Int) -> Range<Int> {
        var end = start
        while end < bytes.count, bytes[end] > 0x20, bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "/") {
            end += 1
        }
        return start..<end
    }

    private func isLocal(_ name: Range<Int>, _ local: String) -> Bool {
        let wanted = local.utf8
        guard bytes[name].suffix(wanted.count).elementsEqual(wanted) else { return false }
        return name.count == wanted.count || bytes[name.upperBound - wanted.count - 1] == UInt8(ascii: ":")
    }
}
