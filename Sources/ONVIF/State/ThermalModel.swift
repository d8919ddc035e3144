/// The thermal sensors of a camera: what they show temperatures with, and what they measure.
package struct ThermalModel: Codable, Equatable, Sendable {
    /// `tth:ColorPaletteType`.
    package enum PaletteKind: String, Codable, CaseIterable, Sendable {
        case custom = "Custom"
        case grayscale = "Grayscale"
        case blackHot = "BlackHot"
        case whiteHot = "WhiteHot"
        case sepia = "Sepia"
        case red = "Red"
        case iron = "Iron"
        case rain = "Rain"
        case rainbow = "Rainbow"
        case isotherm = "Isotherm"
    }

    /// `tth:ColorPalette`.
    package struct Palette: Codable, Equatable, Sendable {
        package var name: String
        package var kind: PaletteKind

        package init(name: String, kind: PaletteKind) {
            self.name = name
            self.kind = kind
        }
    }

    /// `tth:NUCTable`: a correction for a range of the sensor's temperature.
    package struct CorrectionTable: Codable, Equatable, Sendable {
        package var name: String
        /// Kelvin
        package var temperatures: ClosedRange<Double>?

        package init(name: String, temperatures: ClosedRange<Double>? = nil) {
            self.name = name
            self.temperatures = temperatures
        }
    }

    /// Numbers of the video sources that are thermal, from 1.
    package var sources: [Int] = [1]
    /// At least one; the first is the factory's choice.
    package var palettes: [Palette]
    /// The first is the factory's choice; empty where clients cannot choose.
    package var tables: [CorrectionTable] = []
    /// Whether the detector is cooled, by a cooler that can be switched off.
    package var hasCooler = false
    /// The parameters of temperature measurement with their ranges; empty for a camera that does not measure.
    package var radiometry: [ThermalState.Parameter: ClosedRange<Double>] = [:]
    /// When `tns1:VideoSource/RadiometryAlarm` is on; nil for a device without the topic.
    package var alarm: AlarmSchedule?

    package init(palettes: [Palette]) {
        precondition(!palettes.isEmpty, "a thermal picture without a palette")
        self.palettes = palettes
    }

    package var measures: Bool { !radiometry.isEmpty }
}
