package import Foundation

/// A setting that is on, off or automatic, perhaps with a level.
package enum ImagingFeature: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
    case backlightCompensation = "BacklightCompensation"
    case wideDynamicRange = "WideDynamicRange"
    case imageStabilization = "ImageStabilization"
    case toneCompensation = "ToneCompensation"
    case defogging = "Defogging"

    package enum Mode: String, Codable, CaseIterable, Sendable {
        case off = "OFF"
        case on = "ON"
        case auto = "AUTO"
    }

    /// What a sensor has of the feature.
    package struct Model: Codable, Equatable, Sendable {
        /// Nil for a feature without levels.
        package var level: ClosedRange<Double>?

        package init(level: ClosedRange<Double>? = nil) {
            self.level = level
        }
    }

    package struct Setting: Codable, Equatable, Sendable {
        package var mode: Mode
        /// Nil for a feature without levels.
        package var level: Double?
    }

    /// Source: ONVIF Imaging 26.06 §5.1.1 Parameters.
    package var modes: [Mode] {
        switch self {
        case .backlightCompensation, .wideDynamicRange: [.off, .on]
        case .imageStabilization, .toneCompensation, .defogging: Mode.allCases
        }
    }

    /// Whether the options tell a range of levels; otherwise it is 0…1 by the standard, and they tell that there is one.
    var tellsRange: Bool {
        switch self {
        case .backlightCompensation, .wideDynamicRange, .imageStabilization: true
        case .toneCompensation, .defogging: false
        }
    }
}

/// How a sensor can be exposed: μs and dB.
package struct ExposureModel: Codable, Equatable, Sendable {
    /// What the values of an exposure measure.
    package enum Quantity: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
        /// μs
        case time = "ExposureTime"
        /// dB
        case gain = "Gain"
        /// dB of attenuation; 0 is fully open.
        case iris = "Iris"
    }

    /// At least the time.
    package var ranges: [Quantity: ClosedRange<Double>]

    package init(ranges: [Quantity: ClosedRange<Double>]) {
        self.ranges = ranges
    }
}

/// `tt:Exposure20`.
package struct ExposureSetting: Codable, Equatable, Sendable {
    /// `tt:ExposurePriority`.
    package enum Priority: String, Codable, CaseIterable, Sendable {
        case lowNoise = "LowNoise"
        case frameRate = "FrameRate"
    }

    package var mode = ImagingState.FocusMode.auto
    package var priority = Priority.frameRate
    /// What the automatic may use.
    package var bounds: [ExposureModel.Quantity: ClosedRange<Double>]
    /// What holds without it.
    package var values: [ExposureModel.Quantity: Double]

    init(model: ExposureModel) {
        bounds = model.ranges
        values = model.ranges.mapValues(\.lowerBound)
    }
}

/// `tt:WhiteBalance20`.
package struct WhiteBalanceSetting: Codable, Equatable, Sendable {
    package var mode = ImagingState.FocusMode.auto
    package var redGain: Double
    package var blueGain: Double
}

/// `tt:IrCutFilterAutoAdjustment`.
package struct IrCutFilterAdjustment: Codable, Equatable, Sendable {
    /// `tt:IrCutFilterAutoBoundaryType`.
    package enum Boundary: String, Codable, CaseIterable, Sendable {
        case common = "Common"
        case toOn = "ToOn"
        case toOff = "ToOff"
    }

    /// Darker to brighter.
    package static let offsetRange: ClosedRange<Double> = -1...1

    package var boundary: Boundary
    package var offset: Double?
    /// Seconds
    package var responseTime: TimeInterval?
}

/// `timg:ImagingPreset`: settings that the manufacturer put together; what it does not name stays.
package struct ImagingPresetModel: Codable, Equatable, Sendable {
    package var name: String
    /// A value of `timg:ImagingPresetType` or `Custom`.
    package var kind: String
    package var levels: [ImagingState.Level: Double] = [:]
    package var irCutFilter: ImagingState.IrCutFilter?
    package var features: [ImagingFeature: ImagingFeature.Mode] = [:]

    package init(name: String, kind: String = "Custom") {
        self.name = name
        self.kind = kind
    }

    static func token(_ index: Int) -> String { "ImagingPreset_\(index + 1)" }
}

extension ImagingState {
    mutating func apply(preset index: Int) {
        let preset = model.presets[index]
        for (level, value) in preset.levels { levels[level] = model.range(level).map(value.clamped) }
        if let filter = preset.irCutFilter, irCutFilter != nil { irCutFilter = filter }
        for (feature, mode) in preset.features { features[feature]?.mode = mode }
        appliedPreset = index
    }

    /// The preset that was applied last, if the settings still are as it has them.
    package var currentPreset: Int? {
        guard let appliedPreset else { return nil }
        var applied = self
        applied.apply(preset: appliedPreset)
        return applied.hasSameSettings(as: self) ? appliedPreset : nil
    }

    private func hasSameSettings(as other: ImagingState) -> Bool {
        levels == other.levels && irCutFilter == other.irCutFilter && features == other.features
    }

    // MARK: Blur

    /// How far from sharp the focus may be until the picture counts as blurred, in focus positions.
    package static let blurThreshold = 0.25

    package func isBlurred(at time: Date) -> Bool {
        abs(focus.position(at: time) - Self.sharpFocus) > Self.blurThreshold
    }

    /// When a move of the focus blurs the picture or makes it sharp next; nil where it does neither.
    package func nextBlurChange(after time: Date) -> Date? {
        guard focus.isMoving(at: time), focus.to != focus.from else { return nil }
        let sides = [Self.sharpFocus - Self.blurThreshold, Self.sharpFocus + Self.blurThreshold]
        let crossings = sides.map { focus.start + focus.duration * ($0 - focus.from) / (focus.to - focus.from) }
        // At the edge itself the picture is still sharp: look just behind it.
        return crossings.map { $0 + 0.001 }.filter { $0 > time && $0 <= focus.end + 0.001 }.min()
    }
}
