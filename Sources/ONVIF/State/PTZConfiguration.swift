package import Foundation

/// `tt:PTZConfiguration`: defaults of moves, and the limits that they keep.
///
/// Source: ONVIF PTZ 26.06 §5.2.1.
package struct PTZConfiguration: Codable, Equatable, Sendable {
    /// The ends of one axis.
    package struct Ends: Codable, Equatable, Sendable {
        package var minimum: Double
        package var maximum: Double

        package init(_ minimum: Double, _ maximum: Double) {
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    /// Limits in coordinates of a position space; infinite where they are off.
    package struct Limits: Codable, Equatable, Sendable {
        package var space: PTZSpace
        package var x: Ends
        package var y: Ends

        package init(space: PTZSpace, x: Ends, y: Ends) {
            self.space = space
            self.x = x
            self.y = y
        }
    }

    /// Speeds of both axes.
    package struct Speed: Codable, Equatable, Sendable {
        package var x: Double
        package var y: Double
    }

    /// What heads here have of `tt:EFlipMode` and `tt:ReverseMode`.
    package enum Switch: String, Codable, CaseIterable, Sendable {
        case off = "OFF"
        case on = "ON"
    }

    package var name = "PTZ"
    /// The default space of each group of moves.
    package var spaces = Self.factorySpaces
    /// In the default speed spaces.
    package var panTiltSpeed = Speed(x: 1, y: 1)
    package var zoomSpeed = 1.0
    /// Seconds that a continuous move lasts.
    package var timeout: TimeInterval = 10
    package var panTiltLimits = Limits(space: .panTiltPositionGeneric, x: Ends(-1, 1), y: Ends(-1, 1))
    package var zoomLimits = Limits(space: .zoomPositionGeneric, x: Ends(0, 1), y: Ends(0, 0))

    /// Whether picture and tilt turn over past straight down; nil on a model without E-Flip.
    package var eFlip: Switch?
    /// Whether the control directions are turned over; nil on a model without Reverse.
    package var reverse: Switch?

    /// One table for all heads whose client changed nothing.
    private static let factorySpaces: [PTZSpace.Group: PTZSpace] = [
        .panTiltPosition: .panTiltPositionGeneric, .zoomPosition: .zoomPositionGeneric,
        .panTiltTranslation: .panTiltTranslationGeneric, .zoomTranslation: .zoomTranslationGeneric,
        .panTiltVelocity: .panTiltVelocityGeneric, .zoomVelocity: .zoomVelocityGeneric,
        .panTiltSpeed: .panTiltSpeedGeneric, .zoomSpeed: .zoomSpeedGeneric,
    ]

    package init() {}

    package func space(_ group: PTZSpace.Group) -> PTZSpace {
        spaces[group] ?? group.spaces[0]
    }
}
