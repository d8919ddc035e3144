/// What one picture shows of an object, before it is known whose it is, or of somebody known.
struct Sighting {
    /// Edges of a box that show the object's own outline, not where something else hides it.
    struct Edges: OptionSet, Hashable {
        let rawValue: Int
        static let left = Edges(rawValue: 1)
        static let right = Edges(rawValue: 2)
        static let top = Edges(rawValue: 4)
        static let bottom = Edges(rawValue: 8)
        static let all: Edges = [.left, .right, .top, .bottom]
    }

    /// Pixels of the picture.
    var box: VisionBox
    var kind = VisionKind.human
    var edges = Edges.all
    /// How well the box is filled with what is different, 0…1.
    var strength = 1.0
    /// Nobody else is near.
    var isAlone = true
    var colors: ColorSignature?
    /// Mean colours of the upper and the lower half.
    var halves: [VisionColor] = []
}
