package import XML

extension PTZService {
    /// Starts, pauses, resumes or stops a tour. One tour is under way at a time.
    ///
    /// Source: ONVIF PTZ 26.06 §5.8.6 OperatePresetTour, §5.8.8 Preset tour parameters (AutoStart).
    package struct OperatePresetTour: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasPresetTours }

        package var profileToken: String
        package var presetTourToken: String
        package var operation: PTZTour.Operation

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            presetTourToken = try request.token("PresetTourToken")
            operation = try request.choice("Operation")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`; `InvalidPresetTour` for a tour without a spot to go to;
        ///   `ActivationFailed` while the head moves otherwise or is on another tour.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            let head = try device.head(ofProfile: profileToken).settled(at: call.now)
            let tour = try head.tour(presetTourToken)
            let state = head.state(ofTour: tour.token)
            if operation == .start {
                guard head.run == nil || head.run?.token == tour.token else {
                    throw Self.activationFailed("another preset tour is under way; stop it first")
                }
                guard state != .idle || !head.isMoving(at: call.now) else {
                    throw Self.activationFailed("the head is moving")
                }
            }
            try device.changeMovement(now: call.now, keepsTour: true) { (head) throws(Fault) in
                switch (operation, state) {
                case (.start, .paused): head.resumeTour(now: call.now)
                case (.start, _):
                    guard head.startTour(tour, now: call.now) else {
                        throw .invalidTour("the preset tour has no spot to go to; add one by ModifyPresetTour")
                    }
                case (.pause, .touring): head.pauseTour(now: call.now)
                case (.stop, .touring), (.stop, .paused): head.endTour(at: call.now)
                case (.pause, _), (.stop, .idle): break
                }
                if operation == .stop || operation == .start && state != .paused { head.forgoAutoStart(tour.token) }
            }
            return EmptyResponse()
        }

        private static func activationFailed(_ reason: String) -> Fault {
            .receiver("InvalidArgVal", "ActivationFailed", reason: reason)
        }
    }
}
