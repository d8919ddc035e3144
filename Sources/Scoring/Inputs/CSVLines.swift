/// A table as text: a line with the names of the columns, then a row a line, fields apart by commas.
struct CSVLines {
    /// What a file calls itself in errors.
    let file: String
    /// Each row with its line, counted from 1; fields without blanks around them.
    private(set) var rows: [(line: Int, fields: [String])] = []

    /// - Throws: a head with other names, a row with another number of fields.
    init(_ bytes: [UInt8], columns: [String], file: String) throws(ScoreInputError) {
        self.file = file
        var hasHead = false
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let fields = line.split(separator: 0x2C, omittingEmptySubsequences: false).map(Self.trimmed)
            if fields == [""] { continue }
            guard hasHead else {
                guard fields == columns else {
                    throw error(
                        index + 1,
                        "the columns are \(fields.joined(separator: ",")); give \(columns.joined(separator: ","))")
                }
                hasHead = true
                continue
            }
            guard fields.count == columns.count else {
                throw error(
                    index + 1, "\(fields.count) fields; a row has \(columns.count): \(columns.joined(separator: ","))")
            }
            rows.append((index + 1, fields))
        }
        guard hasHead else {
            throw ScoreInputError(
                file: file, what: "no line with the names of columns; begin with \(columns.joined(separator: ","))")
        }
    }

    func error(_ line: Int, _ what: String) -> ScoreInputError { ScoreInputError(file: file, line: line, what: what) }

    private static func trimmed(_ field: ArraySlice<UInt8>) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var field = field.drop(while: isBlank)
        while let last = field.last, isBlank(last) { field = field.dropLast() }
        return String(decoding: field, as: UTF8.self)
    }

    /// - Returns: a finite number, nil for any other text.
    static func number(_ text: some StringProtocol) -> Double? {
        var scanner = DecimalScanner(Array(text.utf8))
        guard let value = scanner.number(), scanner.isAtEnd else { return nil }
        return value
    }

    /// - Returns: true for 1, false for 0, nil for any other text.
    static func flag(_ text: String) -> Bool? { text == "1" ? true : text == "0" ? false : nil }
}
