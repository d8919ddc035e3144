package import XML

extension PTZService {
    /// Keeps the present view as a preset, a new one or an existing one.
    ///
    /// Source: ONVIF PTZ 26.06 §5.4.1 SetPreset.
    package struct SetPreset: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var profileToken: String
        package var presetToken: String?
        package var presetName: String?

        package init(_ request: XMLElement) throws(Fault) {
            profileToken = try request.token("ProfileToken")
            presetToken = request.child("PresetToken") == nil ? nil : try request.token("PresetToken")
            presetName = request.optionalString("PresetName").flatMap { $0.isEmpty ? nil : $0 }
        }

        /// - Throws: `NoProfile`, `NoPTZProfile`, `MovingPTZ`, `NoToken`, `InvalidPresetName`, `PresetExist`,
        ///   `TooManyPresets`; the presets stay as they were.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            var head = try device.head(ofProfile: profileToken)
            guard !head.isMoving(at: call.now) else {
                throw .receiver("Action", "MovingPTZ", reason: "a preset cannot be set while the head moves")
            }
            let index = head.presets.firstIndex { $0.token == presetToken }
            if let presetToken, index == nil { throw .noPreset(presetToken) }
            if let presetName {
                guard presetName.count <= XMLElement.tokenLimit else {
                    throw .sender(
                        "InvalidArgVal", "InvalidPresetName",
                        reason: "a preset's name has at most \(XMLElement.tokenLimit) characters")
                }
                guard !head.presets.contains(where: { $0.name == presetName && $0.token != presetToken }) else {
                    throw .sender(
                        "InvalidArgVal", "PresetExist", reason: "another preset is called \"\(presetName)\"")
                }
            }
            let view = head.view(at: call.now)
            guard let index else {
                let preset = try head.addPreset(named: presetName, view: view)
                device.ptz?.presets = head.presets
                return Response(presetToken: preset.token)
            }
            head.presets[index].view = view
            if let presetName { head.presets[index].name = presetName }
            device.ptz?.presets = head.presets
            return Response(presetToken: head.presets[index].token)
        }

        package struct Response: ResponseMessage, Equatable {
            package var presetToken: String

            package func write(to writer: inout XMLWriter) {
                writer.element(.tptz, "PresetToken", presetToken)
            }
        }
    }
}

extension Fault {
    static func noPreset(_ token: String) -> Fault {
        .sender("InvalidArgVal", "NoToken", reason: "there is no preset \"\(token)\"")
    }
}

extension PTZState {
    /// - Throws: `TooManyPresets`.
    fileprivate mutating func addPreset(named name: String?, view: PTZView) throws(Fault) -> Preset {
        guard presets.count < model.maximumPresets,
            let number = (1...model.maximumPresets).first(where: { number in
                !presets.contains { $0.token == "Preset_\(number)" }
            })
        else {
            throw .receiver("Action", "TooManyPresets", reason: "there are \(model.maximumPresets) presets already")
        }
        // The default name must not be one that a client gave already.
        let names = Set(presets.map(\.name))
        let free = (number...(number + presets.count)).lazy.map { "Preset \($0)" }.first { !names.contains($0) }
        let preset = Preset(token: "Preset_\(number)", name: name ?? free ?? "Preset_\(number)", view: view)
        presets.append(preset)
        return preset
    }
}
