/// What of a subject stays the same from frame to frame, ready to be drawn.
struct FigureStyle {
    let look: Appearance
    let face: FaceGeometry
    let skin: Paint
    let upper: Paint
    let second: Paint
    let lower: Paint
    let shoes: Paint
    let bag: Paint
    let hat: Paint
    /// What it carries by hand or on its back only for a time, with its colour.
    let dropped: [Thing.Kind: Paint]
    let hasShortSleeves: Bool

    init(_ look: Appearance, dropped: [Thing.Kind: Paint] = [:]) {
        self.look = look
        face = FaceGeometry(look.face, height: look.height)
        skin = face.skin
        upper = Paint(look.upper)
        second = Paint(look.secondary)
        lower = Paint(look.lower)
        shoes = Paint(look.shoes)
        bag = Paint(look.bagColor)
        hat = Paint(look.hatColor)
        self.dropped = dropped
        hasShortSleeves = look.lowerKind == .shorts || look.face[.cheeks] > 0.62
    }

    /// Whether it has a bag of this kind with it now.
    func has(_ kind: Thing.Kind, _ figure: Figure) -> Bool {
        if figure.carries == kind { return true }
        guard dropped[kind] == nil else { return false }
        switch kind {
        case .suitcase: return look.bag == .suitcase
        case .backpack: return look.bag == .backpack
        case .box: return false
        }
    }

    func paint(of kind: Thing.Kind) -> Paint { dropped[kind] ?? bag }
}
