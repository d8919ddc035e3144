/// Capitals and digits as strokes of even width on a grid of 4 by 6 cells, y up.
package enum StrokeFont {
    /// Cells.
    package static let width = 4.0
    package static let height = 6.0
    /// From letter to letter.
    package static let advance = 5.4
    /// Half the width of a stroke.
    static let half = 0.42

    /// Convex four-cornered pieces of a letter, in cells; nothing for a blank or a sign that it does not have.
    package static func quads(of letter: Character) -> [[SIMD2<Double>]] {
        guard let lines = letters[letter] else { return [] }
        var quads: [[SIMD2<Double>]] = []
        for line in lines.split(separator: " ") {
            let digits = line.utf8.map { Double($0) - 48 }
            for index in Swift.stride(from: 0, to: digits.count - 3, by: 2) {
                let from = SIMD2<Double>(digits[index], digits[index + 1])
                quads.append(stroke(from, SIMD2<Double>(digits[index + 2], digits[index + 3])))
            }
        }
        return quads
    }

    private static func stroke(_ from: SIMD2<Double>, _ to: SIMD2<Double>) -> [SIMD2<Double>] {
        let way = to - from
        let length: Double = (way.x * way.x + way.y * way.y).squareRoot()
        let ahead: SIMD2<Double> = way * (half / length)
        let side = SIMD2<Double>(ahead.y, -ahead.x)
        // Corners stay within the letter's own box, half a stroke around the grid.
        return [from - ahead + side, to + ahead + side, to + ahead - side, from - ahead - side]
    }

    /// Lines through points, each two digits: column and row.
    private static let letters: [Character: String] = [
        "A": "002640 1333", "B": "000636453330 33424130", "C": "4536160501103041", "D": "00062644422000",
        "E": "46060040 0333", "F": "460600 0333", "G": "453616050110304143 4323", "H": "0006 4046 0343",
        "I": "2026 1030 1636", "J": "4641301001", "K": "0006 4603 0340", "L": "060040", "M": "0006234640",
        "N": "00064046", "O": "100105163645413010", "P": "00063645443303", "Q": "100105163645413010 2240",
        "R": "00063645443303 2340", "S": "453616050413334241301001", "T": "0646 2620", "U": "060110304146",
        "V": "062046", "W": "0610233046", "X": "0046 0640", "Y": "0623 4623 2320", "Z": "06460040",
        "0": "100105163645413010 1135", "1": "152620 1030", "2": "05163645440040", "3": "0516364544334241301001 1333",
        "4": "360242 3430", "5": "46060333424130100", "6": "4536160501103041423303",
        "7": "064610", "8": "130405163645443342413010010213 1333", "9": "43130405163645413010", "-": "1333",
        ".": "2021",
        ":": "2122 2425",
    ]
}
