import Foundation
import XML

// MARK: Writing

extension ImagingState {
    /// Writes the content of `tt:ImagingSettings20`.
    func writeSettings(to writer: inout XMLWriter) {
        write(.backlightCompensation, to: &writer)
        for level in [Level.brightness, .colorSaturation, .contrast] { write(level, to: &writer) }
        if let exposure { writer.exposure(exposure) }
        if let focusMode { writeFocus(focusMode, to: &writer) }
        writer.optional(.tt, "IrCutFilter", irCutFilter?.rawValue)
        write(.sharpness, to: &writer)
        write(.wideDynamicRange, to: &writer)
        if let whiteBalance {
            writer.element(.tt, "WhiteBalance") { writer in
                writer.element(.tt, "Mode", whiteBalance.mode.rawValue)
                writer.element(.tt, "CrGain", whiteBalance.redGain)
                writer.element(.tt, "CbGain", whiteBalance.blueGain)
            }
        }
        guard model.depth > 0 else { return }
        writer.element(.tt, "Extension") { writer in
            write(.imageStabilization, to: &writer)
            guard model.depth > 1 else { return }
            writer.element(.tt, "Extension") { writer in
                for adjustment in irCutFilterAdjustments { writer.adjustment(adjustment) }
                guard model.depth > 2 else { return }
                writer.element(.tt, "Extension") { writer in
                    write(.toneCompensation, to: &writer)
                    write(.defogging, to: &writer)
                    if let noiseReduction {
                        writer.element(.tt, "NoiseReduction") { $0.element(.tt, "Level", noiseReduction) }
                    }
                }
            }
        }
    }

    private func write(_ level: Level, to writer: inout XMLWriter) {
        if let value = levels[level] { writer.element(.tt, level.rawValue, value) }
    }

    private func write(_ feature: ImagingFeature, to writer: inout XMLWriter) {
        guard let setting = features[feature] else { return }
        writer.element(.tt, feature.rawValue) { writer in
            writer.element(.tt, "Mode", setting.mode.rawValue)
            if let level = setting.level { writer.element(.tt, "Level", level) }
        }
    }

    private func writeFocus(_ mode: FocusMode, to writer: inout XMLWriter) {
        let once = focusesOnceAfterMove ? [("AFMode", "OnceAfterMove")] : []
        writer.element(.tt, "Focus", once) { writer in
            writer.element(.tt, "AutoFocusMode", mode.rawValue)
            writer.element(.tt, "DefaultSpeed", focusSpeed)
            if let nearLimit { writer.element(.tt, "NearLimit", nearLimit) }
            if let farLimit { writer.element(.tt, "FarLimit", farLimit) }
        }
    }
}

extension ImagingModel {
    /// How many `tt:Extension` elements the settings of the model need inside each other.
    var depth: Int {
        if features[.toneCompensation] != nil || features[.defogging] != nil || hasNoiseReduction { return 3 }
        if irCutFilterResponseTime != nil { return 2 }
        return features[.imageStabilization] == nil ? 0 : 1
    }

    /// Writes the content of `tt:ImagingOptions20`.
    func writeOptions(to writer: inout XMLWriter) {
        write(.backlightCompensation, to: &writer)
        for level in [ImagingState.Level.brightness, .colorSaturation, .contrast] { write(level, to: &writer) }
        if let exposure { writer.exposureOptions(exposure) }
        if hasFocus { writeFocusOptions(to: &writer) }
        if hasIrCutFilter {
            for mode in ImagingState.IrCutFilter.allCases { writer.element(.tt, "IrCutFilterModes", mode.rawValue) }
        }
        write(.sharpness, to: &writer)
        write(.wideDynamicRange, to: &writer)
        if let whiteBalanceGain {
            writer.element(.tt, "WhiteBalance") { writer in
                for mode in ImagingState.FocusMode.allCases { writer.element(.tt, "Mode", mode.rawValue) }
                writer.range(.tt, "YrGain", whiteBalanceGain)
                writer.range(.tt, "YbGain", whiteBalanceGain)
            }
        }
        guard depth > 0 else { return }
        writer.element(.tt, "Extension") { writer in
            write(.imageStabilization, to: &writer)
            guard depth > 1 else { return }
            writer.element(.tt, "Extension") { writer in
                if let irCutFilterResponseTime { writer.adjustmentOptions(irCutFilterResponseTime) }
                guard depth > 2 else { return }
                writer.element(.tt, "Extension") { writer in
                    write(.toneCompensation, to: &writer)
                    write(.defogging, to: &writer)
                    if hasNoiseReduction {
                        writer.element(.tt, "NoiseReductionOptions") { $0.element(.tt, "Level", true) }
                    }
                }
            }
        }
    }

