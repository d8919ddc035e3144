/// What stands still: ground, walls, buildings, furniture, signs.
package struct Setting: Hashable, Sendable {
    /// Covers the plane to the horizon.
    package var ground = Material.paving
    package var groundColor: RGB?
    /// Later ones lie on earlier ones.
    package var patches: [GroundPatch] = []
    package var stripes: [Stripe] = []
    package var walls: [Wall] = []
    package var buildings: [Building] = []
    package var props: [Prop] = []
    package var signs: [Sign] = []
    package var ceilings: [Ceiling] = []
    package var charts: [ColorChart] = []
}

/// A colour of sRGB, 0…255 each.
package struct RGB: Hashable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `0xC8553D`.
    package init(_ hex: UInt32) {
        self.init(UInt8(hex >> 16 & 0xFF), UInt8(hex >> 8 & 0xFF), UInt8(hex & 0xFF))
    }
}

/// What a surface is made of; each has a texture that is a function of the place.
package enum Material: String, Hashable, Sendable, CaseIterable {
    case paving, cobbles, asphalt, concrete, grass, gravel, tiles, carpet, wood, brick, plaster, stone, metal, glass,
        facade
}

/// A part of the ground with another surface.
package struct GroundPatch: Hashable, Sendable {
    package var material: Material
    package var color: RGB?
    /// Convex, at least three.
    package var corners: [GroundPoint]
    /// Metres above the ground: a kerb.
    package var height: Double = 0
}

/// A painted line on the ground.
package struct Stripe: Hashable, Sendable {
    package var from: GroundPoint
    package var to: GroundPoint
    /// Metres.
    package var width: Double
    package var color = RGB(0xE8E6DE)
    /// Metres of paint and of gap; nil for a whole line.
    package var dash: Double?
}

/// A straight upright wall.
package struct Wall: Hashable, Sendable {
    package var from: GroundPoint
    package var to: GroundPoint
    /// Metres.
    package var height: Double
    package var thickness: Double = 0.2
    /// Metres above the ground at which it begins: a lintel, a canopy's edge.
    package var base: Double = 0
    package var material: Material
    package var color: RGB?
}

/// A box with windows and a door.
package struct Building: Hashable, Sendable {
    /// Middle of its ground plan.
    package var center: GroundPoint
    /// Metres along its own x and z.
    package var width: Double
    package var depth: Double
    package var height: Double
    /// Degrees from north to east.
    package var heading: Double = 0
    package var material: Material
    package var color: RGB?
    package var roof = RGB(0x5A5550)
    /// Rows of windows; 0 for none.
    package var storeys: Int = 2
    /// Which windows are lit at night.
    package var seed: UInt64 = 0
}

package struct Prop: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case tree, hedge, lamp, post, bollard, bench, bin, planter, shelter, fence, door, counter, plant, cone
    }

    package var kind: Kind
    package var at: GroundPoint
    /// Degrees from north to east.
    package var heading: Double = 0
    /// 1 is its usual size.
    package var scale: Double = 1
    package var color: RGB?
    package var seed: UInt64 = 0
}

/// Upright letters or a picture board.
package struct Sign: Hashable, Sendable {
    /// Latin capitals, digits, blanks, hyphens.
    package var text: String
    /// The middle of the board.
    package var at: Vector3
    /// Degrees from north to east into which it faces.
    package var heading: Double
    /// Metres.
    package var width: Double
    package var height: Double
    package var color = RGB(0x204060)
    package var ink = RGB(0xFFFFFF)
}

/// An indoor ceiling.
package struct Ceiling: Hashable, Sendable {
    /// Convex.
    package var corners: [GroundPoint]
    package var height: Double
    package var material = Material.plaster
    package var color: RGB?
}

/// An upright board of 6 by 4 different fields, for tests of direction, zoom and mirroring.
package struct ColorChart: Hashable, Sendable {
    package var at: Vector3
    /// Degrees from north to east into which it faces.
    package var heading: Double
    /// Metres.
    package var width: Double
    package var height: Double
}
