package import Foundation

/// `tt:PTZConfiguration`: defaults of moves, and the limits that they keep.
///
/// Source: ONVIF PTZ 26.06 §5.2.1.
package struct PTZConfiguration: Equatable, Sendable {
    /// Limits in coordinates of a position space; infinite where they are off.
    package struct Limits: Equatable, Sendable {
        package var space: PTZSpace
        package var x: (minimum: Double, maximum: Double)
        package var y: (minimum: Double, maximum: Double)

        package init(
            space: PTZSpace, x: (minimum: Double, maximum: Double), y: (minimum: Double, maximum: Double)
        ) {
            self.space = space
            self.x = x
            self.y = y
        }

        package static func == (left: Limits, right: Limits) -> Bool {
            left.space == right.space && left.x == right.x && left.y == right.y
        }
    }

    package var name = "PTZ"
    /// The default space of each group of moves.
    package var spaces = Self.factorySpaces
    /// In the default speed spaces.
    package var panTiltSpeed: (x: Double, y: Double) = (1, 1)
    package var zoomSpeed = 1.0
    /// Seconds that a continuous move lasts.
    package var timeout: TimeInterval = 10
    package var panTiltLimits = Limits(space: .panTiltPositionGeneric, x: (-1, 1), y: (-1, 1))
    package var zoomLimits = Limits(space: .zoomPositionGeneric, x: (0, 1), y: (0, 0))

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

    package static func == (left: PTZConfiguration, right: PTZConfiguration) -> Bool {
        left.name == right.name && left.spaces == right.spaces && left.panTiltSpeed == right.panTiltSpeed
            && left.zoomSpeed == right.zoomSpeed && left.timeout == right.timeout
            && left.panTiltLimits == right.panTiltLimits && left.zoomLimits == right.zoomLimits
    }
}
