package import Foundation

/// The thermal settings of one video source.
package struct ThermalState: Codable, Equatable, Sendable {
    /// `tth:Polarity`.
    package enum Polarity: String, Codable, CaseIterable, Sendable {
        case whiteHot = "WhiteHot"
        case blackHot = "BlackHot"
    }

    /// The elements of `tth:RadiometryGlobalParameters`, in their order: Kelvin, metres, percent or a fraction.
    package enum Parameter: String, Codable, CodingKeyRepresentable, CaseIterable, Sendable {
        case reflectedAmbientTemperature = "ReflectedAmbientTemperature"
        case emissivity = "Emissivity"
        case distanceToObject = "DistanceToObject"
        case relativeHumidity = "RelativeHumidity"
        case atmosphericTemperature = "AtmosphericTemperature"
        case atmosphericTransmittance = "AtmosphericTransmittance"
        case extOpticsTemperature = "ExtOpticsTemperature"
        case extOpticsTransmittance = "ExtOpticsTransmittance"

        /// The schema does not let these be left out.
        package static let mandatory: [Parameter] = [.reflectedAmbientTemperature, .emissivity, .distanceToObject]

        /// What a factory sets, where the range has it: a dull object ten metres away in a room at 20 °C.
        var factoryValue: Double {
            switch self {
            case .reflectedAmbientTemperature, .atmosphericTemperature, .extOpticsTemperature: 293.15
            case .emissivity: 0.95
            case .distanceToObject: 10
            case .relativeHumidity: 50
            case .atmosphericTransmittance, .extOpticsTransmittance: 1
            }
        }
    }

    /// The index among the model's palettes.
    package internal(set) var palette = 0
    package internal(set) var polarity = Polarity.whiteHot
    /// The index among the model's correction tables.
    package internal(set) var table = 0
    /// Since when the cooler runs; nil where it is off or there is none.
    package internal(set) var coolerStart: Date?
    /// Seconds that the cooler ran before.
    package internal(set) var coolerSeconds: TimeInterval = 0
    package internal(set) var parameters: [Parameter: Double] = [:]

    /// As the factory ships it; the cooler runs.
    package init(model: ThermalModel, now: Date) {
        coolerStart = model.hasCooler ? now : nil
        for (parameter, range) in model.radiometry {
            parameters[parameter] = parameter.factoryValue.clamped(to: range)
        }
    }

    /// Hours that the cooler has been running in all.
    package func coolerHours(at now: Date) -> Double {
        (coolerSeconds + max(0, coolerStart.map { now.timeIntervalSince($0) } ?? 0)) / 3600
    }

    mutating func setCooler(_ isOn: Bool, now: Date) {
        guard isOn != (coolerStart != nil) else { return }
        coolerSeconds = coolerHours(at: now) * 3600
        coolerStart = isOn ? now : nil
    }

    mutating func clockMoved(by seconds: TimeInterval) {
        coolerStart? += seconds
    }
}

extension ThermalModel {
    static func paletteToken(_ index: Int) -> String { "ColorPalette_\(index + 1)" }
    static func tableToken(_ index: Int) -> String { "NUCTable_\(index + 1)" }
}
