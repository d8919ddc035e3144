/// The textures of materials.
///
/// Shades are around `Texture.neutral`, tints around 128.
enum MaterialTextures {
    static let side = 256

    /// Soft, from half a tile to a few texels.
    static let soft = NoiseTile(size: side, seed: 11, cells: [64, 32, 16, 8, 4], fall: 0.62)
    /// Fine, from eight texels to one.
    static let fine = NoiseTile(size: side, seed: 12, cells: [8, 4, 2, 1], fall: 0.9)

    /// Even chance of a cell, -1…1, from its number.
    static func chance(_ a: Int, _ b: Int, _ seed: UInt64) -> Float {
        var random = SeededRandom(seed: seed &+ UInt64(a & 0xFFFF) &* 0x1_0001 &+ UInt64(b & 0xFFFF) &* 0x7FFF_FFED)
        return Float(random.number(in: -1...1))
    }

    static let paving = blocks(
        density: 80, width: 32, height: 32, shift: 16, joint: 1.4, depth: 46, spread: 15, seed: 1, tint: (-7, 6))
    static let stone = blocks(
        density: 64, width: 64, height: 32, shift: 32, joint: 1.2, depth: 40, spread: 13, seed: 2, tint: (-6, 5))
    static let brick = blocks(
        density: 128, width: 32, height: 8, shift: 16, joint: 1.2, depth: -26, spread: 20, seed: 3, tint: (-8, 18))
    static let tiles = blocks(
        density: 96, width: 32, height: 32, shift: 0, joint: 0.8, depth: 34, spread: 6, seed: 4, tint: (-3, 2))
    static let asphalt = Texture(side: side, density: 96, tint: (4, -3)) { x, y in
        let grain = fine(x, y)
        let chip: Float = chance(x, y, 5) > 0.93 ? 26 : 0
        return (188 + 24 * grain + 14 * soft(x, y) + chip, 128 + 60 * soft(x + 200, y))
    }
    static let concrete = Texture(side: side, density: 64, tint: (-5, 4)) { x, y in
        let joint: Float = min(x & 127, y & 127) < 2 ? 34 : 0
        return (192 + 15 * soft(x, y) + 10 * fine(x, y) - joint, 128 + 80 * soft(x + 99, y + 31))
    }
    static let grass = Texture(side: side, density: 64, tint: (-12, 10), detail: 0.8) { x, y in
        let blades = fine(x * 2, y) + 0.6 * fine(x, y * 2 + 77)
        return (186 + 34 * blades + 24 * soft(x, y), 128 + 70 * soft(x + 140, y + 60) + 50 * fine(x, y))
    }
    static let plaster = Texture(side: side, density: 64, tint: (-5, 4)) { x, y in
        (192 + 9 * soft(x, y) + 8 * fine(x, y), 128 + 60 * soft(x + 77, y))
    }
    static let carpet = Texture(side: side, density: 64, tint: (6, 6)) { x, y in
        let weave: Float = (x / 2 + y / 2) & 1 == 0 ? 8 : -8
        let square: Float = ((x >> 5) + (y >> 5)) & 1 == 0 ? 6 : -6
        return (190 + weave + square + 18 * fine(x, y) + 6 * soft(x, y), 128 + 60 * soft(x + 51, y))
    }
    static let metal = Texture(side: side, density: 64, tint: (4, -2)) { x, y in
        let rib: Float = (x & 31) < 2 ? -26 : (x & 31) < 4 ? 16 : 0
        return (190 + rib + 9 * soft(x, y / 8) + 4 * fine(x, y), 128 + 40 * soft(x, y))
    }
    static let glass = Texture(side: side, density: 32, tint: (10, -6), detail: 0) { x, y in
        // Sky and houses across, as panes show them.
        (190 + 34 * soft(x / 2, y) + 22 * soft(y + x + 37, y), 128 + 90 * soft(x + 9, y))
    }
    static let facade = Texture(side: side, density: 64, tint: (-5, 4)) { x, y in
        let course: Float = (y & 63) < 2 ? 30 : (y & 63) < 4 ? -8 : 0
        return (192 - course + 9 * soft(x, y) + 7 * fine(x, y), 128 + 60 * soft(x + 77, y))
    }
    static let wood = Texture(side: side, density: 128, tint: (-10, 8)) { x, y in
        let board = y >> 5
        let shift = Int(chance(board, 0, 6) * 200)
        let joint: Float = (y & 31) < 1 || ((x + shift) & 255) < 1 ? 60 : 0
        let grain = soft((x + shift) / 4, y * 3 + board * 50) + 0.5 * fine((x + shift) / 3, y)
        return (190 + 16 * chance(board, 1, 6) + 20 * grain - joint, 128 + 60 * chance(board, 2, 6) + 40 * grain)
    }
    static let cobbles = cells(density: 80, cell: 16, jitter: 0.28, depth: 74, spread: 20, seed: 7, tint: (-6, 5))
    static let gravel = cells(density: 96, cell: 8, jitter: 0.4, depth: 60, spread: 36, seed: 8, tint: (-10, 8))
    static let leaves = cells(density: 48, cell: 8, jitter: 0.45, depth: 96, spread: 40, seed: 9, tint: (-16, 10))
    static let bark = Texture(side: side, density: 96, tint: (-6, 6)) { x, y in
        (180 + 44 * soft(x * 4, y / 2) + 20 * fine(x, y / 3), 128 + 50 * soft(x, y))
    }
    /// Nothing but grain, for what is painted.
    static let even = Texture(side: side, density: 64, detail: 0.3) { x, y in
        (192 + 4 * soft(x, y) + 4 * fine(x, y), 128)
    }
    /// What shows where a texel is larger than a pixel, 16 times finer.
    static let grain = Texture(side: side, density: 1024) { x, y in (128 + 40 * soft(x, y) + 44 * fine(x, y), 128) }
    static let clouds = Texture(side: side, density: 1) { x, y in
        let value = soft(x, y) + 0.5 * soft(x * 2 + 31, y * 2 + 17) - 0.08
        return (128 + 100 * min(max(value, -0.7), 1), 128 + 100 * min(max(value, -0.7), 1))
    }

