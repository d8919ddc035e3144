import Foundation
package import XML

extension PTZService {
    /// Moves to where tracking is to begin and leaves the head to it, until a client moves it again.
    ///
    /// Where nothing is to follow, or the model does not follow, it waits where it was sent.
    ///
    /// Source: ONVIF PTZ 26.06 §5.3.6 MoveAndStartTracking.
    package struct MoveAndStartTracking: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { !(model.ptz?.tracking ?? []).isEmpty }

        /// Where tracking begins.
        package enum Place: Equatable, Sendable {
            case present
            case preset(String)
            case geoLocation(GeoTarget)
            case position(PTZVector)
        }

        package var profileToken: String
        package var place = Place.present
        package var speed: PTZVector?
        package var objectID: Int?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            let given = ["PresetToken", "GeoLocation", "TargetPosition"].filter { request.child($0) != nil }
            guard given.count <= 1 else {
                throw .sender("InvalidArgs", reason: "\(given.joined(separator: " and ")) exclude each other")
            }
            if request.child("PresetToken") != nil { place = .preset(try request.token("PresetToken")) }
            if let location = request.child("GeoLocation") { place = .geoLocation(try GeoTarget(location)) }
            if let position = request.child("TargetPosition") { place = .position(try PTZVector(position)) }
            if let speed = request.child("Speed") { self.speed = try PTZVector(speed) }
            objectID = try request.optionalInteger("ObjectID")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`, `SpaceNotSupported`, `InvalidPosition`, `InvalidSpeed`,
        ///   `GeoMoveNotSupported`, `GeoLocationUnknown`, `UnreachablePosition`; `InvalidArgVal` for a way to say where that
        ///   the capabilities do not have.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            let rates = try head.rates(speed)
            if objectID != nil { try Self.check(.objectID, head.model) }
            switch place {
            case .present:
                try device.changeMovement(now: call.now) { (head) throws(Fault) in
                    head.stop(panTilt: true, zoom: true, now: call.now)
                }
            case .preset(let token):
                try Self.check(.presetToken, head.model)
                guard let preset = head.presets.first(where: { $0.token == token }) else { throw .noPreset(token) }
                try device.recall(preset, rates, now: call.now)
            case .geoLocation(let target):
                guard head.model.hasGeoMove, head.model.tracking.contains(.geoLocation) else {
                    throw .sender(
                        "InvalidArgVal", "GeoMoveNotSupported", reason: "this head cannot be sent to a place on earth")
                }
                try Self.move(&device, to: device.view(of: target, head), rates, call)
            case .position(let vector):
                try Self.check(.position, head.model)
                try Self.move(&device, to: head.position(vector), rates, call)
            }
            guard let sent = device.ptz else { return EmptyResponse() }
            let goal = PTZView(pan: sent.pan.rest, tilt: sent.tilt.rest, zoom: sent.zoom.rest)
            device.ptz?.tracking = PTZTracking(
                objectID: objectID, start: max(call.now, sent.arrival), base: place == .present ? nil : goal)
            return EmptyResponse()
        }

        private static func move(
            _ device: inout DeviceState, to place: (pan: Double?, tilt: Double?, zoom: Double?),
            _ rates: PTZState.Rates, _ call: Call
        ) throws(Fault) {
            try device.changeMovement(now: call.now) { (head) throws(Fault) in
                head.move(pan: place.pan, tilt: place.tilt, zoom: place.zoom, rates, now: call.now)
            }
        }

        private static func check(_ option: PTZModel.Tracking, _ model: PTZModel) throws(Fault) {
            guard model.tracking.contains(option) else {
                throw .sender(
                    "InvalidArgVal", reason: "MoveAndTrack of the capabilities does not have \(option.rawValue)")
            }
        }
    }
}
