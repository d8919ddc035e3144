import Metadata

/// The words for colours that truth has, as colours.
enum ColorTable {
    /// Red, green and blue of the middle of what is called so.
    private static let words: [String: (Double, Double, Double)] = [
        "black": (32, 32, 34), "dark grey": (75, 76, 80), "grey": (140, 142, 146), "light grey": (200, 200, 202),
        "white": (238, 238, 234), "dark red": (120, 44, 50), "red": (200, 66, 58), "pink": (222, 140, 152),
        "dark brown": (84, 60, 48), "brown": (140, 96, 62), "beige": (190, 172, 140), "orange": (226, 138, 58),
        "olive": (100, 100, 50), "yellow": (228, 190, 64), "dark green": (40, 80, 56), "green": (96, 160, 76),
        "light green": (170, 220, 150), "dark turquoise": (28, 70, 72), "turquoise": (46, 142, 150),
        "dark blue": (44, 62, 98), "blue": (70, 132, 196), "light blue": (160, 196, 230), "lilac": (196, 184, 226),
        "purple": (108, 92, 170), "magenta": (168, 90, 148),
    ]

    /// Nil for a word that is no colour.
    static func color(_ word: String) -> MetadataColor? {
        words[word].map { MetadataColor(red: $0.0, green: $0.1, blue: $0.2) }
    }
}
