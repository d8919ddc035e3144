package import XML

extension PTZService {
    /// Makes an empty tour, which ModifyPresetTour fills.
    ///
    /// Source: ONVIF PTZ 26.06 §5.8.4 CreatePresetTour.
    package struct CreatePresetTour: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasPresetTours }

        package var profileToken: String

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `TooManyPresetTours`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let head = try device.head(ofProfile: profileToken)
            let limit = head.model.maximumTours
            guard head.tours.count < limit,
                let number = (1...limit).first(where: { number in
                    !head.tours.contains { $0.token == "PresetTour_\(number)" }
                })
            else {
                throw .sender(
                    "InvalidArgVal", "TooManyPresetTours", reason: "there are \(limit) preset tours already")
            }
            let tour = PTZTour(token: "PresetTour_\(number)", name: "Tour \(number)")
            device.ptz?.tours.append(tour)
            return Response(presetTourToken: tour.token)
        }

        package struct Response: ResponseMessage, Equatable {
            package var presetTourToken: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tptz, "PresetTourToken", presetTourToken)
            }
        }
    }
}
