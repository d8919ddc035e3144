/// A setting of a video source that can be changed by itself, and where its options stand.
///
/// Source: onvif.xsd, tt:ImagingSettings20 and tt:ImagingOptions20; ONVIF Imaging 26.06 §5.1.
struct ImagingSetting: Sendable {
    enum Kind: Sendable {
        /// A number within a range.
        case level
        /// One of several words; the preferred one is tried first.
        case choice(preferred: String?)
    }

    /// Local names from tt:ImagingSettings20 on.
    let path: [String]
    /// From tt:ImagingOptions20 on: the range, or each word.
    let options: XPath
    let kind: Kind
    /// What the setting is of any use in.
    let mode: Mode?

    /// A mode that must be on offer and is set along.
    struct Mode: Sendable {
        let path: [String]
        let options: XPath
        let value: String
    }

    var name: String { path.joined(separator: "/") }

    /// In the order of the official procedure.
    static let all: [ImagingSetting] =
        withModes("BacklightCompensation", levels: ["Level"], in: "ON")
        + ["Brightness", "ColorSaturation", "Contrast", "Sharpness"].map { level([$0], options(of: [$0])) }
        + exposure + focus
        + [
            ImagingSetting(
                path: ["IrCutFilter"], options: "tt:IrCutFilterModes", kind: .choice(preferred: "OFF"), mode: nil)
        ] + whiteBalance + withModes("WideDynamicRange", levels: ["Level"], in: "ON")
        + withModes("Extension", "ImageStabilization", levels: ["Level"], in: "ON")

    /// The names of the children of each element as the schema lists them.
    static let order: [String: [String]] = [
        "ImagingSettings": [
            "BacklightCompensation", "Brightness", "ColorSaturation", "Contrast", "Exposure", "Focus", "IrCutFilter",
            "Sharpness", "WideDynamicRange", "WhiteBalance", "Extension",
        ],
        "BacklightCompensation": ["Mode", "Level"],
        "Exposure": [
            "Mode", "Priority", "Window", "MinExposureTime", "MaxExposureTime", "MinGain", "MaxGain", "MinIris",
            "MaxIris", "ExposureTime", "Gain", "Iris",
        ],
        "Focus": ["AutoFocusMode", "DefaultSpeed", "NearLimit", "FarLimit", "Extension"],
        "WideDynamicRange": ["Mode", "Level"],
        "WhiteBalance": ["Mode", "CrGain", "CbGain", "Extension"],
        "Extension": ["ImageStabilization", "Extension"],
        "ImageStabilization": ["Mode", "Level", "Extension"],
    ]

    private static let exposure: [ImagingSetting] = {
        let automatic = ["MinExposureTime", "MaxExposureTime", "MinGain", "MaxGain", "MinIris", "MaxIris"]
        let priority = ImagingSetting(
            path: ["Exposure", "Priority"], options: options(of: ["Exposure", "Priority"]),
            kind: .choice(preferred: nil), mode: mode(["Exposure", "Mode"], "AUTO"))
        var settings = withModes("Exposure", levels: automatic, in: "AUTO")
        settings.insert(priority, at: 1)
        return settings
            + ["ExposureTime", "Gain", "Iris"].map {
                level(["Exposure", $0], options(of: ["Exposure", $0]), mode(["Exposure", "Mode"], "MANUAL"))
            }
    }()

    private static let focus: [ImagingSetting] = {
        let modes: XPath = "tt:Focus/tt:AutoFocusModes"
        func setting(_ name: String, in mode: String) -> ImagingSetting {
            level(
                ["Focus", name], options(of: ["Focus", name]),
                Mode(path: ["Focus", "AutoFocusMode"], options: modes, value: mode))
        }
        return [
            ImagingSetting(
                path: ["Focus", "AutoFocusMode"], options: modes, kind: .choice(preferred: nil), mode: nil),
            setting("NearLimit", in: "AUTO"), setting("FarLimit", in: "AUTO"), setting("DefaultSpeed", in: "MANUAL"),
        ]
    }()