    private func write(_ level: ImagingState.Level, to writer: inout XMLWriter) {
        if let range = range(level) { writer.range(.tt, level.rawValue, range) }
    }

    private func write(_ feature: ImagingFeature, to writer: inout XMLWriter) {
        guard let model = features[feature] else { return }
        writer.element(.tt, feature.tellsRange ? feature.rawValue : feature.rawValue + "Options") { writer in
            for mode in feature.modes { writer.element(.tt, "Mode", mode.rawValue) }
            if !feature.tellsRange {
                writer.element(.tt, "Level", model.level != nil)
            } else if let level = model.level {
                writer.range(.tt, "Level", level)
            }
        }
    }

    private func writeFocusOptions(to writer: inout XMLWriter) {
        writer.element(.tt, "Focus") { writer in
            for mode in ImagingState.FocusMode.allCases { writer.element(.tt, "AutoFocusModes", mode.rawValue) }
            writer.range(.tt, "DefaultSpeed", ImagingState.focusSpeedRange)
            if let nearLimit { writer.range(.tt, "NearLimit", nearLimit) }
            if let farLimit { writer.range(.tt, "FarLimit", farLimit) }
            if canFocusOnceAfterMove {
                writer.element(.tt, "Extension") { $0.element(.tt, "AFModes", "OnceAfterMove") }
            }
        }
    }
}

extension XMLWriter {
    fileprivate mutating func exposure(_ exposure: ExposureSetting) {
        element(.tt, "Exposure") { writer in
            writer.element(.tt, "Mode", exposure.mode.rawValue)
            writer.element(.tt, "Priority", exposure.priority.rawValue)
            for quantity in ExposureModel.Quantity.allCases {
                guard let bounds = exposure.bounds[quantity] else { continue }
                writer.element(.tt, "Min" + quantity.rawValue, bounds.lowerBound)
                writer.element(.tt, "Max" + quantity.rawValue, bounds.upperBound)
            }
            for quantity in ExposureModel.Quantity.allCases {
                if let value = exposure.values[quantity] { writer.element(.tt, quantity.rawValue, value) }
            }
        }
    }

    fileprivate mutating func exposureOptions(_ model: ExposureModel) {
        element(.tt, "Exposure") { writer in
            for mode in ImagingState.FocusMode.allCases { writer.element(.tt, "Mode", mode.rawValue) }
            for priority in ExposureSetting.Priority.allCases {
                writer.element(.tt, "Priority", priority.rawValue)
            }
            for quantity in ExposureModel.Quantity.allCases {
                guard let range = model.ranges[quantity] else { continue }
                writer.range(.tt, "Min" + quantity.rawValue, range)
                writer.range(.tt, "Max" + quantity.rawValue, range)
            }
            for quantity in ExposureModel.Quantity.allCases {
                if let range = model.ranges[quantity] { writer.range(.tt, quantity.rawValue, range) }
            }
        }
    }

