import Foundation
import XML

/// From the coordinates of a request to degrees and magnification.
extension PTZState {
    /// The space that a coordinate is in.
    ///
    /// - Throws: `SpaceNotSupported` for one that this group does not have.
    func space(_ uri: String?, of group: PTZSpace.Group) throws(Fault) -> PTZSpace {
        guard let uri else { return configuration.space(group) }
        guard let space = PTZSpace(rawValue: uri), space.group == group else {
            throw .sender(
                "InvalidArgVal", "SpaceNotSupported", reason: "\(group.rawValue) of this node has no \"\(uri)\"")
        }
        return space
    }

    private func check(
        _ x: Double, _ y: Double? = nil, in space: PTZSpace, orThrow subcode: String
    ) throws(Fault) {
        let ranges = space.ranges(model)
        guard ranges.x.contains(x), y.map((ranges.y ?? ranges.x).contains) ?? true else {
            let coordinates = y.map { "(\(x), \($0))" } ?? "\(x)"
            throw .sender("InvalidArgVal", subcode, reason: "\(coordinates) is out of the range of \(space.rawValue)")
        }
    }

    /// - Throws: `SpaceNotSupported`, or `InvalidPosition` out of range or limits.
    func position(_ vector: PTZVector) throws(Fault) -> (pan: Double?, tilt: Double?, zoom: Double?) {
        var result: (pan: Double?, tilt: Double?, zoom: Double?) = (nil, nil, nil)
        if let panTilt = vector.panTilt {
            let space = try space(panTilt.space, of: .panTiltPosition)
            try check(panTilt.x, panTilt.y, in: space, orThrow: "InvalidPosition")
            let isDegrees = space == .panTiltPositionDegrees
            result.pan = isDegrees ? panTilt.x : model.pan.position(generic: panTilt.x)
            result.tilt = isDegrees ? panTilt.y : model.tilt.position(generic: panTilt.y)
        }
        if let zoom = vector.zoom {
            let space = try space(zoom.space, of: .zoomPosition)
            try check(zoom.x, in: space, orThrow: "InvalidPosition")
            result.zoom = model.zoom.position(fraction: zoom.x)
        }
        guard result.pan != nil || result.zoom != nil else {
            throw .sender("InvalidArgVal", "InvalidPosition", reason: "the position has neither PanTilt nor Zoom")
        }
        guard result.pan.map({ pan in panRange?.contains(pan) ?? true }) ?? true,
            result.tilt.map(tiltRange.contains) ?? true, result.zoom.map(zoomRange.contains) ?? true
        else {
            throw .sender("InvalidArgVal", "InvalidPosition", reason: "the position is beyond the configured limits")
        }
        return result
    }

    /// - Parameters:
    ///   - vector: coordinates of translation spaces.
    ///   - time: when; what the field of view shows depends on it.
    ///   - picture: how the picture is turned, and its shape.
    /// - Returns: degrees and magnification by which to move; nil for what the vector leaves out.
    /// - Throws: `SpaceNotSupported`, `InvalidTranslation`.
    func translation(
        _ vector: PTZVector, at time: Date, picture: PointedPicture
    ) throws(Fault) -> (pan: Double?, tilt: Double?, zoom: Double?) {
        var result: (pan: Double?, tilt: Double?, zoom: Double?) = (nil, nil, nil)
        if let panTilt = vector.panTilt {
            let space = try space(panTilt.space, of: .panTiltTranslation)
            try check(panTilt.x, panTilt.y, in: space, orThrow: "InvalidTranslation")
            switch space {
            case .panTiltTranslationFov:
                let turn = pointing(to: (panTilt.x, panTilt.y), of: picture, at: time)
                (result.pan, result.tilt) = (turn.pan, turn.tilt)
            case .panTiltTranslationDegrees:
                (result.pan, result.tilt) = (panTilt.x, panTilt.y)
            default:
                (result.pan, result.tilt) = (panTilt.x * model.pan.span, panTilt.y * model.tilt.span)
            }
        }
        if let zoom = vector.zoom {
            let space = try space(zoom.space, of: .zoomTranslation)
            try check(zoom.x, in: space, orThrow: "InvalidTranslation")
            result.zoom = zoom.x * model.zoom.span
        }
        guard result.pan != nil || result.zoom != nil else {
            throw .sender("InvalidArgVal", "InvalidTranslation", reason: "the translation has neither PanTilt nor Zoom")
        }
        return result
    }

