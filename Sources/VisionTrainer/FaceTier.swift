import Pictures
import Vision
import Worlds

/// How hard faces are to see.
struct FaceTier: Sendable {
    var name: String
    /// Pixels from chin to crown.
    var headHeight: ClosedRange<Double>
    /// Degrees to both sides, and up and down.
    var yaw: Double
    var pitch: Double
    /// Part of the pictures in which something stands before the head.
    var occlusion: Double
    /// Of JPEG.
    var quality: Int
    /// Standard deviation, steps of luma.
    var noise: Double
    /// Parts of the tracks with a hat, with a mask, and with other glasses than usual.
    var hats = 0.0
    var masks = 0.0
    var otherGlasses = 0.0

    static let easy = FaceTier(
        name: "easy", headHeight: 52...80, yaw: 10, pitch: 6, occlusion: 0, quality: 85, noise: 2)
    static let medium = FaceTier(
        name: "medium", headHeight: 30...52, yaw: 24, pitch: 10, occlusion: 0.05, quality: 55, noise: 4)
    static let hard = FaceTier(
        name: "hard", headHeight: 18...30, yaw: 42, pitch: 12, occlusion: 0.25, quality: 35, noise: 7)
    static let all = [easy, medium, hard]

    /// With what people wear in scenes.
    var dressed: FaceTier {
        var tier = self
        (tier.hats, tier.masks, tier.otherGlasses) = (0.28, 0.05, 0.15)
        return tier
    }
}

/// Pictures of one identity as a tier shows it.
struct FaceSampler {
    private let studio: HeadStudio
    private let look: Appearance
    private let seed: UInt64

    init(_ look: Appearance, seed: UInt64) {
        self.look = look
        self.seed = seed
        studio = HeadStudio(look, seed: seed)
    }

    /// Pictures of one pass before a camera: light and clothes stay, the head turns and comes nearer; each `salt` is
    /// another pass.
    func track(_ tier: FaceTier, pictures: Int, salt: UInt64) -> [HeadShot] {
        var random = SeededRandom(seed: seed ^ salt &* 0x9E37_79B9, for: tier.name)
        let size = random.number(in: tier.headHeight)
        let lightSeed = random.next()
        let hat = random.chance(tier.hats) ? Appearance.Hat.allCases[1 + random.index(below: 3)] : .none
        let mask = random.chance(tier.masks)
        let glasses = random.chance(tier.otherGlasses) ? !look.glasses : look.glasses
        let loss = JPEGLoss(quality: tier.quality)
        var shots: [HeadShot] = []
        for _ in 0..<pictures {
            var wish = HeadStudio.Wish(
                headHeight: min(
                    max(size * random.number(in: 0.94...1.06), tier.headHeight.lowerBound), tier.headHeight.upperBound))
            wish.yaw = random.number(in: -tier.yaw...tier.yaw)
            wish.pitch = random.number(in: -tier.pitch...tier.pitch)
            wish.roll = random.number(in: -4...4)
            let mood = random.number(in: 0...1)
            wish.expression = mood < 0.66 ? .neutral : mood < 0.86 ? .smile : mood < 0.97 ? .talk : .surprise
            wish.isBlinking = random.chance(0.05)
            (wish.hat, wish.mask, wish.glasses) = (hat, mask, glasses)
            wish.seed = random.next()
            wish.lightSeed = lightSeed
            let isCovered = random.chance(tier.occlusion)
            guard var shot = studio.shoot(wish) else { continue }
            if isCovered { Self.cover(&shot, &random) }
            Self.addNoise(&shot.picture, tier.noise, &random)
            loss.apply(to: &shot.picture)
            shots.append(shot)
        }
        return shots
    }

    /// A plain bar over a quarter to a half of the head.
    private static func cover(_ shot: inout HeadShot, _ random: inout SeededRandom) {
        let (x, y, half) = (Double(shot.center.x), Double(shot.center.y), Double(shot.halfHeight))
        let share = random.number(in: 0.25...0.5)
        let paint = (
            UInt8(random.number(in: 30...210)), UInt8(random.number(in: 104...152)), UInt8(random.number(in: 104...152))
        )
        var columns = 0.0...Double(shot.picture.width)
        var rows = 0.0...Double(shot.picture.height)
        switch random.index(below: 3) {
        case 0: columns = (x - 2 * half)...(x - 0.8 * half + 1.6 * half * share)
        case 1: columns = (x + 0.8 * half - 1.6 * half * share)...(x + 2 * half)
        default: rows = (y + half - 2 * half * share)...(y + 3 * half)
        }
        for row in 0..<shot.picture.height where rows.contains(Double(row)) {
            for column in 0..<shot.picture.width where columns.contains(Double(column)) {
                shot.picture.luma[row * shot.picture.width + column] = paint.0
                let chroma = row / 2 * shot.picture.chromaWidth + column / 2
                shot.picture.blue[chroma] = paint.1
                shot.picture.red[chroma] = paint.2
            }
        }
    }

    /// Sums of four even numbers, nearly normal.
    private static func addNoise(_ picture: inout YUVPicture, _ deviation: Double, _ random: inout SeededRandom) {
        let factor = Float(deviation) * 1.732 / 65536
        for index in picture.luma.indices {
            let bits = random.next()
            let sum = Float(bits & 0xFFFF) + Float(bits >> 16 & 0xFFFF) + Float(bits >> 32 & 0xFFFF) + Float(bits >> 48)
            let value = Float(picture.luma[index]) + (sum - 131_070) * factor
            picture.luma[index] = UInt8(min(max(value.rounded(), 0), 255))
        }
    }
}

extension HeadShot {
    /// Where the head really is.
    var pose: FacePose {
        let degree = Float.pi / 180
        return FacePose(
            center: center, half: halfHeight, roll: roll * degree, yaw: yaw * degree, pitch: pitch * degree)
    }
}
