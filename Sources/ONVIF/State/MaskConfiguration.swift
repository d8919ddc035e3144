/// `tr2:Mask`: a part of the picture that nobody may see.
package struct MaskConfiguration: Codable, Equatable, Sendable {
    /// `tr2:MaskType`.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case color = "Color"
        case pixelated = "Pixelated"
        case blurred = "Blurred"
    }

    /// Of the picture: x −1…1 from left to right, y −1…1 from bottom to top.
    package struct Point: Codable, Equatable, Sendable {
        package var x: Double
        package var y: Double
    }

    /// In `MaskOptions.colorspace`.
    package struct Color: Codable, Equatable, Sendable {
        package var x: Double
        package var y: Double
        package var z: Double

        package static let black = Color(x: 0, y: 128, z: 128)
    }

    package var token: String
    /// The video source configuration whose picture it covers.
    package var videoSource: String
    /// Its corners in order.
    package var polygon: [Point]
    package var kind: Kind
    /// Kept for other kinds, too.
    package var color: Color?
    package var isEnabled: Bool
}

/// What masks can be.
package enum MaskOptions {
    /// For each video source configuration.
    package static let maximum = 8
    /// Corners of a polygon.
    package static let points = 3...16
    package static let coordinates: ClosedRange<Double> = -1...1
    package static let colorspace = OSDOptions.colorspace
    /// Of each part of a colour, full range.
    package static let colorRange: ClosedRange<Double> = 0...255
}

extension MediaState {
    /// - Throws: `InvalidArgVal/NoConfig`.
    package func mask(_ token: String) throws(Fault) -> MaskConfiguration {
        masks[try maskIndex(token)]
    }

    private func maskIndex(_ token: String) throws(Fault) -> Int {
        guard let index = masks.firstIndex(where: { $0.token == token }) else {
            throw .sender("InvalidArgVal", "NoConfig", reason: "there is no mask \"\(token)\"")
        }
        return index
    }

    /// - Returns: the token that the device gave it.
    /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/InvalidPolygon`, `Action/MaxMasks`.
    mutating func createMask(_ mask: MaskConfiguration) throws(Fault) -> String {
        var mask = try adapted(mask)
        guard masks.count(where: { $0.videoSource == mask.videoSource }) < MaskOptions.maximum else {
            throw .receiver(
                "Action", "MaxMasks", reason: "there are \(MaskOptions.maximum) masks already; delete one first")
        }
        lastMaskNumber += 1
        mask.token = "Mask_\(lastMaskNumber)"
        masks.append(mask)
        return mask.token
    }

    /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/InvalidPolygon`.
    mutating func set(_ mask: MaskConfiguration) throws(Fault) {
        let index = try maskIndex(mask.token)
        masks[index] = try adapted(mask)
    }

    /// - Throws: `InvalidArgVal/NoConfig`.
    mutating func deleteMask(_ token: String) throws(Fault) {
        masks.remove(at: try maskIndex(token))
    }

    /// Checks the polygon; a colour out of range is adapted, as ONVIF Media2 26.06 §5.10.5 allows.
    private func adapted(_ mask: MaskConfiguration) throws(Fault) -> MaskConfiguration {
        try requireConfiguration(.videoSource, mask.videoSource)
        guard MaskOptions.points.contains(mask.polygon.count) else {
            throw .invalidPolygon("a polygon of \(mask.polygon.count) points; use \(MaskOptions.points)")
        }
        let coordinates = MaskOptions.coordinates
        guard mask.polygon.allSatisfy({ coordinates.contains($0.x) && coordinates.contains($0.y) }) else {
            throw .invalidPolygon("a point of the polygon is outside −1…1")
        }
        var mask = mask
        if let color = mask.color {
            mask.color = MaskConfiguration.Color(
                x: color.x.clamped(to: MaskOptions.colorRange), y: color.y.clamped(to: MaskOptions.colorRange),
                z: color.z.clamped(to: MaskOptions.colorRange))
        } else if mask.kind == .color {
            mask.color = .black
        }
        return mask
    }
}

extension Fault {
    fileprivate static func invalidPolygon(_ reason: String) -> Fault {
        .receiver("InvalidArgVal", "InvalidPolygon", reason: reason)
    }
}
