package import XML

extension ImagingService {
    /// Source: ONVIF Imaging 26.06 §5.2.1 GetPresets.
    package struct GetPresets: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasImagingPresets }

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`; `NoImagingForSource` for a source without presets, of which the answer holds at least one.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ImagingPresets {
            let model = try device.imaging(withPresetsOfSource: videoSourceToken).model
            return ImagingPresets(presets: Array(model.presets.enumerated().map { ($0, $1) }))
        }
    }

    /// The preset that was applied last, while the settings are as it has them.
    ///
    /// Source: ONVIF Imaging 26.06 §5.2.2 GetCurrentPreset.
    package struct GetCurrentPreset: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.readMedia
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasImagingPresets }

        package var videoSourceToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
        }

        /// - Throws: `NoSource`, `NoImagingForSource`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> ImagingPresets {
            let imaging = try device.imaging(ofSource: videoSourceToken)
            return ImagingPresets(presets: imaging.currentPreset.map { [($0, imaging.model.presets[$0])] } ?? [])
        }
    }

    /// Source: ONVIF Imaging 26.06 §5.2.3 SetCurrentPreset.
    package struct SetCurrentPreset: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.actuate
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasImagingPresets }

        package var videoSourceToken: String
        package var presetToken: String

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
            presetToken = try request.token("PresetToken")
        }

        /// - Throws: `NoSource`, `NoImagingForSource`; `SettingsInvalid` for a preset that the source does not have.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var imaging = try device.imaging(withPresetsOfSource: videoSourceToken)
            let indices = imaging.model.presets.indices
            guard let index = indices.first(where: { ImagingPresetModel.token($0) == presetToken }) else {
                throw .settingsInvalid("there is no imaging preset \"\(presetToken)\"")
            }
            imaging.apply(preset: index)
            device.imaging[videoSourceToken] = imaging
            device.effects.append(.pictureChanged)
            return EmptyResponse()
        }
    }
}

/// Imaging presets with their indices in the model.
package struct ImagingPresets: ResponseMessage {
    package var presets: [(index: Int, preset: ImagingPresetModel)]

    package func write(to writer: inout XMLWriter) {
        for (index, preset) in presets {
            let attributes = [("token", ImagingPresetModel.token(index)), ("type", preset.kind)]
            writer.element(.timg, "Preset", attributes) { $0.element(.timg, "Name", preset.name) }
        }
    }
}

extension DeviceModel {
    var hasImagingPresets: Bool { videos.indices.contains { !(imaging(ofVideo: $0)?.presets ?? []).isEmpty } }

    var hasImageStabilization: Bool {
        videos.indices.contains { imaging(ofVideo: $0)?.features[.imageStabilization] != nil }
    }

    var tellsBlur: Bool { videos.indices.contains { imaging(ofVideo: $0)?.tellsBlur ?? false } }
}
