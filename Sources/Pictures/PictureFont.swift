/// The letters that are written over pictures: our own, five dots wide and nine high, of which two hang below the line.
package enum PictureFont {
    /// Dots of a letter from left to right.
    package static let width = 5
    /// Dots of a letter from top to bottom.
    package static let height = 9
    /// Dots from one letter to the next.
    package static let advance = width + 1
    /// Dots of a line with its gap.
    package static let lineHeight = height + 1

    /// Whether the letter has that dot. What is no printable ASCII shows as a question mark.
    ///
    /// - Precondition: the dot lies within the letter.
    package static func hasDot(_ letter: UInt8, column: Int, row: Int) -> Bool {
        let known = letter >= first && Int(letter - first) < letters.count
        let bits = letters[Int((known ? letter : UInt8(ascii: "?")) - first)]
        return bits >> UInt64((height - 1 - row) * width + width - 1 - column) & 1 == 1
    }

    private static let first = UInt8(ascii: " ")

    /// ASCII 32 to 126; 45 bits each, the upper left dot is the highest, row follows row.
    private static let letters: [UInt64] = [
        0x000000000000, 0x042108401000, 0x0A5280000000, 0x0A57D5F52800, 0x047D1C5F1000, 0x19C88889CC00, 0x0C9511593400,
        0x042100000000, 0x022210820800, 0x082084222000, 0x00255D520000, 0x00213E420000, 0x000000031844, 0x00003E000000,
        0x000000063000, 0x010888884000, 0x0E8CEB98B800, 0x046508427C00, 0x0E8844447C00, 0x1F110418B800, 0x0232A5F10800,
        0x1F878218B800, 0x06443D18B800, 0x1F0888442000, 0x0E8C5D18B800, 0x0E8C5E113000, 0x006300C60000, 0x003180031844,
        0x022220820800, 0x0007C1F00000, 0x082082222000, 0x0E884C401000, 0x0E8DEB783C00, 0x045463F8C400, 0x1E8C7D18F800,
        0x0E8C2108B800, 0x1C9463197000, 0x1F843D087C00, 0x1F843D084000, 0x0E8C2F18BC00, 0x118C7F18C400, 0x0E2108423800,
        0x071084293000, 0x119531494400, 0x108421087C00, 0x11DD6B18C400, 0x118E6B38C400, 0x0E8C6318B800, 0x1E8C7D084000,
        0x0E8C63593400, 0x1E8C7D494400, 0x0F841C10F800, 0x1F2108421000, 0x118C6318B800, 0x118C63151000, 0x118C6B5DC400,
        0x118A88A8C400, 0x118A88421000, 0x1F0888887C00, 0x0E4210843800, 0x108208208400, 0x0E1084213800, 0x045440000000,
        0x0000000003E0, 0x082000000000, 0x000382F8BC00, 0x1085B318F800, 0x0003A108B800, 0x010B6718BC00, 0x0003A3F83800,
        0x064A38842000, 0x0003E318BC2E, 0x1085B318C400, 0x040308423800, 0x020184210A4C, 0x1084A98A4800, 0x0C2108423800,
        0x0006AB58C400, 0x0005B318C400, 0x0003A318B800, 0x0007A318FA10, 0x0003E318BC21, 0x0005B3084000, 0x0003A0E0F800,
        0x084710849800, 0x00046319B400, 0x000463151000, 0x0004635AA800, 0x000454454400, 0x00046318BC2E, 0x0007C4447C00,
        0x022110420800, 0x042108421000, 0x082104422000, 0x00022A200000,
    ]
}
