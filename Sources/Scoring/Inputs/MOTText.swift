/// Rows as the tracking benchmarks write them, a row a line.
///
/// Truth: `frame,id,left,top,width,height,flag,class,visibility`. Trackers: `frame,id,left,top,width,height,score,…`.
/// Rows come in any order, blanks may stand around numbers, a file may be empty.
///
/// Source: the MOTChallenge format.
package enum MOTText {
    /// Who wrote a file: they differ in what the seventh number means.
    package enum Writer: Sendable { case truth, tracker }

    /// Frames that a file may count: over a year at 100 a second.
    package static let frameLimit = 1 << 32
    /// Numbers that a row has at least.
    private static let truthFields = 7
    private static let trackerFields = 6
    /// Whole numbers beyond it are no exact doubles.
    private static let wholeLimit = 9_007_199_254_740_992.0

    /// - Parameters:
    ///   - bytes: of the whole file.
    ///   - writer: who wrote it.
    ///   - file: what errors call it.
    /// - Returns: in order of the file; numbers are the nearest doubles.
    /// - Throws: the first line that is no row.
    package static func rows(
        of bytes: [UInt8], by writer: Writer, file: String
    ) throws(ScoreInputError) -> [TrackingRow] {
        var scanner = DecimalScanner(bytes)
        var rows: [TrackingRow] = []
        rows.reserveCapacity(lines(of: bytes))
        var line = 0
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { scanner.position = 3 }
        while !scanner.isAtEnd {
            line += 1
            scanner.skipBlanks()
            if !scanner.isAtEnd, scanner.current != 0x0A, scanner.current != 0x0D {
                do {
                    rows.append(try row(&scanner, by: writer))
                } catch {
                    throw ScoreInputError(file: file, line: line, what: error.what)
                }
            }
            while !scanner.isAtEnd, scanner.current != 0x0A { scanner.position += 1 }
            scanner.position += 1
        }
        return rows
    }

    /// A mistake whose line is not known yet.
    private struct RowError: Error { var what: String }

    private static func row(_ scanner: inout DecimalScanner, by writer: Writer) throws(RowError) -> TrackingRow {
        let least = writer == .truth ? truthFields : trackerFields
        var frame = 0.0
        var id = 0.0
        var row = TrackingRow(frame: 0, id: 0, left: 0, top: 0, width: 0, height: 0)
        var field = 0
        while true {
            scanner.skipBlanks()
            if field >= 8 { break }
            guard let value = scanner.number() else { throw RowError(what: noNumber(field, writer)) }
            switch field {
            case 0: frame = value
            case 1: id = value
            case 2: row.left = value
            case 3: row.top = value
            case 4: row.width = value
            case 5: row.height = value
            case 6: if writer == .truth { row.isScored = value != 0 } else { row.score = value }
            default: row.kind = abs(value) < wholeLimit ? Int(value) : TrackingRow.unknownKind
            }
            field += 1
            scanner.skipBlanks()
            guard scanner.current == 0x2C else { break }
            scanner.position += 1
            if field >= least, isLineEnd(scanner) { break }
        }
        if field < 8, !isLineEnd(scanner) { throw RowError(what: noNumber(field - 1, writer)) }
        guard field >= least else {
            throw RowError(what: "\(field) numbers; a row has at least \(least): \(names(writer))")
        }
        guard frame >= 1, frame < Double(frameLimit), frame == frame.rounded() else {
            throw RowError(what: "frame \(frame) is no whole number from 1 on; frames are counted from 1")
        }
        guard abs(id) < wholeLimit, id == id.rounded() else { throw RowError(what: "id \(id) is no whole number") }
        guard row.width >= 0, row.height >= 0 else {
            throw RowError(what: "width and height are not below 0; the box is \(row.width) × \(row.height)")
        }
        row.frame = Int(frame)
        row.id = Int(id)
        return row
    }

    private static func isLineEnd(_ scanner: DecimalScanner) -> Bool {
        var position = scanner.position
        while position < scanner.bytes.count, scanner.bytes[position] == 0x20 || scanner.bytes[position] == 0x09 {
            position += 1
        }
        guard position < scanner.bytes.count else { return true }
        return scanner.bytes[position] == 0x0A || scanner.bytes[position] == 0x0D
    }

    private static func noNumber(_ field: Int, _ writer: Writer) -> String {
        "field \(field + 1) is no finite number; a row is \(names(writer))"
    }

    private static func names(_ writer: Writer) -> String {
        writer == .truth
            ? "frame,id,left,top,width,height,flag,class,visibility" : "frame,id,left,top,width,height,score"
    }

    private static func lines(of bytes: [UInt8]) -> Int {
        var count = 1
        for index in bytes.indices where bytes[index] == 0x0A { count += 1 }
        return count
    }

    /// The line, counted from 1, of a row, counted from 0; empty lines are no rows.
    package static func line(ofRow wanted: Int, in bytes: [UInt8]) -> Int {
        var (line, row, isEmpty) = (1, -1, true)
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x0A {
                (line, isEmpty) = (line + 1, true)
            } else if isEmpty, byte != 0x20, byte != 0x09, byte != 0x0D {
                (row, isEmpty) = (row + 1, false)
                if row == wanted { return line }
            }
        }
        return line
    }
}
