import Foundation

/// The imaging settings of the sensor and the position of its focus.
package struct ImagingState: Codable, Equatable, Sendable {
    /// `tt:IrCutFilterMode`.
    package enum IrCutFilter: String, Codable, CaseIterable, Sendable {
        case on = "ON"
        case off = "OFF"
        case auto = "AUTO"
    }

    /// `tt:AutoFocusMode`.
    package enum FocusMode: String, Codable, CaseIterable, Sendable {
        case auto = "AUTO"
        case manual = "MANUAL"
    }

    /// The settings that are a number within a range, by their elements in `tt:ImagingSettings20`.
    package enum Level: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
        case brightness = "Brightness"
        case colorSaturation = "ColorSaturation"
        case contrast = "Contrast"
        case sharpness = "Sharpness"
    }

    /// Where the lens can focus, without a unit: 0 is near.
    package static let focusRange: ClosedRange<Double> = 0...1
    /// Speeds of the focus, without a unit.
    package static let focusSpeedRange: ClosedRange<Double> = 0...1
    /// Positions a second at the speed 1.
    package static let focusRate = 0.5
    /// Where the autofocus finds the picture sharp.
    package static let sharpFocus = 0.5

    package let model: ImagingModel
    /// Only the levels that the model has.
    package internal(set) var levels: [Level: Double] = [:]
    /// Nil on a model without such a filter.
    package internal(set) var irCutFilter: IrCutFilter?
    /// Nil on a model whose focus is fixed.
    package internal(set) var focusMode: FocusMode?
    package internal(set) var focusSpeed = 1.0
    package internal(set) var focus = PTZTrajectory(at: Self.sharpFocus)
    /// Metres; nil where the model has none.
    package internal(set) var nearLimit: Double?
    package internal(set) var farLimit: Double?
    package internal(set) var focusesOnceAfterMove = false
    /// Only the features that the model has.
    package internal(set) var features: [ImagingFeature: ImagingFeature.Setting] = [:]
    /// Nil where the model has none; likewise below.
    package internal(set) var exposure: ExposureSetting?
    package internal(set) var whiteBalance: WhiteBalanceSetting?
    /// 0…1
    package internal(set) var noiseReduction: Double?
    package internal(set) var irCutFilterAdjustments: [IrCutFilterAdjustment] = []
    /// The index of the preset that was applied last.
    var appliedPreset: Int?

    /// Everything in the middle or automatic.
    package init(model: ImagingModel) {
        self.model = model
        for level in Level.allCases {
            levels[level] = model.range(level).map { ($0.lowerBound + $0.upperBound) / 2 }
        }
        irCutFilter = model.hasIrCutFilter ? .auto : nil
        focusMode = model.hasFocus ? .auto : nil
        nearLimit = model.nearLimit?.lowerBound
        farLimit = model.farLimit?.upperBound
        features = model.features.mapValues { feature in
            .init(mode: .off, level: feature.level.map { ($0.lowerBound + $0.upperBound) / 2 })
        }
        exposure = model.exposure.map(ExposureSetting.init)
        whiteBalance = model.whiteBalanceGain.map { gain in
            let middle = (gain.lowerBound + gain.upperBound) / 2
            return WhiteBalanceSetting(redGain: middle, blueGain: middle)
        }
        noiseReduction = model.hasNoiseReduction ? 0.5 : nil
        if let responseTime = model.irCutFilterResponseTime {
            irCutFilterAdjustments = [
                IrCutFilterAdjustment(boundary: .common, offset: 0, responseTime: responseTime.lowerBound)
            ]
        }
    }

    /// Moves the focus, at most as far as it goes; from then on it is manual.
    mutating func moveFocus(to position: Double, speed: Double, now: Date) {
        focusMode = .manual
        focus = PTZTrajectory(
            from: focus.position(at: now), to: position.clamped(to: Self.focusRange), speed: speed * Self.focusRate,
            start: now)
    }

    mutating func stopFocus(now: Date) {
        guard focusMode == .manual, focus.isMoving(at: now) else { return }
        focus = PTZTrajectory(at: focus.position(at: now))
    }

    /// Changes who focuses; the autofocus goes to where the picture is sharp.
    mutating func setFocusMode(_ mode: FocusMode, now: Date) {
        guard mode != focusMode else { return }
        stopFocus(now: now)
        if mode == .auto { moveFocus(to: Self.sharpFocus, speed: Self.focusSpeedRange.upperBound, now: now) }
        focusMode = mode
    }

    mutating func clockMoved(by seconds: TimeInterval) {
        focus.clockMoved(by: seconds)
    }

    /// A start after a reboot: the focus rests where it was.
    mutating func restart(at now: Date) {
        focus = PTZTrajectory(at: focus.position(at: now))
    }
}

extension ImagingModel {
    /// Nil where the sensor does not have that setting.
    package func range(_ level: ImagingState.Level) -> ClosedRange<Double>? {
        switch level {
        case .brightness: brightness
        case .colorSaturation: colorSaturation
        case .contrast: contrast
        case .sharpness: sharpness
        }
    }
}