    private static let whiteBalance: [ImagingSetting] = {
        let manual = mode(["WhiteBalance", "Mode"], "MANUAL")
        return withModes("WhiteBalance", levels: [], in: "MANUAL") + [
            level(["WhiteBalance", "CrGain"], "tt:WhiteBalance/tt:YrGain", manual),
            level(["WhiteBalance", "CbGain"], "tt:WhiteBalance/tt:YbGain", manual),
        ]
    }()

    /// A Mode and the levels that it governs.
    private static func withModes(_ path: String..., levels: [String], in value: String) -> [ImagingSetting] {
        let modePath = path + ["Mode"]
        return [
            ImagingSetting(
                path: modePath, options: options(of: modePath), kind: .choice(preferred: nil), mode: nil)
        ] + levels.map { level(path + [$0], options(of: path + [$0]), mode(modePath, value)) }
    }

    private static func level(_ path: [String], _ options: XPath, _ mode: Mode? = nil) -> ImagingSetting {
        ImagingSetting(path: path, options: options, kind: .level, mode: mode)
    }

    private static func mode(_ path: [String], _ value: String) -> Mode {
        Mode(path: path, options: options(of: path), value: value)
    }

    private static func options(of path: [String]) -> XPath {
        XPath(stringLiteral: path.map { "tt:\($0)" }.joined(separator: "/"))
    }

    // MARK: - Values

    /// The range that the options give; nil for none.
    func range(in options: AnswerNode) -> ClosedRange<Double>? {
        guard let node = options.node(self.options), let minimum = node.number("tt:Min"),
            let maximum = node.number("tt:Max"), minimum <= maximum
        else { return nil }
        return minimum...maximum
    }

    func isOffered(in options: AnswerNode) -> Bool { options.exists(self.options) }

    /// A value that the options allow and that is not the present one; nil where there is none, or not its mode.
    func anotherValue(than settings: SettingTree, in options: AnswerNode) -> String? {
        if let mode, !options.texts(mode.options).contains(mode.value) { return nil }
        let present = settings.value(at: path)
        switch kind {
        case .choice(let preferred):
            let others = options.texts(self.options).filter { $0 != present }
            return others.first { $0 == preferred } ?? others.first
        case .level:
            guard let range = range(in: options), range.lowerBound < range.upperBound else { return nil }
            return candidates(range, settings).first { $0 != present.flatMap(Double.init) }.map { "\($0)" }
        }
    }

    /// The ends of the range, such that what is called minimum stays below its maximum.
    private func candidates(_ range: ClosedRange<Double>, _ settings: SettingTree) -> [Double] {
        func partner(_ prefix: String, _ other: String) -> Double? {
            guard let last = path.last, last.hasPrefix(prefix) else { return nil }
            let name = other + last.dropFirst(prefix.count)
            return settings.value(at: path.dropLast() + [name]).flatMap(Double.init)
        }
        if let maximum = partner("Min", "Max") { return [range.lowerBound, min(range.upperBound, maximum)] }
        if let minimum = partner("Max", "Min") { return [range.upperBound, max(range.lowerBound, minimum)] }
        return [range.upperBound, range.lowerBound]
    }

    /// Whether two values are the same: numbers may differ by what a device loses in its own units.
    func isSame(_ left: String?, _ right: String?, in options: AnswerNode) -> Bool {
        guard case .level = kind, let a = left.flatMap(Double.init), let b = right.flatMap(Double.init) else {
            return left == right
        }
        let width = range(in: options).map { $0.upperBound - $0.lowerBound } ?? 0
        return abs(a - b) <= max(width * Self.relativeTolerance, Self.absoluteTolerance)
    }

    /// Of the width of the range.
    private static let relativeTolerance = 0.001
    private static let absoluteTolerance = 0.00001
}