    fileprivate mutating func adjustment(_ adjustment: IrCutFilterAdjustment) {
        element(.tt, "IrCutFilterAutoAdjustment") { writer in
            writer.element(.tt, "BoundaryType", adjustment.boundary.rawValue)
            if let offset = adjustment.offset { writer.element(.tt, "BoundaryOffset", offset) }
            writer.optional(.tt, "ResponseTime", adjustment.responseTime.map(XSDuration.string))
        }
    }

    fileprivate mutating func adjustmentOptions(_ responseTime: ClosedRange<Double>) {
        element(.tt, "IrCutFilterAutoAdjustment") { writer in
            for boundary in IrCutFilterAdjustment.Boundary.allCases {
                writer.element(.tt, "BoundaryType", boundary.rawValue)
            }
            writer.element(.tt, "BoundaryOffset", true)
            writer.durations(.tt, "ResponseTimeRange", responseTime)
        }
    }
}

// MARK: Reading

extension ImagingState {
    /// Takes the settings that a request names; the others stay.
    ///
    /// - Throws: `SettingsInvalid`; the state may then be half changed, and its copy is to be dropped.
    mutating func take(_ settings: XMLElement, now: Date) throws(Fault) {
        for setting in settings.children where setting.name != "Extension" { try takeOne(setting, now: now) }
        try takeExtension(settings.child("Extension"), now: now)
        let adjustments = settings.child("Extension")?.child("Extension")?.children("IrCutFilterAutoAdjustment") ?? []
        if !adjustments.isEmpty { irCutFilterAdjustments = try self.adjustments(adjustments) }
    }

    /// Extensions hold each other; what a vendor put there is not ours to judge.
    private mutating func takeExtension(_ element: XMLElement?, now: Date) throws(Fault) {
        guard let element else { return }
        for setting in element.children {
            if setting.name == "NoiseReduction" || ImagingFeature(rawValue: setting.name) != nil {
                try takeOne(setting, now: now)
            }
        }
        try takeExtension(element.child("Extension"), now: now)
    }

    private mutating func takeOne(_ setting: XMLElement, now: Date) throws(Fault) {
        if let level = Level(rawValue: setting.name) {
            levels[level] = try setting.setting(within: model.range(level))
        } else if let feature = ImagingFeature(rawValue: setting.name), let present = features[feature] {
            features[feature] = try take(setting, feature, present)
        } else if setting.name == "IrCutFilter", irCutFilter != nil {
            irCutFilter = try setting.settingChoice()
        } else if setting.name == "Focus", focusMode != nil {
            try takeFocus(setting, now: now)
        } else if setting.name == "Exposure", let exposure {
            self.exposure = try take(setting, exposure)
        } else if setting.name == "WhiteBalance", var balance = whiteBalance {
            balance.mode = try setting.required("Mode").settingChoice()
            let range = model.whiteBalanceGain
            if let gain = setting.child("CrGain") { balance.redGain = try gain.setting(within: range) }
            if let gain = setting.child("CbGain") { balance.blueGain = try gain.setting(within: range) }
            whiteBalance = balance
        } else if setting.name == "NoiseReduction", noiseReduction != nil {
            noiseReduction = try setting.required("Level").setting(within: 0...1)
        } else {
            throw .settingsInvalid("this video source has no setting \(setting.name)")
        }
    }

    private func take(
        _ element: XMLElement, _ feature: ImagingFeature, _ present: ImagingFeature.Setting
    ) throws(Fault) -> ImagingFeature.Setting {
        var setting = present
        setting.mode = try element.required("Mode").settingChoice()
        guard feature.modes.contains(setting.mode) else {
            throw .settingsInvalid("\(feature.rawValue) cannot be \(setting.mode.rawValue)")
        }
        if let level = element.child("Level") {
            setting.level = try level.setting(within: model.features[feature]?.level)
        }
        return setting
    }

