package import XML

extension ImagingService {
    /// Changes imaging settings; what the request leaves out stays.
    ///
    /// Source: ONVIF Imaging 26.06 §5.1.3 SetImagingSettings.
    package struct SetImagingSettings: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.actuate

        package var videoSourceToken: String
        package var settings: XMLElement

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
            settings = try request.required("ImagingSettings")
            // Everything persists; the deprecated modifier has only to be one.
            _ = try request.optionalBoolean("ForcePersistence")
        }

        /// - Throws: `NoSource`, `NoImagingForSource`, `SettingsInvalid` for what the options do not offer; all settings stay
        ///   as they were.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var imaging = try device.imaging(ofSource: videoSourceToken)
            try imaging.take(settings, now: call.now)
            device.imaging[videoSourceToken] = imaging
            device.effects.append(.pictureChanged)
            return EmptyResponse()
        }
    }
}
