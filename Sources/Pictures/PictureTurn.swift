/// How the picture stands: turned by half a circle, then mirrored.
package struct PictureTurn: Hashable, Sendable {
    package var isUpsideDown: Bool
    package var isMirrored: Bool

    package init(isUpsideDown: Bool = false, isMirrored: Bool = false) {
        self.isUpsideDown = isUpsideDown
        self.isMirrored = isMirrored
    }

    package var isIdentity: Bool { !isUpsideDown && !isMirrored }

    package func apply(to picture: inout YUVPicture) {
        turn(&picture.luma, width: picture.width)
        turn(&picture.blue, width: picture.chromaWidth)
        turn(&picture.red, width: picture.chromaWidth)
    }

    /// Half a circle is what reversing the whole plane does; a mirror reverses each row.
    private func turn(_ plane: inout [UInt8], width: Int) {
        if isUpsideDown { plane.reverse() }
        guard isMirrored else { return }
        for start in stride(from: 0, to: plane.count, by: width) { plane[start..<start + width].reverse() }
    }
}
