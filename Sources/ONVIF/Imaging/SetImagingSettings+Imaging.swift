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
        }

        /// - Throws: `NoSource`, `NoImagingForSource`, `SettingsInvalid` for what the options do not offer; all settings stay
        ///   as they were.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var imaging = try device.imaging(ofSource: videoSourceToken)
            for setting in settings.children where setting.name != "Extension" {
                if let level = ImagingState.Level(rawValue: setting.name) {
                    imaging.levels[level] = try Self.number(setting, within: imaging.model.range(level))
                } else if setting.name == "IrCutFilter", imaging.irCutFilter != nil {
                    imaging.irCutFilter = try Self.choice(setting)
                } else if setting.name == "Focus", imaging.focusMode != nil {
                    if let speed = setting.child("DefaultSpeed") {
                        imaging.focusSpeed = try Self.number(speed, within: ImagingState.focusSpeedRange)
                    }
                    let mode: ImagingState.FocusMode = try Self.choice(setting.required("AutoFocusMode"))
                    imaging.setFocusMode(mode, now: call.now)
                } else {
                    throw .settingsInvalid("this video source has no setting \(setting.name)")
                }
            }
            device.imaging[videoSourceToken] = imaging
            device.effects.append(.pictureChanged)
            return EmptyResponse()
        }

        private static func number(
            _ element: XMLElement, within range: ClosedRange<Double>?
        ) throws(Fault) -> Double {
            guard let range else { throw .settingsInvalid("this video source has no setting \(element.name)") }
            guard let value = Double(element.trimmedText), range.contains(value) else {
                throw .settingsInvalid("\(element.name) is \"\(element.trimmedText)\", not a number within \(range)")
            }
            return value
        }

        private static func choice<Value: RawRepresentable<String>>(_ element: XMLElement) throws(Fault) -> Value {
            guard let value = Value(rawValue: element.trimmedText) else {
                throw .settingsInvalid("\(element.name) cannot be \"\(element.trimmedText)\"")
            }
            return value
        }
    }
}
