extension Backdrop {
    /// Letters are strokes, so that they are sharp at any zoom.
    mutating func addSign(_ sign: Sign) {
        let frame = Frame(at: sign.at - Vector3(0, sign.height / 2, 0), heading: sign.heading)
        let ink = Coat(sign.ink, nil)
        var shapes: [(points: [Point], coat: Coat, kind: Face.Kind)] = []
        let letters = Array(sign.text)
        if !letters.isEmpty {
            // Cells of 4 by 6, and one between them.
            let units = Double(letters.count) * StrokeFont.advance - 1
            let unit = min(sign.width * 0.86 / units, sign.height * 0.62 / StrokeFont.height)
            let left = (sign.width - units * unit) / 2
            let foot = (sign.height - StrokeFont.height * unit) / 2
            for (index, letter) in letters.enumerated() {
                let x = left + Double(index) * StrokeFont.advance * unit
                for stroke in StrokeFont.quads(of: letter) {
                    shapes.append((stroke.map { Point(x + $0.x * unit, foot + $0.y * unit) }, ink, .cover))
                }
            }
        }
        let rim = min(sign.width, sign.height) * 0.04
        shapes.append(
            (
                Self.rectangle(rim, rim, sign.width - rim, sign.height - rim),
                Coat(sign.color, MaterialTextures.even), .cover
            ))
        shapes.append((Self.rectangle(0, 0, sign.width, sign.height), ink.shaded(0.92), .cover))
        addBox(
            frame, sign.width, sign.height, 0.05, Coat(sign.color, MaterialTextures.even).shaded(0.7), contact: 0,
            hasBottom: true, extra: { $0 == .front ? shapes : [] })
    }
}