    private func take(_ element: XMLElement, _ present: ExposureSetting) throws(Fault) -> ExposureSetting {
        var exposure = present
        exposure.mode = try element.required("Mode").settingChoice()
        if let priority = element.child("Priority") { exposure.priority = try priority.settingChoice() }
        if element.child("Window") != nil { throw .settingsInvalid("the exposure of this video source has no Window") }
        for quantity in ExposureModel.Quantity.allCases {
            let range = model.exposure?.ranges[quantity]
            let (name, bounds) = (quantity.rawValue, present.bounds[quantity])
            if let value = element.child(name) { exposure.values[quantity] = try value.setting(within: range) }
            let least = try element.child("Min" + name)?.setting(within: range) ?? bounds?.lowerBound
            let most = try element.child("Max" + name)?.setting(within: range) ?? bounds?.upperBound
            guard let least, let most else { continue }
            guard least <= most else { throw .settingsInvalid("Min\(name) is above Max\(name)") }
            exposure.bounds[quantity] = least...most
        }
        return exposure
    }

    private mutating func takeFocus(_ element: XMLElement, now: Date) throws(Fault) {
        if let speed = element.child("DefaultSpeed") {
            focusSpeed = try speed.setting(within: Self.focusSpeedRange)
        }
        if let near = element.child("NearLimit") { nearLimit = try near.setting(within: model.nearLimit) }
        if let far = element.child("FarLimit") { farLimit = try far.setting(within: model.farLimit) }
        if let nearLimit, let farLimit, nearLimit > farLimit {
            throw .settingsInvalid("NearLimit is above FarLimit")
        }
        if let modes = element.attribute("AFMode") {
            let names = modes.split(separator: " ")
            guard names.allSatisfy({ $0 == "OnceAfterMove" }), names.isEmpty || model.canFocusOnceAfterMove else {
                throw .settingsInvalid("AFMode cannot be \"\(modes.prefix(64))\"")
            }
            focusesOnceAfterMove = !names.isEmpty
        }
        let mode: FocusMode = try element.required("AutoFocusMode").settingChoice()
        setFocusMode(mode, now: now)
    }

    /// One adjustment for both boundaries, or one for each.
    private func adjustments(_ elements: [XMLElement]) throws(Fault) -> [IrCutFilterAdjustment] {
        guard let responseTime = model.irCutFilterResponseTime else {
            throw .settingsInvalid("this video source has no setting IrCutFilterAutoAdjustment")
        }
        var adjustments: [IrCutFilterAdjustment] = []
        for element in elements {
            var adjustment = IrCutFilterAdjustment(boundary: try element.required("BoundaryType").settingChoice())
            adjustment.offset = try element.child("BoundaryOffset")?.setting(within: IrCutFilterAdjustment.offsetRange)
            adjustment.responseTime = try element.optionalDuration("ResponseTime")
            guard adjustment.responseTime.map(responseTime.contains) ?? true else {
                throw .settingsInvalid("ResponseTime is out of the range of the options")
            }
            adjustments.append(adjustment)
        }
        let boundaries = Set(adjustments.map(\.boundary))
        guard boundaries.count == adjustments.count, !boundaries.contains(.common) || boundaries.count == 1 else {
            throw .settingsInvalid("IrCutFilterAutoAdjustment is either Common or ToOn and ToOff, each once")
        }
        return adjustments
    }
}

extension XMLElement {
    /// The element's number; nil for a range means that the sensor does not have the setting.
    fileprivate func setting(within range: ClosedRange<Double>?) throws(Fault) -> Double {
        guard let range else { throw .settingsInvalid("this video source has no setting \(name)") }
        guard let value = Double(trimmedText), range.contains(value) else {
            throw .settingsInvalid("\(name) is \"\(trimmedText)\", not a number within \(range)")
        }
        return value
    }

    fileprivate func settingChoice<Value: RawRepresentable<String>>() throws(Fault) -> Value {
        guard let value = Value(rawValue: trimmedText) else {
            throw .settingsInvalid("\(name) cannot be \"\(trimmedText)\"")
        }
        return value
    }
}
