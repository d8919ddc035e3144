package import Pictures

/// A coarse look at where a head may be: numbers from which its place and pose are corrected, and whether it is a face.
package enum FaceGlimpse {
    private static let side = 32
    private static let cell = 4
    private static let reach: Float = 1.35

    /// Numbers: 512 of gradients, 64 of brightness, 128 of colour, and a one.
    package static let count = 512 + 64 + 128 + 1

    /// Of the square around a pose, upright along its roll; yaw and pitch do not matter.
    static func numbers(of patch: FacePatch, pose: FacePose) -> [Float] {
        var luma = [Float](repeating: 0, count: side * side)
        var tints: [Float] = []
        tints.reserveCapacity(128)
        let across = (pose.point(1, 0) - pose.center, pose.point(0, 1) - pose.center)
        let step = 2 * reach / Float(side)
        patch.read { reader in
            for y in 0..<side {
                let down = pose.center + across.1 * (reach - (Float(y) + 0.5) * step)
                for x in 0..<side {
                    luma[y * side + x] = reader.luma(down + across.0 * ((Float(x) + 0.5) * step - reach))
                }
            }
            for y in stride(from: cell / 2, to: side, by: cell) {
                for x in stride(from: cell / 2, to: side, by: cell) {
                    let point =
                        pose.center + across.1 * (reach - (Float(y) + 0.5) * step)
                        + across.0 * ((Float(x) + 0.5) * step - reach)
                    let tint = reader.tint(point, luma: luma[y * side + x])
                    tints.append(tint.x * 4)
                    tints.append(tint.y * 4)
                }
            }
        }
        var numbers = GradientCells.histograms(of: luma, width: side, height: side, cell: cell)
        let even = FaceFeatures.standardised(luma)
        for y in 0..<side / cell {
            for x in 0..<side / cell {
                var sum: Float = 0
                for dy in 0..<cell { for dx in 0..<cell { sum += even[(y * cell + dy) * side + x * cell + dx] } }
                numbers.append(sum / Float(cell * cell))
            }
        }
        numbers += tints
        numbers.append(1)
        return numbers
    }

    /// The same for one look, when the patch is needed for nothing else.
    package static func numbers(of picture: YUVPicture, pose: FacePose) -> [Float] {
        numbers(of: FacePatch(picture, around: pose, reach: reach * 1.45), pose: pose)
    }
}
