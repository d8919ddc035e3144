import Foundation
package import XML

extension PTZService {
    /// Changes what a tour visits and how. A tour under way goes on as it was started.
    ///
    /// Source: ONVIF PTZ 26.06 §5.8.5 ModifyPresetTour, §5.8.8 Preset tour parameters.
    package struct ModifyPresetTour: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasPresetTours }

        package var profileToken: String
        /// The tour as asked for; its status is ignored.
        package var tour: PTZTour

        /// - Throws: `InvalidPresetTour` for what no tour can have.
        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            let element = try request.required("PresetTour")
            tour = PTZTour(
                token: try element.requiredAttribute("token"),
                name: element.child("Name") == nil ? "" : try element.token("Name"))
            tour.startsAutomatically = try element.boolean("AutoStart")
            let condition = try element.required("StartingCondition")
            if let times = try condition.optionalInteger("RecurringTime") {
                guard PTZTour.recurringTimeRange.contains(times) else {
                    throw .invalidTour("RecurringTime is \(times), not within \(PTZTour.recurringTimeRange)")
                }
                tour.recurringTime = times
            }
            tour.recurringDuration = try Self.seconds(condition, "RecurringDuration", PTZTour.recurringDurationRange)
            if let direction = condition.optionalString("Direction") {
                guard let known = PTZTour.Direction(rawValue: direction) else {
                    throw .invalidTour("Direction is neither Forward nor Backward")
                }
                tour.direction = known
            }
            tour.isRandom = ["true", "1"].contains(condition.attribute("RandomPresetOrder"))
            for spot in element.children("TourSpot") { tour.spots.append(try Self.spot(spot)) }
        }

        private static func spot(_ element: XMLElement) throws(Fault) -> PTZTour.Spot {
            let detail = try element.required("PresetDetail")
            let place: PTZTour.Spot.Place
            if detail.child("PresetToken") != nil {
                place = .preset(try detail.token("PresetToken"))
            } else if detail.child("Home") != nil {
                guard try detail.boolean("Home") else { throw .invalidTour("Home of a spot can only be true") }
                place = .home
            } else if let position = detail.child("PTZPosition") {
                place = .position(try PTZVector(position))
            } else {
                throw .invalidTour("a spot has neither PresetToken nor Home nor PTZPosition")
            }
            var spot = PTZTour.Spot(place: place)
            if let speed = element.child("Speed") { spot.speed = try PTZVector(speed) }
            spot.stay = try seconds(element, "StayTime", PTZTour.stayRange)
            return spot
        }

        private static func seconds(
            _ element: XMLElement, _ name: String, _ range: ClosedRange<TimeInterval>
        ) throws(Fault) -> TimeInterval? {
            guard let seconds = try element.optionalDuration(name) else { return nil }
            guard range.contains(seconds) else {
                throw .invalidTour("\(name) is \(seconds) seconds, not within \(range)")
            }
            return seconds
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`, `TooManyPresets`, `SpaceNotSupported`, `InvalidPresetTour`; the
        ///   tour stays as it was.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken)
            let name = tour.name.isEmpty ? try head.tour(tour.token).name : tour.name
            guard tour.spots.count <= PTZTour.spotLimit else {
                throw .sender(
                    "InvalidArgVal", "TooManyPresets", reason: "a tour has at most \(PTZTour.spotLimit) spots")
            }
            _ = try head.tour(tour.token)
            for spot in tour.spots { try Self.check(spot, head) }
            device.settlePreset(now: call.now)
            for index in head.tours.indices {
                if head.tours[index].token == tour.token {
                    device.ptz?.tours[index] = tour
                    device.ptz?.tours[index].name = name
                } else if tour.startsAutomatically, head.tours[index].startsAutomatically {
                    device.ptz?.tours[index].startsAutomatically = false
                    device.ptz?.tours[index].stateChanged = false
                }
            }
            return EmptyResponse()
        }

        private static func check(_ spot: PTZTour.Spot, _ head: PTZState) throws(Fault) {
            if case .preset(let token) = spot.place, !head.presets.contains(where: { $0.token == token }) {
                throw .invalidTour("a spot names the preset \"\(token)\", which does not exist")
            }
            do {
                if case .position(let vector) = spot.place { _ = try head.position(vector) }
                _ = try head.rates(spot.speed)
            } catch {
                throw error.subcodes.contains("SpaceNotSupported") ? error : .invalidTour("a spot: \(error.reason)")
            }
        }
    }
}
