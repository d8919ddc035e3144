/// `tt:PTZVector` and `tt:PTZSpeed`: a position, translation, velocity or speed, each part with its space.
struct PTZCoordinates: Sendable, Equatable {
    struct PanTilt: Sendable, Equatable {
        var x: Double
        var y: Double
        /// `nil` means the default of the configuration.
        var space: String?
    }

    struct Zoom: Sendable, Equatable {
        var x: Double
        var space: String?
    }

    var panTilt: PanTilt?
    var zoom: Zoom?

    init(panTilt: PanTilt? = nil, zoom: Zoom? = nil) {
        self.panTilt = panTilt
        self.zoom = zoom
    }

    /// `nil` where the element is missing; a part without its numbers counts as left out.
    init?(_ node: AnswerNode?) {
        guard let node else { return nil }
        if let part = node.node("tt:PanTilt"), let x = part.number("@x"), let y = part.number("@y") {
            panTilt = PanTilt(x: x, y: y, space: part.attribute("space"))
        }
        if let part = node.node("tt:Zoom"), let x = part.number("@x") {
            zoom = Zoom(x: x, space: part.attribute("space"))
        }
    }

    /// The content of an element of that type.
    var markup: Markup {
        """
        \(panTilt.map { "<tt:PanTilt x=\"\($0.x)\" y=\"\($0.y)\"\(Self.attribute($0.space))/>" as Markup })\
        \(zoom.map { "<tt:Zoom x=\"\($0.x)\"\(Self.attribute($0.space))/>" as Markup })
        """
    }

    private static func attribute(_ space: String?) -> Markup? { space.map { " space=\"\($0)\"" } }
}

extension PTZCoordinates: CustomStringConvertible {
    var description: String {
        let parts = [panTilt.map { "pan/tilt (\($0.x), \($0.y))" }, zoom.map { "zoom \($0.x)" }].compactMap { $0 }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }
}

/// An answer to GetStatus.
struct PTZStatus: Sendable {
    let position: PTZCoordinates?
    /// `IDLE`, `MOVING` or `UNKNOWN`; `nil` where the device does not say.
    let panTilt: String?
    let zoom: String?
    let answer: Answer

    init(_ answer: Answer) {
        self.answer = answer
        position = PTZCoordinates(answer.node("tptz:PTZStatus/tt:Position"))
        panTilt = answer.text("tptz:PTZStatus/tt:MoveStatus/tt:PanTilt")
        zoom = answer.text("tptz:PTZStatus/tt:MoveStatus/tt:Zoom")
    }

    var tellsMoving: Bool { panTilt != nil || zoom != nil }
    var isMoving: Bool { panTilt == "MOVING" || zoom == "MOVING" }
}

/// One of the two parts of a head that move on their own.
enum PTZPart: CaseIterable, Sendable {
    case panTilt, zoom

    var name: String { self == .panTilt ? "PanTilt" : "Zoom" }
    var other: PTZPart { self == .panTilt ? .zoom : .panTilt }
    var position: PTZSpaceKind { self == .panTilt ? .panTiltPosition : .zoomPosition }
    var translation: PTZSpaceKind { self == .panTilt ? .panTiltTranslation : .zoomTranslation }
    var velocity: PTZSpaceKind { self == .panTilt ? .panTiltVelocity : .zoomVelocity }
    var speed: PTZSpaceKind { self == .panTilt ? .panTiltSpeed : .zoomSpeed }

    func moving(in status: PTZStatus) -> String? { self == .panTilt ? status.panTilt : status.zoom }

    /// Coordinates of this part alone, in that space.
    func coordinates(_ x: Double, _ y: Double = 0, _ space: String?) -> PTZCoordinates {
        self == .panTilt
            ? PTZCoordinates(panTilt: .init(x: x, y: y, space: space))
            : PTZCoordinates(zoom: .init(x: x, space: space))
    }

    /// The named corner of the space; both coordinates where it has two.
    func corner(_ end: KeyPath<PTZInterval, Double>, of space: PTZSpace) -> PTZCoordinates? {
        guard let x = space.x else { return nil }
        return coordinates(x[keyPath: end], space.y?[keyPath: end] ?? x[keyPath: end], space.uri)
    }
}
