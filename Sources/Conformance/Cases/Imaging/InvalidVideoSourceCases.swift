import ONVIF

/// Requests for a video source that is not there.
extension TestCase {
    static let getImagingSettingsOfNoSource = TestCase(
        id: "IMAGING-1-1-10",
        title: "IMAGING COMMAND GETIMAGINGSETTINGS – INVALID VIDEOSOURCETOKEN",
        covers: .imaging("5.1.2"),
        requires: [.imaging],
        mutants: .imagingAnswersForAnySource, .imagingFaultsWithoutReason
    ) { device, findings in
        try await refuse("GetImagingSettings", device, &findings)
    }

    static let getImagingOptionsOfNoSource = TestCase(
        id: "IMAGING-1-1-11",
        title: "IMAGING COMMAND GETOPTIONS – INVALID VIDEOSOURCETOKEN",
        covers: .imaging("5.1.4"),
        requires: [.imaging],
        mutants: .imagingAnswersForAnySource, .imagingFaultsWithoutReason
    ) { device, findings in
        try await refuse("GetOptions", device, &findings)
    }

    static let setImagingSettingsOfNoSource = TestCase(
        id: "IMAGING-1-1-12",
        title: "IMAGING COMMAND SETIMAGINGSETTINGS – INVALID VIDEOSOURCETOKEN",
        covers: .imaging("5.1.3"),
        requires: [.imaging],
        mutants: .imagingAnswersForAnySource, .imagingFaultsWithoutReason
    ) { device, findings in
        try await refuse("SetImagingSettings", with: "<timg:ImagingSettings/>", device, &findings)
    }

    static let getMoveOptionsOfNoSource = TestCase(
        id: "IMAGING-2-1-15",
        title: "IMAGING COMMAND GETMOVEOPTIONS – INVALID VIDEOSOURCETOKEN",
        covers: .imaging("5.3.2"),
        requires: [.imaging],
        mutants: .imagingAnswersForAnySource, .imagingFaultsWithoutReason
    ) { device, findings in
        try await refuse("GetMoveOptions", device, &findings)
    }

    static let moveFocusOfNoSource = TestCase(
        id: "IMAGING-2-1-16",
        title: "IMAGING COMMAND MOVE – INVALID VIDEOSOURCETOKEN",
        covers: .imaging("5.3.1"),
        requires: [.imaging, .imagingFocus],
        mutants: .imagingAnswersForAnySource, .imagingFaultsWithoutReason
    ) { device, findings in
        let move: Markup =
            "<timg:Focus><tt:Continuous><tt:Speed>0.5</tt:Speed></tt:Continuous></timg:Focus>"
        try await refuse("Move", with: move, device, &findings)
    }

    static let getImagingStatusOfNoSource = TestCase(
        id: "IMAGING-2-1-17",
        title: "IMAGING COMMAND GETSTATUS – INVALID VIDEOSOURCETOKEN",
        covers: .imaging("5.3.4"),
        requires: [.imaging, .imagingFocus],
        mutants: .imagingAnswersForAnySource, .imagingFaultsWithoutReason
    ) { device, findings in
        try await refuse("GetStatus", device, isOptional: true, &findings)
    }

    static let stopFocusOfNoSource = TestCase(
        id: "IMAGING-2-1-18",
        title: "IMAGING COMMAND STOP – INVALID VIDEOSOURCETOKEN",
        covers: .imaging("5.3.3"),
        requires: [.imaging, .imagingFocus],
        mutants: .imagingAnswersForAnySource, .imagingFaultsWithoutReason
    ) { device, findings in
        try await refuse("Stop", device, isOptional: true, &findings)
    }

    /// No device gives a video source this name.
    private static let unknownToken = "glasseye-no-such-source"

    /// `isOptional`: the device may also lack the operation.
    private static func refuse(
        _ operation: String, with body: Markup = "", _ device: TestDevice, isOptional: Bool = false,
        _ findings: inout Findings
    ) async throws {
        let fault = try await device.fault(
            from: operation, in: .imaging, "\(TestDevice.videoSource(unknownToken))\(body)")
        if isOptional, let fault, fault.code == "Receiver", fault.subcodes == ["ActionNotSupported"] { return }
        findings.expect(fault, is: "Sender", "InvalidArgVal", "NoSource")
    }
}
