package import XML

extension Media2Service {
    /// Covers a part of the picture; the device chooses the mask's token.
    ///
    /// Source: ONVIF Media2 26.06 §5.10.2 CreateMask.
    package struct CreateMask: ServiceOperation {
        package static let service = Service.media2
        package static let access = AccessClass.actuate

        package var mask: MaskConfiguration

        package init(_ request: XMLElement) throws(Fault) {
            mask = try MaskConfiguration(try request.required("Mask"))
        }

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasMasks }

        /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/InvalidPolygon`, `Action/MaxMasks`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let token = try device.media.createMask(mask)
            device.effects.append(.pictureChanged)
            return Response(token: token)
        }

        package struct Response: ResponseMessage, Equatable {
            package var token: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tr2, "Token", token)
            }
        }
    }
}