    /// Rectangles with joints, every other course shifted.
    private static func blocks(
        density: Double, width: Int, height: Int, shift: Int, joint: Float, depth: Float, spread: Float, seed: UInt64,
        tint: (blue: Int, red: Int)
    ) -> Texture {
        let (columns, rows) = (side / width, side / height)
        let shades = (0..<columns * rows).map { chance($0, 0, seed) * spread }
        let tints = (0..<columns * rows).map { chance($0, 1, seed) * 90 }
        return Texture(side: side, density: density, tint: tint) { x, y in
            let row = y / height
            let shifted = (x + (row & 1) * shift) & (side - 1)
            let block = row * columns + shifted / width
            let (inX, inY) = (shifted % width, y % height)
            let edge = Float(min(min(inX, width - 1 - inX), min(inY, height - 1 - inY))) + 0.5
            let rough = 9 * soft(x, y) + 11 * fine(x, y)
            guard edge >= joint else {
                return (192 - depth + rough, 128)
            }
            // Light falls from one side on rounded edges.
            let rim: Float = edge < joint + 1.2 ? (inX < width / 2 ? 5 : -7) : 0
            return (192 + shades[block] + rough + rim, 128 + tints[block] + 20 * soft(x + 40, y))
        }
    }

    /// Rounded stones, each about its own point.
    private static func cells(
        density: Double, cell: Int, jitter: Float, depth: Float, spread: Float, seed: UInt64,
        tint: (blue: Int, red: Int)
    ) -> Texture {
        let count = side / cell
        let points = (0..<count * count).map { index in
            (
                x: Float(cell) * (0.5 + jitter * chance(index, 0, seed)),
                y: Float(cell) * (0.5 + jitter * chance(index, 1, seed)), shade: chance(index, 2, seed) * spread,
                tint: chance(index, 3, seed) * 100
            )
        }
        return Texture(side: side, density: density, tint: tint, detail: 0.7) { x, y in
            let (column, row) = (x / cell, y / cell)
            let (inX, inY) = (Float(x % cell) + 0.5, Float(y % cell) + 0.5)
            var (first, second, nearest) = (Float.infinity, Float.infinity, 0)
            for dy in -1...1 {
                for dx in -1...1 {
                    let index = ((row + dy) & (count - 1)) * count + ((column + dx) & (count - 1))
                    let (offX, offY) = (
                        points[index].x + Float(dx * cell) - inX, points[index].y + Float(dy * cell) - inY
                    )
                    let distance = offX * offX + offY * offY
                    if distance < first {
                        (second, first, nearest) = (first, distance, index)
                    } else if distance < second {
                        second = distance
                    }
                }
            }
            let gap = (second.squareRoot() - first.squareRoot()) / Float(cell)
            let round = min(gap * 5, 1)
            let stone = points[nearest]
            return (
                205 + stone.shade * round - depth * (1 - round) * (1 - round) + 10 * fine(x, y) - 13,
                128 + stone.tint * round
            )
        }
    }
}

extension Material {
    var texture: Texture {
        switch self {
        case .paving: MaterialTextures.paving
        case .cobbles: MaterialTextures.cobbles
        case .asphalt: MaterialTextures.asphalt
        case .concrete: MaterialTextures.concrete
        case .grass: MaterialTextures.grass
        case .gravel: MaterialTextures.gravel
        case .tiles: MaterialTextures.tiles
        case .carpet: MaterialTextures.carpet
        case .wood: MaterialTextures.wood
        case .brick: MaterialTextures.brick
        case .plaster: MaterialTextures.plaster
        case .stone: MaterialTextures.stone
        case .metal: MaterialTextures.metal
        case .glass: MaterialTextures.glass
        case .facade: MaterialTextures.facade
        }
    }

    /// Where the scene gives none.
    var color: RGB {
        switch self {
        case .paving: RGB(0xB9B1A5)
        case .cobbles: RGB(0x96908A)
        case .asphalt: RGB(0x5E6166)
        case .concrete: RGB(0xAAA9A4)
        case .grass: RGB(0x6E9048)
        case .gravel: RGB(0xB8AC92)
        case .tiles: RGB(0xC9C6BE)
        case .carpet: RGB(0x6F6A7C)
        case .wood: RGB(0xA97E54)
        case .brick: RGB(0xA8624C)
        case .plaster: RGB(0xDACFBC)
        case .stone: RGB(0xA9A194)
        case .metal: RGB(0x8E969D)
        case .glass: RGB(0x6C8796)
        case .facade: RGB(0xCDC2AE)
        }
    }
}
