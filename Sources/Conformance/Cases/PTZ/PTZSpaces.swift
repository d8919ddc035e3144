/// The coordinate systems of `tt:PTZSpaces`, by the elements that list them.
///
/// Source: ONVIF PTZ 26.06 §5.7 Predefined PTZ Spaces.
enum PTZSpaceKind: String, CaseIterable, Sendable {
    case panTiltPosition = "AbsolutePanTiltPositionSpace"
    case zoomPosition = "AbsoluteZoomPositionSpace"
    case panTiltTranslation = "RelativePanTiltTranslationSpace"
    case zoomTranslation = "RelativeZoomTranslationSpace"
    case panTiltVelocity = "ContinuousPanTiltVelocitySpace"
    case zoomVelocity = "ContinuousZoomVelocitySpace"
    case panTiltSpeed = "PanTiltSpeedSpace"
    case zoomSpeed = "ZoomSpeedSpace"

    /// The space that a node which has any of this kind shall have.
    var genericURI: String {
        let home = "http://www.onvif.org/ver10/tptz/"
        return switch self {
        case .panTiltPosition: home + "PanTiltSpaces/PositionGenericSpace"
        case .zoomPosition: home + "ZoomSpaces/PositionGenericSpace"
        case .panTiltTranslation: home + "PanTiltSpaces/TranslationGenericSpace"
        case .zoomTranslation: home + "ZoomSpaces/TranslationGenericSpace"
        case .panTiltVelocity: home + "PanTiltSpaces/VelocityGenericSpace"
        case .zoomVelocity: home + "ZoomSpaces/VelocityGenericSpace"
        case .panTiltSpeed: home + "PanTiltSpaces/GenericSpeedSpace"
        case .zoomSpeed: home + "ZoomSpaces/ZoomGenericSpeedSpace"
        }
    }

    var hasTwoCoordinates: Bool {
        switch self {
        case .panTiltPosition, .panTiltTranslation, .panTiltVelocity: true
        case .zoomPosition, .zoomTranslation, .zoomVelocity, .panTiltSpeed, .zoomSpeed: false
        }
    }

    /// The element of `tt:PTZConfiguration` that names the default; the schema spells one "Pant".
    var defaultElement: String? {
        switch self {
        case .panTiltPosition: "DefaultAbsolutePantTiltPositionSpace"
        case .zoomPosition: "DefaultAbsoluteZoomPositionSpace"
        case .panTiltTranslation: "DefaultRelativePanTiltTranslationSpace"
        case .zoomTranslation: "DefaultRelativeZoomTranslationSpace"
        case .panTiltVelocity: "DefaultContinuousPanTiltVelocitySpace"
        case .zoomVelocity: "DefaultContinuousZoomVelocitySpace"
        case .panTiltSpeed, .zoomSpeed: nil
        }
    }

    static let panTiltSphericalPosition =
        "http://www.onvif.org/ver10/tptz/PanTiltSpaces/SphericalPositionSpaceDegrees"
    static let panTiltFieldOfViewTranslation =
        "http://www.onvif.org/ver10/tptz/PanTiltSpaces/TranslationSpaceFov"
}

/// A `tt:FloatRange`; infinite at an end that is open.
struct PTZInterval: Sendable, Equatable {
    let minimum: Double
    let maximum: Double

    init(_ minimum: Double, _ maximum: Double) {
        self.minimum = minimum
        self.maximum = maximum
    }

    /// `nil` where an end is missing or no number.
    init?(_ node: AnswerNode?) {
        guard let minimum = node?.number("tt:Min"), let maximum = node?.number("tt:Max") else { return nil }
        self.init(minimum, maximum)
    }

    var isOrdered: Bool { minimum <= maximum }
    var span: Double { maximum - minimum }

    func limited(to other: PTZInterval?) -> PTZInterval {
        guard let other else { return self }
        return PTZInterval(max(minimum, other.minimum), min(maximum, other.maximum))
    }

    /// That part of the span from the minimum.
    func point(_ fraction: Double) -> Double { minimum + fraction * span }
}

/// A coordinate system with its range.
struct PTZSpace: Sendable, Equatable {
    let uri: String
    /// `nil` where the device leaves the range out.
    let x: PTZInterval?
    let y: PTZInterval?

    init(_ node: AnswerNode) {
        uri = node.text("tt:URI") ?? ""
        x = PTZInterval(node.node("tt:XRange"))
        y = PTZInterval(node.node("tt:YRange"))
    }
}

/// What a node or the options of a configuration list.
struct PTZSpaces: Sendable {
    private let spaces: [PTZSpaceKind: [PTZSpace]]

    /// `node`: an element of the type `tt:PTZSpaces`; `nil` lists nothing.
    init(_ node: AnswerNode?) {
        var spaces: [PTZSpaceKind: [PTZSpace]] = [:]
        for kind in PTZSpaceKind.allCases {
            spaces[kind] = node?.nodes(XPath(stringLiteral: "tt:" + kind.rawValue)).map(PTZSpace.init)
        }
        self.spaces = spaces
    }

    subscript(_ kind: PTZSpaceKind) -> [PTZSpace] { spaces[kind] ?? [] }

    func has(_ kind: PTZSpaceKind) -> Bool { !self[kind].isEmpty }

    func space(_ kind: PTZSpaceKind, uri: String) -> PTZSpace? { self[kind].first { $0.uri == uri } }

    func generic(_ kind: PTZSpaceKind) -> PTZSpace? { space(kind, uri: kind.genericURI) }

    var isEmpty: Bool { PTZSpaceKind.allCases.allSatisfy { self[$0].isEmpty } }

    /// Holds each space to a URI and a range from a minimum to a maximum that is no less.
    ///
    /// `place`: where the spaces stand, such as "PTZConfigurationOptions".
    func check(in place: String, _ findings: inout Findings, answer: Answer) {
        for kind in PTZSpaceKind.allCases {
            for space in self[kind] {
                findings.expect(
                    !space.uri.isEmpty, "a URI of each \(kind.rawValue) of \(place)", found: "none", in: answer)
                check(space.x, "XRange", kind, space, place, &findings, answer)
                if kind.hasTwoCoordinates { check(space.y, "YRange", kind, space, place, &findings, answer) }
            }
        }
    }

    private func check(
        _ interval: PTZInterval?, _ name: String, _ kind: PTZSpaceKind, _ space: PTZSpace, _ place: String,
        _ findings: inout Findings, _ answer: Answer
    ) {
        findings.expect(
            interval?.isOrdered == true,
            "\(name) of \(kind.rawValue) <\(space.uri)> of \(place) from Min to a Max that is no less",
            found: interval.map { "\($0.minimum)…\($0.maximum)" } ?? "none", in: answer)
    }
}
