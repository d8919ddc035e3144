package import XML

extension DeviceService {
    /// Source: ONVIF Core 26.06 §8.3.20 GetGeoLocation.
    package struct GetGeoLocation: EmptyRequest {
        package static let service = Service.device
        package static let access = AccessClass.readSystem
        package init() {}

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumGeoLocations > 0 }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(locations: device.system.geoLocations)
        }

        package struct Response: ResponseMessage, Equatable {
            package var locations: [LocationEntity]

            package func write(to writer: inout XMLWriter) {
                for location in locations {
                    let attributes: [(String, String?)] = [
                        ("Entity", location.entity), ("Token", location.token), ("Fixed", "false"),
                        ("GeoSource", location.source), ("AutoGeo", location.isAutomatic.map { "\($0)" }),
                    ]
                    writer.element(.tds, "Location", attributes.given) { Self.write(location, to: &$0) }
                }
            }

            private static func write(_ location: LocationEntity, to writer: inout XMLWriter) {
                if let place = location.geoLocation {
                    writer.angles(
                        "GeoLocation",
                        [("lon", place.longitude), ("lat", place.latitude), ("elevation", place.elevation)])
                }
                if let turn = location.geoOrientation {
                    writer.angles("GeoOrientation", [("roll", turn.roll), ("pitch", turn.pitch), ("yaw", turn.yaw)])
                }
                if let place = location.localLocation {
                    writer.angles("LocalLocation", [("x", place.x), ("y", place.y), ("z", place.z)])
                }
                if let turn = location.localOrientation {
                    writer.angles("LocalOrientation", [("pan", turn.pan), ("tilt", turn.tilt), ("roll", turn.roll)])
                }
            }
        }
    }

    /// Replaces the entries of the same kind and token, and adds the others.
    ///
    /// Source: ONVIF Core 26.06 §8.3.21 SetGeoLocation.
    package struct SetGeoLocation: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var locations: [LocationEntity]

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumGeoLocations > 0 }

        /// - Throws: `InvalidArgVal` for what is no number or no place on earth, `InvalidArgVal/NoAutoGeo`.
        package init(_ request: XMLElement) throws(Fault) {
            locations = []
            for element in request.children("Location") { locations.append(try element.location()) }
            guard !locations.isEmpty else { throw .sender("InvalidArgs", reason: "SetGeoLocation has no Location") }
        }

        /// - Throws: `Action/TooManyEntries`; no entry is changed then.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var entries = device.system.geoLocations
            for location in locations {
                if let index = entries.firstIndex(where: location.isSame) {
                    entries[index] = location
                } else {
                    entries.append(location)
                }
            }
            let limit = device.model.system.maximumGeoLocations
            guard entries.count <= limit else {
                throw .receiver("Action", "TooManyEntries", reason: "at most \(limit) locations are kept")
            }
            device.system.geoLocations = entries
            return EmptyResponse()
        }
    }

    /// Removes the entries of that kind and token, all or none.
    ///
    /// Source: ONVIF Core 26.06 §8.3.22 DeleteGeoLocation.
    package struct DeleteGeoLocation: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem

        package var locations: [LocationEntity]

        package static func isSupported(by model: DeviceModel) -> Bool { model.system.maximumGeoLocations > 0 }

        package init(_ request: XMLElement) throws(Fault) {
            locations = request.children("Location").map {
                LocationEntity(entity: $0.attribute("Entity"), token: $0.attribute("Token"))
            }
            guard !locations.isEmpty else { throw .sender("InvalidArgs", reason: "DeleteGeoLocation has no Location") }
        }

        /// - Throws: `InvalidArgVal/NoConfig`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var entries = device.system.geoLocations
            for location in locations {
                guard let index = entries.firstIndex(where: location.isSame) else {
                    throw .sender(
                        "InvalidArgVal", "NoConfig",
                        reason: "there is no location of \(location.entity ?? "") \(location.token ?? "")")
                }
                entries.remove(at: index)
            }
            device.system.geoLocations = entries
            return EmptyResponse()
        }
    }
}

extension XMLElement {
    /// Reads a `tt:LocationEntity`.
    fileprivate func location() throws(Fault) -> LocationEntity {
        var location = LocationEntity(
            entity: attribute("Entity"), token: attribute("Token"), source: attribute("GeoSource"))
        guard (location.entity ?? "").count <= Self.tokenLimit, (location.token ?? "").count <= Self.tokenLimit else {
            throw .sender("InvalidArgVal", reason: "Entity and Token have at most \(Self.tokenLimit) characters")
        }
        switch attribute("AutoGeo") {
        case nil: break
        case "false", "0": location.isAutomatic = false
        default: throw .sender("InvalidArgVal", "NoAutoGeo", reason: "the device does not find out where it is")
        }
        if let place = child("GeoLocation") {
            location.geoLocation = .init(
                longitude: try place.numberOrNil("lon", in: -180...180),
                latitude: try place.numberOrNil("lat", in: -90...90),
                elevation: try place.numberOrNil("elevation"))
        }
        if let turn = child("GeoOrientation") {
            location.geoOrientation = .init(
                roll: try turn.numberOrNil("roll"), pitch: try turn.numberOrNil("pitch"),
                yaw: try turn.numberOrNil("yaw"))
        }
        if let place = child("LocalLocation") {
            location.localLocation = .init(
                x: try place.numberOrNil("x"), y: try place.numberOrNil("y"), z: try place.numberOrNil("z"))
        }
        if let turn = child("LocalOrientation") {
            location.localOrientation = .init(
                pan: try turn.numberOrNil("pan"), tilt: try turn.numberOrNil("tilt"), roll: try turn.numberOrNil("roll")
            )
        }
        return location
    }

    /// The number in an attribute that may be missing.
    private func numberOrNil(_ name: String, in range: ClosedRange<Double>? = nil) throws(Fault) -> Double? {
        guard attribute(name) != nil else { return nil }
        let value = try numberAttribute(name)
        if let range, !range.contains(value) {
            throw .sender(
                "InvalidArgVal", reason: "\(name) is \(range.lowerBound) to \(range.upperBound)°, not \(value)")
        }
        return value
    }
}

extension XMLWriter {
    /// An element that holds its numbers in attributes.
    fileprivate mutating func angles(_ name: String, _ values: [(String, Double?)]) {
        element(.tt, name, values.map { ($0.0, $0.1.map(Self.string)) }.given) { _ in }
    }
}

extension [(String, String?)] {
    /// Those that have a value.
    fileprivate var given: [(String, String)] { compactMap { pair in pair.1.map { (pair.0, $0) } } }
}