    /// The translation that brings what is seen there into the middle of the picture, whichever way that is turned.
    private func pointing(
        to point: (x: Double, y: Double), of picture: PointedPicture, at time: Date
    ) -> (pan: Double, tilt: Double) {
        let head = settled(at: time)
        // The lens itself hangs head down where the picture was turned upright.
        let isTurned = picture.isUpsideDown != head.isFlipped(at: time)
        let x = picture.isMirrored ? -point.x : point.x
        let view = head.mechanics(at: time)
        let target = view.centred(
            on: isTurned ? (-x, -point.y) : (x, point.y), model, sensor: picture.sensor)
        let signs = head.directions(at: time)
        return (signs.pan * (target.pan - view.pan), signs.tilt * (target.tilt - view.tilt))
    }

    /// Signed units a second.
    ///
    /// - Throws: `SpaceNotSupported`, `InvalidVelocity`.
    func velocity(_ vector: PTZVector) throws(Fault) -> (pan: Double?, tilt: Double?, zoom: Double?) {
        var result: (pan: Double?, tilt: Double?, zoom: Double?) = (nil, nil, nil)
        if let panTilt = vector.panTilt {
            let space = try space(panTilt.space, of: .panTiltVelocity)
            try check(panTilt.x, panTilt.y, in: space, orThrow: "InvalidVelocity")
            let isDegrees = space == .panTiltVelocityDegrees
            result.pan = isDegrees ? panTilt.x : panTilt.x * model.pan.speed
            result.tilt = isDegrees ? panTilt.y : panTilt.y * model.tilt.speed
        }
        if let zoom = vector.zoom {
            let space = try space(zoom.space, of: .zoomVelocity)
            try check(zoom.x, in: space, orThrow: "InvalidVelocity")
            result.zoom = zoom.x * model.zoomSpeed
        }
        guard result.pan != nil || result.zoom != nil else {
            throw .sender("InvalidArgVal", "InvalidVelocity", reason: "the velocity has neither PanTilt nor Zoom")
        }
        return result
    }

    /// The speeds of a move: what the client asks for, else the defaults.
    ///
    /// A speed space has one coordinate; of the vector's two, x is for the pan and y for the tilt.
    ///
    /// - Throws: `SpaceNotSupported`, `InvalidSpeed`.
    func rates(_ speed: PTZVector?) throws(Fault) -> Rates {
        let panTilt = speed?.panTilt
        let panTiltSpace = try space(panTilt?.space, of: .panTiltSpeed)
        let zoomSpace = try space(speed?.zoom?.space, of: .zoomSpeed)
        let (x, y) = panTilt.map { ($0.x, $0.y) } ?? (configuration.panTiltSpeed.x, configuration.panTiltSpeed.y)
        let zoom = speed?.zoom?.x ?? configuration.zoomSpeed
        try check(x, y, in: panTiltSpace, orThrow: "InvalidSpeed")
        try check(zoom, in: zoomSpace, orThrow: "InvalidSpeed")
        let isDegrees = panTiltSpace == .panTiltSpeedDegrees
        return Rates(
            pan: isDegrees ? min(x, model.pan.speed) : x * model.pan.speed,
            tilt: isDegrees ? min(y, model.tilt.speed) : y * model.tilt.speed, zoom: zoom * model.zoomSpeed)
    }
}

/// The picture in which a client points.
struct PointedPicture {
    /// Gives its shape.
    var sensor: Resolution
    var isUpsideDown = false
    var isMirrored = false
}

extension PTZModel {
    /// The fastest zoom, magnification a second; of a geometric zoom its logarithm a second.
    package var zoomSpeed: Double { zoom.speed * zoomSpan }
}
