package import Foundation

/// What a camera does to the picture of one media profile: settings of its sensor, masks and text.
package struct PictureTreatment: Equatable, Sendable {
    /// Each −1…1, 0 in the middle of the setting's range.
    package var levels: [ImagingState.Level: Double]
    /// The cut filter is out of the way: a night picture without colour.
    package var isMonochrome: Bool
    /// Turned by half a circle, and then mirrored.
    package var isUpsideDown: Bool
    package var isMirrored: Bool
    /// Those that are enabled.
    package var masks: [MaskConfiguration]
    package var osds: [OSDConfiguration]
    /// Pixels of the video source, to which font sizes refer.
    package var sensor: Resolution
    package var clock: DeviceClock

    /// The picture stays as the sensor of the factory gives it.
    package var isIdentity: Bool {
        levels.values.allSatisfy { $0 == 0 } && !isMonochrome && masks.isEmpty && osds.isEmpty && !isUpsideDown
            && !isMirrored
    }

    /// The text of an OSD when the host's clock says `host`.
    package func text(of osd: OSDConfiguration, host: Date) -> String {
        let seconds = clock.now(host: host).timeIntervalSince1970.rounded(.down)
        return osd.text(at: XSDateTime.Parts(secondsSince1970: Int64(seconds) + Int64(clock.timeZone.secondsEast)))
    }
}

extension DeviceState {
    /// Nil where the profile has no picture, or one that is always as it was recorded.
    package func pictureTreatment(ofProfile token: String) -> PictureTreatment? {
        guard let profile = media.profiles.first(where: { $0.token == token }),
            let source = media.videoSources.first(where: { $0.token == profile[.videoSource] }),
            model.videos[source.source].encodes
        else { return nil }
        let imaging = imaging[source.sourceToken]
        return PictureTreatment(
            levels: imaging?.relativeLevels ?? [:], isMonochrome: imaging?.irCutFilter == .off,
            isUpsideDown: source.isUpsideDown, isMirrored: source.isMirrored,
            masks: media.masks.filter { $0.videoSource == source.token && $0.isEnabled },
            osds: media.osds.filter { $0.videoSource == source.token }, sensor: model.videos[source.source].sensor,
            clock: clock)
    }
}

extension ImagingState {
    /// The levels as −1…1, 0 in the middle.
    var relativeLevels: [Level: Double] {
        var relative: [Level: Double] = [:]
        for (level, value) in levels {
            guard let range = model.range(level), range.upperBound > range.lowerBound else { continue }
            relative[level] = (2 * value - range.lowerBound - range.upperBound) / (range.upperBound - range.lowerBound)
        }
        return relative
    }
}

extension OSDConfiguration {
    /// What stands in the picture at that local time.
    func text(at time: XSDateTime.Parts) -> String {
        switch textType {
        case .plain: plainText ?? ""
        case .date: date(time)
        case .time: self.time(time)
        case .dateAndTime: date(time) + " " + self.time(time)
        }
    }

    private func date(_ time: XSDateTime.Parts) -> String {
        let fields = [
            ("yyyy", Self.digits(time.year, 4)), ("MM", Self.digits(time.month, 2)), ("dd", Self.digits(time.day, 2)),
        ]
        return fields.reduce(dateFormat ?? "") { $0.replacing($1.0, with: $1.1) }
    }

    private func time(_ time: XSDateTime.Parts) -> String {
        // Twelve hours to a half day, the first of which is called 12.
        let hour = (time.hour + 11) % 12 + 1
        let fields = [
            ("HH", Self.digits(time.hour, 2)), ("hh", Self.digits(hour, 2)), ("mm", Self.digits(time.minute, 2)),
            ("ss", Self.digits(time.second, 2)), ("tt", time.hour < 12 ? "AM" : "PM"),
        ]
        return fields.reduce(timeFormat ?? "") { $0.replacing($1.0, with: $1.1) }
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
