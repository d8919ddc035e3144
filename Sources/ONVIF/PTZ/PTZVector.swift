import XML

/// `tt:PTZVector` and `tt:PTZSpeed`: coordinates with the spaces that the client named.
package struct PTZVector: Codable, Equatable, Sendable {
    package struct PanTilt: Codable, Equatable, Sendable {
        package var x: Double
        package var y: Double
        package var space: String?
    }

    package struct Zoom: Codable, Equatable, Sendable {
        package var x: Double
        package var space: String?
    }

    package var panTilt: PanTilt?
    package var zoom: Zoom?

    init(_ element: XMLElement) throws(Fault) {
        if let panTilt = element.child("PanTilt") {
            self.panTilt = PanTilt(
                x: try panTilt.numberAttribute("x"), y: try panTilt.numberAttribute("y"), space: Self.space(panTilt))
        }
        if let zoom = element.child("Zoom") {
            self.zoom = Zoom(x: try zoom.numberAttribute("x"), space: Self.space(zoom))
        }
    }

    /// Some clients send an empty space where they mean none.
    private static func space(_ element: XMLElement) -> String? {
        element.attribute("space").flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension PTZVector {
    /// Writes the content of the element as the client gave it.
    func write(to writer: inout XMLWriter) {
        func space(_ uri: String?) -> [(String, String)] { uri.map { [("space", $0)] } ?? [] }
        if let panTilt {
            let coordinates = [("x", XMLWriter.string(panTilt.x)), ("y", XMLWriter.string(panTilt.y))]
            writer.element(.tt, "PanTilt", coordinates + space(panTilt.space), "")
        }
        if let zoom { writer.element(.tt, "Zoom", [("x", XMLWriter.string(zoom.x))] + space(zoom.space), "") }
    }
}

extension XMLWriter {
    /// Writes `tt:PanTilt` (`tt:Vector2D`).
    mutating func panTilt(x: Double, y: Double, space: PTZSpace) {
        element(
            .tt, "PanTilt",
            [("x", XMLWriter.string(x)), ("y", XMLWriter.string(y)), ("space", space.rawValue)], "")
    }

    /// Writes `tt:Zoom` (`tt:Vector1D`).
    mutating func zoom(x: Double, space: PTZSpace) {
        element(.tt, "Zoom", [("x", XMLWriter.string(x)), ("space", space.rawValue)], "")
    }

    /// Writes a view as `tt:PTZVector` content, in the default position spaces.
    mutating func position(_ view: PTZView, of head: PTZState) {
        let space = head.configuration.space(.panTiltPosition)
        let isDegrees = space == .panTiltPositionDegrees
        panTilt(
            x: isDegrees ? view.pan : head.model.pan.generic(position: view.pan),
            y: isDegrees ? view.tilt : head.model.tilt.generic(position: view.tilt), space: space)
        zoom(
            x: head.model.zoom.fraction(position: view.zoom), space: head.configuration.space(.zoomPosition))
    }

    /// Writes a `tt:FloatRange`.
    mutating func range(_ namespace: XMLNamespace, _ name: String, _ minimum: Double, _ maximum: Double) {
        element(namespace, name) { writer in
            writer.element(.tt, "Min", minimum)
            writer.element(.tt, "Max", maximum)
        }
    }

    mutating func range(_ namespace: XMLNamespace, _ name: String, _ range: ClosedRange<Double>) {
        self.range(namespace, name, range.lowerBound, range.upperBound)
    }

    /// Writes a `tt:DurationRange`, seconds.
    mutating func durations(_ namespace: XMLNamespace, _ name: String, _ range: ClosedRange<Double>) {
        element(namespace, name) { writer in
            writer.element(.tt, "Min", XSDuration.string(range.lowerBound))
            writer.element(.tt, "Max", XSDuration.string(range.upperBound))
        }
    }

    /// Writes the content of `tt:PTZSpaces`.
    mutating func spaces(_ model: PTZModel) {
        for group in PTZSpace.Group.allCases {
            for space in group.spaces { self.space(space, as: group.rawValue, model) }
        }
    }

    /// Writes a `tt:Space1DDescription` or `tt:Space2DDescription`.
    mutating func space(_ space: PTZSpace, as name: String, _ model: PTZModel) {
        let ranges = space.ranges(model)
        element(.tt, name) { writer in
            writer.element(.tt, "URI", space.rawValue)
            writer.range(.tt, "XRange", ranges.x)
            if let y = ranges.y { writer.range(.tt, "YRange", y) }
        }
    }
}
