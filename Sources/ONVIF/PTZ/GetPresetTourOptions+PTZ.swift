package import XML

extension PTZService {
    /// What tours can be made of; the same for every tour.
    ///
    /// Source: ONVIF PTZ 26.06 §5.8.3 GetPresetTourOptions.
    package struct GetPresetTourOptions: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasPresetTours }

        package var profileToken: String
        package var presetTourToken: String?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            presetTourToken = request.child("PresetTourToken") == nil ? nil : try request.token("PresetTourToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `NoToken`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let head = try device.head(ofProfile: profileToken)
            if let presetTourToken { _ = try head.tour(presetTourToken) }
            return Response(model: head.model, presets: head.presets.map(\.token))
        }

        package struct Response: ResponseMessage, Equatable {
            package var model: PTZModel
            /// Their tokens.
            package var presets: [String]

            package func write(to writer: inout XMLWriter) {
                writer.element(.tptz, "Options") { writer in
                    writer.element(.tt, "AutoStart", true)
                    writer.element(.tt, "StartingCondition") { writer in
                        writer.element(.tt, "RecurringTime") { writer in
                            writer.element(.tt, "Min", PTZTour.recurringTimeRange.lowerBound)
                            writer.element(.tt, "Max", PTZTour.recurringTimeRange.upperBound)
                        }
                        writer.durations(.tt, "RecurringDuration", PTZTour.recurringDurationRange)
                        for direction in PTZTour.Direction.allCases {
                            writer.element(.tt, "Direction", direction.rawValue)
                        }
                    }
                    writer.element(.tt, "TourSpot") { writer in
                        writer.element(.tt, "PresetDetail") { writer in
                            for token in presets { writer.element(.tt, "PresetToken", token) }
                            writer.element(.tt, "Home", true)
                            writer.space(.panTiltPositionGeneric, as: "PanTiltPositionSpace", model)
                            writer.space(.zoomPositionGeneric, as: "ZoomPositionSpace", model)
                        }
                        writer.durations(.tt, "StayTime", PTZTour.stayRange)
                    }
                }
            }
        }
    }
}
