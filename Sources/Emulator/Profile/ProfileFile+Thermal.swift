import Documents
import ONVIF
import Yams

extension ProfileFile {
    /// `thermal:` with palettes, correction tables, cooler and radiometry.
    ///
    /// - Parameters:
    ///   - top: the profile.
    ///   - sources: how many video sources the device has.
    /// - Returns: nil for a camera that sees by visible light alone.
    /// - Throws: `ProfileError` with the line.
    static func thermal(_ top: ProfileNode, sources: Int) throws(ProfileError) -> ThermalModel? {
        guard
            let thermal = try top.optionalMapping(
                "thermal", known: ["sources", "palettes", "nuc-tables", "cooler", "radiometry", "alarm"])
        else { return nil }
        let palettes: [ThermalModel.PaletteKind] = try thermal.choices("palettes") ?? [.whiteHot, .blackHot]
        var model = ThermalModel(palettes: palettes.map { .init(name: $0.rawValue, kind: $0) })
        if let numbers = try thermal.integers("sources", in: 1...sources) { model.sources = numbers }
        let tables = try thermal.nodes("nuc-tables", known: ["name", "kelvin"], limit: connectorLimit)
        for table in tables {
            model.tables.append(.init(name: try table.string("name"), temperatures: try table.range("kelvin")))
        }
        model.hasCooler = try thermal.boolean("cooler", otherwise: false)
        let names = [
            "reflected-temperature", "emissivity", "distance", "humidity", "atmospheric-temperature",
            "atmospheric-transmittance", "optics-temperature", "optics-transmittance",
        ]
        if let radiometry = try thermal.optionalMapping("radiometry", known: names) {
            for (name, parameter) in zip(names, ThermalState.Parameter.allCases) {
                guard let range = try radiometry.range(name) else {
                    guard ThermalState.Parameter.mandatory.contains(parameter) else { continue }
                    throw .missingKey(file: top.file, line: radiometry.line, key: name, inside: "radiometry")
                }
                model.radiometry[parameter] = range
            }
        }
        if let alarm = try thermal.optionalMapping("alarm", known: ["every", "for"]) {
            guard model.measures else {
                throw thermal.wrong("alarm", try thermal.node("alarm"), "\"radiometry\" too, which it is an alarm of")
            }
            model.alarm = try schedule(alarm)
        }
        return model
    }
}
