package import XML

extension ImagingService {
    /// Stops the focus; the autofocus goes on.
    ///
    /// Source: ONVIF Imaging 26.06 §5.3.3 Stop.
    package struct Stop: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.actuate

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoImagingForSource` for a fixed focus.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var imaging = try device.imaging(withFocusOfSource: videoSourceToken)
            imaging.stopFocus(now: call.now)
            device.imaging[videoSourceToken] = imaging
            return EmptyResponse()
        }
    }
}
