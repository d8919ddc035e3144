import Foundation
package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.8.1 GetPresetTours.
    package struct GetPresetTours: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasPresetTours }

        package var profileToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let head = try device.head(ofProfile: profileToken).settled(at: call.now)
            return Response(head: head, tours: head.tours)
        }

        package struct Response: ResponseMessage {
            package var head: PTZState
            package var tours: [PTZTour]

            package func write(to writer: inout XMLWriter) {
                for tour in tours { writer.presetTour(tour, of: head, as: .tptz) }
            }
        }
    }
}

extension DeviceModel {
    var hasPresetTours: Bool { (ptz?.maximumTours ?? 0) > 0 }
}

extension Fault {
    static func noTour(_ token: String) -> Fault {
        .sender("InvalidArgVal", "NoToken", reason: "there is no preset tour \"\(token)\"")
    }

    static func invalidTour(_ reason: String) -> Fault {
        .sender("InvalidArgVal", "InvalidPresetTour", reason: reason)
    }
}

extension PTZState {
    /// - Throws: `NoToken`.
    func tour(_ token: String) throws(Fault) -> PTZTour {
        guard let tour = tours.first(where: { $0.token == token }) else { throw .noTour(token) }
        return tour
    }
}

extension XMLWriter {
    /// Writes `PresetTour` (`tt:PresetTour`) with the state of a head that is settled at the moment.
    mutating func presetTour(_ tour: PTZTour, of head: PTZState, as namespace: XMLNamespace) {
        let state = head.state(ofTour: tour.token)
        element(namespace, "PresetTour", [("token", tour.token)]) { writer in
            writer.element(.tt, "Name", tour.name)
            writer.element(.tt, "Status") { writer in
                writer.element(.tt, "State", state.rawValue)
                if state != .idle, let spot = head.run?.leg.spot { writer.tourSpot(spot, as: "CurrentTourSpot") }
            }
            writer.element(.tt, "AutoStart", tour.startsAutomatically)
            writer.element(.tt, "StartingCondition", [("RandomPresetOrder", "\(tour.isRandom)")]) { writer in
                if let times = tour.recurringTime { writer.element(.tt, "RecurringTime", times) }
                writer.optional(.tt, "RecurringDuration", tour.recurringDuration.map(XSDuration.string))
                writer.optional(.tt, "Direction", tour.direction?.rawValue)
            }
            for spot in tour.spots { writer.tourSpot(spot, as: "TourSpot") }
        }
    }

    /// Writes a `tt:PTZPresetTourSpot`.
    private mutating func tourSpot(_ spot: PTZTour.Spot, as name: String) {
        element(.tt, name) { writer in
            writer.element(.tt, "PresetDetail") { writer in
                switch spot.place {
                case .preset(let token): writer.element(.tt, "PresetToken", token)
                case .home: writer.element(.tt, "Home", true)
                case .position(let vector): writer.element(.tt, "PTZPosition") { vector.write(to: &$0) }
                }
            }
            if let speed = spot.speed { writer.element(.tt, "Speed") { speed.write(to: &$0) } }
            writer.optional(.tt, "StayTime", spot.stay.map(XSDuration.string))
        }
    }
}
