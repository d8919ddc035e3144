import Pictures

/// The part of a picture that is searched for a plate: luma in full and half size, and blue.
struct PlateScene {
    /// A plane of bytes and where its left upper corner is in the picture, pixels of the plane.
    struct Plane {
        var width: Int
        var height: Int
        var left: Int
        var top: Int
        var values: [UInt8]
    }

    let full: Plane
    /// A pixel is the mean of four.
    let half: Plane
    /// As chroma is kept: half the size.
    let blue: Plane

    /// Least width and height that is searched, pixels.
    static let least = 16

    /// Cuts out a box; nil where too little of it is in the picture.
    init?(_ picture: YUVPicture, _ box: VisionBox, margin: Double) {
        func even(_ value: Double, _ limit: Int) -> Int { Int(min(max(value, 0), Double(limit))) / 2 * 2 }
        let (mx, my) = (box.width * margin, box.height * margin)
        let (left, right) = (even(box.x - mx, picture.width), even(box.right + mx, picture.width))
        let (top, bottom) = (even(box.y - my, picture.height), even(box.bottom + my, picture.height))
        guard right - left >= Self.least, bottom - top >= Self.least else { return nil }
        let (width, height) = (right - left, bottom - top)
        func cut(_ plane: [UInt8], _ stride: Int, _ x: Int, _ y: Int, _ w: Int, _ h: Int) -> Plane {
            let values = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
                plane.withUnsafeBufferPointer { source in
                    for row in 0..<h {
                        for column in 0..<w { out[row * w + column] = source[(y + row) * stride + x + column] }
                    }
                }
                count = w * h
            }
            return Plane(width: w, height: h, left: x, top: y, values: values)
        }
        full = cut(picture.luma, picture.width, left, top, width, height)
        blue = cut(picture.blue, picture.chromaWidth, left / 2, top / 2, width / 2, height / 2)
        half = Self.halved(full)
    }

    private static func halved(_ plane: Plane) -> Plane {
        let (w, h) = (plane.width / 2, plane.height / 2)
        let values = [UInt8](unsafeUninitializedCapacity: w * h) { out, count in
            plane.values.withUnsafeBufferPointer { source in
                for row in 0..<h {
                    let (a, b) = (2 * row * plane.width, (2 * row + 1) * plane.width)
                    for x in 0..<w {
                        let sum =
                            UInt16(source[a + 2 * x]) + UInt16(source[a + 2 * x + 1]) + UInt16(source[b + 2 * x])
                            + UInt16(source[b + 2 * x + 1])
                        out[row * w + x] = UInt8((sum + 2) >> 2)
                    }
                }
            }
            count = w * h
        }
        return Plane(width: w, height: h, left: plane.left / 2, top: plane.top / 2, values: values)
    }

    /// Luma at even steps over a part of a quad's plane, row by row, between pixels as they lie.
    ///
    /// It comes from the size in which a step is about a pixel, or, with `fine`, always from the full one.
    func sample(
        _ quad: PlateQuad, u: ClosedRange<Float>, v: ClosedRange<Float>, columns: Int, rows: Int, fine: Bool,
        into out: UnsafeMutablePointer<Float>
    ) {
        let (du, dv) = ((u.upperBound - u.lowerBound) / Float(columns), (v.upperBound - v.lowerBound) / Float(rows))
        let isHalf = !fine && quad.width * du > 1.45
        let plane = isHalf ? half : full
        let scale: Float = isHalf ? 0.5 : 1
        let (limitX, limitY) = (Float(plane.width) - 1.001, Float(plane.height) - 1.001)
        plane.values.withUnsafeBufferPointer { source in
            for row in 0..<rows {
                let y = v.lowerBound + dv * (Float(row) + 0.5)
                for column in 0..<columns {
                    let place = quad(u.lowerBound + du * (Float(column) + 0.5), y) * scale
                    let px = min(max(place.x - 0.5 - Float(plane.left), 0), limitX)
                    let py = min(max(place.y - 0.5 - Float(plane.top), 0), limitY)
                    let (ix, iy) = (Int(px), Int(py))
                    let (fx, fy) = (px - Float(ix), py - Float(iy))
                    let at = iy * plane.width + ix
                    let (a, b) = (Float(source[at]), Float(source[at + 1]))
                    let (c, d) = (Float(source[at + plane.width]), Float(source[at + plane.width + 1]))
                    let upper = a + (b - a) * fx
                    out[row * columns + column] = upper + (c + (d - c) * fx - upper) * fy
                }
            }
        }
    }
}
