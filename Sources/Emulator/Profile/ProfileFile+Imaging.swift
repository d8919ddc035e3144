import Documents
import ONVIF
import Yams

extension ProfileFile {
    static let imagingKeys = [
        "brightness", "saturation", "contrast", "sharpness", "ir-cut-filter", "focus", "focus-near", "focus-far",
        "focus-once-after-move", "backlight-compensation", "wide-dynamic-range", "image-stabilization",
        "tone-compensation", "defogging", "noise-reduction", "exposure", "white-balance", "ir-cut-filter-response",
        "presets", "blur-alarm",
    ]

    /// The settings of a sensor beyond its levels, filter and focus.
    static func extendImaging(_ model: inout ImagingModel, _ imaging: ProfileNode) throws(ProfileError) {
        if model.hasFocus {
            model.nearLimit = try imaging.range("focus-near")
            model.farLimit = try imaging.range("focus-far")
            model.canFocusOnceAfterMove = try imaging.boolean("focus-once-after-move", otherwise: false)
            model.tellsBlur = try imaging.boolean("blur-alarm", otherwise: false)
        } else if let key = ["focus-near", "focus-far", "focus-once-after-move", "blur-alarm"].first(where: imaging.has)
        {
            throw imaging.wrong(key, try imaging.node(key), "\"focus: true\" too")
        }
        let features: [(String, ImagingFeature)] = [
            ("backlight-compensation", .backlightCompensation), ("wide-dynamic-range", .wideDynamicRange),
            ("image-stabilization", .imageStabilization), ("tone-compensation", .toneCompensation),
            ("defogging", .defogging),
        ]
        for (key, feature) in features where imaging.has(key) {
            model.features[feature] = try self.feature(key, feature, imaging)
        }
        model.hasNoiseReduction = try imaging.boolean("noise-reduction", otherwise: false)
        model.whiteBalanceGain = try imaging.range("white-balance")
        model.irCutFilterResponseTime = try imaging.range("ir-cut-filter-response")
        if model.irCutFilterResponseTime != nil, !model.hasIrCutFilter {
            let key = "ir-cut-filter-response"
            throw imaging.wrong(key, try imaging.node(key), "\"ir-cut-filter: true\" too")
        }
        if let exposure = try imaging.optionalMapping("exposure", known: ["time", "gain", "iris"]) {
            guard let time = try exposure.range("time") else {
                throw .missingKey(file: imaging.file, line: exposure.line, key: "time", inside: "exposure")
            }
            model.exposure = ExposureModel(ranges: [.time: time])
            model.exposure?.ranges[.gain] = try exposure.range("gain")
            model.exposure?.ranges[.iris] = try exposure.range("iris")
        }
        for preset in try imaging.nodes("presets", known: presetKeys, limit: connectorLimit) {
            model.presets.append(try self.preset(preset, model))
        }
    }

    /// `true` for a feature that is on and off, a range such as `[0, 100]` where it has levels.
    private static func feature(
        _ key: String, _ feature: ImagingFeature, _ imaging: ProfileNode
    ) throws(ProfileError) -> ImagingFeature.Model? {
        if try imaging.node(key).sequence == nil {
            return try imaging.boolean(key, otherwise: false) ? ImagingFeature.Model() : nil
        }
        guard let range = try imaging.range(key) else { return nil }
        if [.toneCompensation, .defogging].contains(feature), range != 0...1 {
            throw imaging.wrong(key, try imaging.node(key), "true, or [0, 1], which the standard has for its levels")
        }
        return ImagingFeature.Model(level: range)
    }

    private static let presetKeys = [
        "name", "type", "brightness", "saturation", "contrast", "sharpness", "ir-cut-filter", "backlight-compensation",
        "wide-dynamic-range",
    ]

    private static func preset(
        _ node: ProfileNode, _ model: ImagingModel
    ) throws(ProfileError) -> ImagingPresetModel {
        var preset = ImagingPresetModel(
            name: try node.string("name"), kind: node.has("type") ? try node.string("type") : "Custom")
        let levels: [(String, ImagingState.Level)] = [
            ("brightness", .brightness), ("saturation", .colorSaturation), ("contrast", .contrast),
            ("sharpness", .sharpness),
        ]
        for (key, level) in levels where node.has(key) {
            guard let range = model.range(level) else {
                throw node.wrong(key, try node.node(key), "the range of \"\(key)\" in \"imaging\" too")
            }
            preset.levels[level] = try node.number(key, in: range)
        }
        if node.has("ir-cut-filter") { preset.irCutFilter = try node.choice("ir-cut-filter", else: .auto) }
        let features: [(String, ImagingFeature)] = [
            ("backlight-compensation", .backlightCompensation), ("wide-dynamic-range", .wideDynamicRange),
        ]
        for (key, feature) in features where node.has(key) {
            preset.features[feature] = try node.boolean(key, otherwise: false) ? .on : .off
        }
        return preset
    }
}
