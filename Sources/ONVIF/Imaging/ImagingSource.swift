import XML

extension DeviceState {
    /// The imaging of a video source.
    ///
    /// - Throws: `NoSource`, `NoImagingForSource`.
    func imaging(ofSource token: String) throws(Fault) -> ImagingState {
        guard media.videoSourceTokens.contains(token) else {
            throw .sender("InvalidArgVal", "NoSource", reason: "there is no video source \"\(token)\"")
        }
        guard let imaging = imaging[token] else { throw .noImaging("the video source has no imaging settings") }
        return imaging
    }

    /// The imaging of a video source that has presets.
    ///
    /// - Throws: `NoSource`, `NoImagingForSource`.
    func imaging(withPresetsOfSource token: String) throws(Fault) -> ImagingState {
        let imaging = try imaging(ofSource: token)
        guard !imaging.model.presets.isEmpty else { throw .noImaging("the video source has no imaging presets") }
        return imaging
    }

    /// The imaging of a video source whose focus can be moved.
    ///
    /// - Throws: `NoSource`, `NoImagingForSource`.
    func imaging(withFocusOfSource token: String) throws(Fault) -> ImagingState {
        let imaging = try imaging(ofSource: token)
        guard imaging.model.hasFocus else { throw .noImaging("the focus of the video source is fixed") }
        return imaging
    }
}

extension Fault {
    fileprivate static func noImaging(_ reason: String) -> Fault {
        .receiver("ActionNotSupported", "NoImagingForSource", reason: reason)
    }

    static func settingsInvalid(_ reason: String) -> Fault {
        .sender("InvalidArgVal", "SettingsInvalid", reason: reason)
    }
}
