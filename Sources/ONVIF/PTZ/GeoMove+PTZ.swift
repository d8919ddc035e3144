import Foundation
package import XML

extension PTZService {
    /// Looks at a place on earth, with an area of it in the picture where one is given.
    ///
    /// Source: ONVIF PTZ 26.06 §5.3.4 GeoMove.
    package struct GeoMove: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.ptz?.hasGeoMove ?? false }

        package var profileToken: String
        package var target: GeoTarget
        package var speed: PTZVector?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            target = try GeoTarget(request.required("Target"))
            target.width = try request.optionalNumber("AreaWidth")
            target.height = try request.optionalNumber("AreaHeight")
            if let speed = request.child("Speed") { self.speed = try PTZVector(speed) }
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `GeoLocationUnknown`, `UnreachablePosition`, `SpaceNotSupported`,
        ///   `InvalidSpeed`; `InvalidArgVal` for an area without extent.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            let rates = try head.rates(speed)
            let view = try device.view(of: target, head)
            try device.changeMovement(now: call.now) { (head) throws(Fault) in
                head.move(pan: view.pan, tilt: view.tilt, zoom: view.zoom, rates, now: call.now)
            }
            return EmptyResponse()
        }
    }
}

/// `tt:GeoLocation` to look at, and the area to be seen there.
package struct GeoTarget: Equatable, Sendable {
    package var latitude: Double
    package var longitude: Double
    /// Metres; that of the head where nil.
    package var elevation: Double?
    /// Metres
    package var width: Double?
    /// Metres
    package var height: Double?

    init(_ element: XMLElement) throws(Fault) {
        latitude = try element.numberAttribute("lat")
        longitude = try element.numberAttribute("lon")
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else {
            throw .sender("InvalidArgVal", reason: "\(latitude), \(longitude) is no place on earth")
        }
        if element.attribute("elevation") != nil { elevation = try element.numberAttribute("elevation") }
    }
}

extension DeviceState {
    /// Where the head stands: as SetGeoLocation told, of the device before its parts, else as it was installed; nil where
    /// nobody told.
    package var headPlacement: GeoPlacement? {
        let told = system.geoLocations.filter { $0.geoLocation?.latitude != nil && $0.geoLocation?.longitude != nil }
        let entry = told.first { ($0.entity ?? "Device") == "Device" } ?? told.first
        guard let place = entry?.geoLocation, let latitude = place.latitude, let longitude = place.longitude else {
            return model.ptz?.placement
        }
        return GeoPlacement(
            latitude: latitude, longitude: longitude, elevation: place.elevation ?? 0,
            yaw: entry?.geoOrientation?.yaw ?? 0)
    }

    /// Where a head must look to see the target; no zoom where no area is asked for.
    ///
    /// - Throws: `GeoLocationUnknown`, `UnreachablePosition`; `InvalidArgVal` for an area without extent.
    func view(
        of target: GeoTarget, _ head: PTZState
    ) throws(Fault) -> (pan: Double, tilt: Double, zoom: Double?) {
        guard let headPlacement else {
            throw .sender(
                "InvalidArgVal", "GeoLocationUnknown", reason: "nobody told where the device is; use SetGeoLocation")
        }
        for extent in [target.width, target.height] {
            guard extent ?? 1 > 0 else { throw .sender("InvalidArgVal", reason: "an area is wider than 0 metres") }
        }
        guard
            let sight = headPlacement.sight(
                latitude: target.latitude, longitude: target.longitude,
                elevation: target.elevation ?? headPlacement.elevation),
            head.tiltRange.contains(sight.tilt), let pan = head.reachablePan(sight.pan)
        else {
            throw .sender("InvalidArgVal", "UnreachablePosition", reason: "the head cannot look there")
        }
        // Seen at that distance, an area fills the picture if its half is the tangent of half the angle of view.
        let sensor = model.video.sensor
        let tangent = tan(head.model.fieldOfView / 2 * .pi / 180) * head.model.zoom.minimum
        let shape = Double(sensor.height) / Double(sensor.width)
        let zooms = [
            target.width.map { tangent * 2 * sight.distance / $0 },
            target.height.map { tangent * shape * 2 * sight.distance / $0 },
        ]
        return (pan, sight.tilt, zooms.compactMap { $0 }.min()?.clamped(to: head.zoomRange))
    }
}

extension PTZState {
    /// The pan angle, or one that differs by whole turns, that the head reaches.
    fileprivate func reachablePan(_ pan: Double) -> Double? {
        guard let panRange else { return pan }
        return [pan, pan - 360, pan + 360].first(where: panRange.contains)
    }
}
