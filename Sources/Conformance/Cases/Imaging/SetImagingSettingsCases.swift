import ONVIF

extension TestCase {
    static let setImagingSettings = TestCase(
        id: "IMAGING-1-1-14",
        title: "IMAGING COMMAND SETIMAGINGSETTINGS",
        covers: .imaging("5.1.3"), .imaging("5.1.2"), .imaging("5.1.4"),
        requires: [.imaging],
        mutants: .forgetsImagingSettings, .forgetsContrast, .imagingLevelsAreOff, .refusesImagingSettings,
        .irCutFilterStaysOff, .forgetsFocusSpeed
    ) { device, findings in
        for source in try await device.imagingSources(&findings) {
            let trial = try await ImagingTrial(of: source, on: device)
            device.afterwards("the imaging settings of \(source)") { device in
                try await device.setImagingSettings(trial.initial, of: source)
            }
            for setting in ImagingSetting.all {
                try await trial.change(setting, on: device, &findings)
            }
        }
    }
}

/// The settings of one video source before a case changes them, with their options.
struct ImagingTrial: Sendable {
    let source: String
    /// What can be sent back: the settings less those without options.
    let initial: SettingTree
    let options: AnswerNode

    init(of source: String, on device: TestDevice) async throws {
        self.source = source
        let answer = try await device.call("GetOptions", in: .imaging, TestDevice.videoSource(source))
        options = try answer.requireNodes("timg:ImagingOptions")[0]
        var settings = try await device.imagingSettings(of: source)
        for setting in ImagingSetting.all where !setting.isOffered(in: options) { settings.remove(setting.path) }
        initial = settings
    }

    /// Gives the setting another value, then its first one back; nothing where the device offers no other value.
    func change(_ setting: ImagingSetting, on device: TestDevice, _ findings: inout Findings) async throws {
        guard let value = setting.anotherValue(than: initial, in: options) else { return }
        var next = initial
        if let mode = setting.mode { next.set(mode.value, at: mode.path, order: ImagingSetting.order) }
        next.set(value, at: setting.path, order: ImagingSetting.order)
        try await device.setImagingSettings(next, of: source)
        let changed = try await device.imagingSettings(of: source).value(at: setting.path)
        findings.expect(
            setting.isSame(changed, value, in: options), "\(setting.name) of \(source) \(value), as was set",
            found: changed ?? "none", clause: .imaging("5.1.3"))

        try await device.setImagingSettings(initial, of: source)
        guard let before = initial.value(at: setting.path) else { return }
        let restored = try await device.imagingSettings(of: source).value(at: setting.path)
        findings.expect(
            setting.isSame(restored, before, in: options), "\(setting.name) of \(source) \(before) again",
            found: restored ?? "none", clause: .imaging("5.1.3"))
    }
}

extension TestDevice {
    func imagingSettings(of source: String) async throws -> SettingTree {
        let answer = try await call("GetImagingSettings", in: .imaging, Self.videoSource(source))
        return SettingTree(try answer.requireNodes("timg:ImagingSettings")[0])
    }

    func setImagingSettings(_ settings: SettingTree, of source: String) async throws {
        try await call("SetImagingSettings", in: .imaging, "\(Self.videoSource(source))\(settings.markup)")
    }
}
