import AV
import ArgumentParser
import Foundation
import Pictures
import Vision
import Worlds

/// Draws pictures of identities side by side, for the eye.
struct SheetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet", abstract: "Draws faces of the tiers side by side, with the charts that are cut from them."
    )

    @Option(help: "Where the JPEG goes.") var out: String
    @Option(help: "The first identity's place among the training identities.") var from = 0

    private static let cell = 112

    func run() throws {
        let tiers = FaceTier.all.map(\.dressed)
        let people = FaceRole.training.identities(4, from: from)
        let (columns, rows) = (10, people.count * tiers.count)
        var sheet = YUVPicture(width: columns * Self.cell, height: rows * Self.cell, filled: .black)
        for (number, person) in people.enumerated() {
            let sampler = FaceSampler(person.look, seed: person.seed)
            for (index, tier) in tiers.enumerated() {
                let row = number * tiers.count + index
                for (place, shot) in sampler.track(tier, pictures: columns / 2, salt: 3).enumerated() {
                    sheet.place(shot.picture.enlarged(to: Self.cell), x: 2 * place * Self.cell, y: row * Self.cell)
                    sheet.place(
                        FaceChart.picture(of: shot.picture, pose: shot.pose),
                        x: (2 * place + 1) * Self.cell + 36, y: row * Self.cell + 32)
                }
            }
        }
        try Data(try sheet.jpeg()).write(to: URL(fileURLWithPath: out))
    }
}

extension YUVPicture {
    /// Every pixel as often as it takes, square.
    fileprivate func enlarged(to side: Int) -> YUVPicture {
        var result = YUVPicture(width: side, height: side, filled: .black)
        for y in 0..<side {
            for x in 0..<side {
                let source = pixel(x: x * width / side, y: y * height / side)
                result.luma[y * side + x] = source.luma
                result.blue[y / 2 * result.chromaWidth + x / 2] = source.blue
                result.red[y / 2 * result.chromaWidth + x / 2] = source.red
            }
        }
        return result
    }

    fileprivate mutating func place(_ other: YUVPicture, x left: Int, y top: Int) {
        for y in 0..<other.height {
            for x in 0..<other.width {
                let source = other.pixel(x: x, y: y)
                luma[(top + y) * width + left + x] = source.luma
                blue[(top + y) / 2 * chromaWidth + (left + x) / 2] = source.blue
                red[(top + y) / 2 * chromaWidth + (left + x) / 2] = source.red
            }
        }
    }
}
