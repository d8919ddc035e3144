/// A coordinate system for positions, translations, velocities or speeds.
///
/// Source: ONVIF PTZ 26.06 §5.7 Predefined PTZ spaces, annex A Additional PTZ spaces.
package enum PTZSpace: String, Codable, CaseIterable, Sendable {
    case panTiltPositionGeneric = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/PositionGenericSpace"
    case panTiltPositionDegrees = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/SphericalPositionSpaceDegrees"
    case zoomPositionGeneric = "http://www.onvif.org/ver10/tptz/ZoomSpaces/PositionGenericSpace"
    case panTiltTranslationGeneric = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/TranslationGenericSpace"
    case panTiltTranslationDegrees = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/SphericalTranslationSpaceDegrees"
    case panTiltTranslationFov = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/TranslationSpaceFov"
    case zoomTranslationGeneric = "http://www.onvif.org/ver10/tptz/ZoomSpaces/TranslationGenericSpace"
    case panTiltVelocityGeneric = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/VelocityGenericSpace"
    case panTiltVelocityDegrees = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/VelocitySpaceDegrees"
    case zoomVelocityGeneric = "http://www.onvif.org/ver10/tptz/ZoomSpaces/VelocityGenericSpace"
    case panTiltSpeedGeneric = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/GenericSpeedSpace"
    case panTiltSpeedDegrees = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/SpeedSpaceDegrees"
    case zoomSpeedGeneric = "http://www.onvif.org/ver10/tptz/ZoomSpaces/ZoomGenericSpeedSpace"

    /// The groups of `tt:PTZSpaces`, by their elements and in their order.
    package enum Group: String, Codable, CaseIterable, Sendable {
        case panTiltPosition = "AbsolutePanTiltPositionSpace"
        case zoomPosition = "AbsoluteZoomPositionSpace"
        case panTiltTranslation = "RelativePanTiltTranslationSpace"
        case zoomTranslation = "RelativeZoomTranslationSpace"
        case panTiltVelocity = "ContinuousPanTiltVelocitySpace"
        case zoomVelocity = "ContinuousZoomVelocitySpace"
        case panTiltSpeed = "PanTiltSpeedSpace"
        case zoomSpeed = "ZoomSpeedSpace"

        package var spaces: [PTZSpace] { PTZSpace.allCases.filter { $0.group == self } }
    }

    package var group: Group {
        switch self {
        case .panTiltPositionGeneric, .panTiltPositionDegrees: .panTiltPosition
        case .zoomPositionGeneric: .zoomPosition
        case .panTiltTranslationGeneric, .panTiltTranslationDegrees, .panTiltTranslationFov: .panTiltTranslation
        case .zoomTranslationGeneric: .zoomTranslation
        case .panTiltVelocityGeneric, .panTiltVelocityDegrees: .panTiltVelocity
        case .zoomVelocityGeneric: .zoomVelocity
        case .panTiltSpeedGeneric, .panTiltSpeedDegrees: .panTiltSpeed
        case .zoomSpeedGeneric: .zoomSpeed
        }
    }

    /// The range of each coordinate; `y` only where the space has two.
    package func ranges(_ model: PTZModel) -> (x: ClosedRange<Double>, y: ClosedRange<Double>?) {
        switch self {
        case .panTiltPositionGeneric, .panTiltTranslationGeneric, .panTiltTranslationFov, .panTiltVelocityGeneric:
            (-1...1, -1...1)
        case .panTiltPositionDegrees: (model.pan.range, model.tilt.range)
        case .panTiltTranslationDegrees:
            (-model.pan.span...model.pan.span, -model.tilt.span...model.tilt.span)
        case .panTiltVelocityDegrees:
            (-model.pan.speed...model.pan.speed, -model.tilt.speed...model.tilt.speed)
        case .zoomTranslationGeneric, .zoomVelocityGeneric: (-1...1, nil)
        case .zoomPositionGeneric, .panTiltSpeedGeneric, .zoomSpeedGeneric: (0...1, nil)
        case .panTiltSpeedDegrees: (0...max(model.pan.speed, model.tilt.speed), nil)
        }
    }
}

extension PTZModel.Axis {
    /// From the least to the greatest position.
    package var span: Double { maximum - minimum }

    /// The position at `fraction` of the span; exact at 0 and 1.
    func position(fraction: Double) -> Double {
        fraction == 1 ? maximum : minimum + fraction * span
    }

    func fraction(position: Double) -> Double {
        span > 0 ? (position - minimum) / span : 0
    }

    /// -1…1 over the span.
    func position(generic: Double) -> Double {
        position(fraction: (generic + 1) / 2)
    }

    func generic(position: Double) -> Double {
        span > 0 ? 2 * fraction(position: position) - 1 : 0
    }
}
