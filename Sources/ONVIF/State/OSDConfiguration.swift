import Foundation

/// `tt:OSDConfiguration` of type Text: a line over the picture, kept for clients.
package struct OSDConfiguration: Codable, Equatable, Sendable {
    /// `tt:OSDPosConfiguration/Type`.
    package enum Position: Codable, Equatable, Sendable {
        case upperLeft, upperRight, lowerLeft, lowerRight
        /// Of the centre, −1…1 from left to right and from bottom to top.
        case custom(x: Double, y: Double)
    }

    /// `tt:OSDTextConfiguration/Type`.
    package enum TextType: String, Codable, CaseIterable, Sendable {
        case plain = "Plain"
        case date = "Date"
        case time = "Time"
        case dateAndTime = "DateAndTime"

        var hasDate: Bool { self == .date || self == .dateAndTime }
        var hasTime: Bool { self == .time || self == .dateAndTime }
    }

    /// `tt:OSDColor`.
    package struct Color: Codable, Equatable, Sendable {
        package var x: Double
        package var y: Double
        package var z: Double
        package var colorspace: String
        /// 0 is opaque; nil where the client said nothing.
        package var transparent: Int?
    }

    package var token: String
    /// The video source configuration over whose picture it stands.
    package var videoSource: String
    package var position: Position
    package var textType: TextType
    package var dateFormat: String?
    package var timeFormat: String?
    package var fontSize: Int?
    package var fontColor: Color?
    package var backgroundColor: Color?
    package var plainText: String?
    package var isPersistent: Bool?
}

/// What text overlays can be.
package enum OSDOptions {
    /// For each video source configuration.
    package static let maximum = 8
    /// Points.
    package static let fontSizes = 16...64
    package static let transparency = 0...1
    /// Characters of a plain text.
    package static let textLimit = 256
    package static let dateFormats = ["MM/dd/yyyy", "dd/MM/yyyy", "yyyy-MM-dd"]
    package static let timeFormats = ["hh:mm:ss tt", "HH:mm:ss"]
    package static let positions = ["UpperLeft", "UpperRight", "LowerLeft", "LowerRight", "Custom"]
    package static let colorspace = "http://www.onvif.org/ver10/colorspace/YCbCr"
    /// White, black, red and yellow in full-range YCbCr (ITU-R BT.601 weights, rounded).
    package static let colors: [(y: Double, cb: Double, cr: Double)] = [
        (255, 128, 128), (0, 128, 128), (76, 85, 255), (226, 1, 149),
    ]

    static func allows(_ color: OSDConfiguration.Color) -> Bool {
        color.colorspace == colorspace && (color.transparent.map(transparency.contains) ?? true)
            && colors.contains { ($0.y, $0.cb, $0.cr) == (color.x, color.y, color.z) }
    }
}

extension MediaState {
    /// - Throws: `InvalidArgVal/NoConfig`.
    package func osd(_ token: String) throws(Fault) -> OSDConfiguration {
        osds[try osdIndex(token)]
    }

    private func osdIndex(_ token: String) throws(Fault) -> Int {
        guard let index = osds.firstIndex(where: { $0.token == token }) else {
            throw .sender("InvalidArgVal", "NoConfig", reason: "there is no OSD \"\(token)\"")
        }
        return index
    }

    /// - Returns: the token that the device gave it.
    /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`, `Action/MaxOSDs`.
    mutating func createOSD(_ osd: OSDConfiguration, in service: Service) throws(Fault) -> String {
        try check(osd, in: service)
        guard osds.count(where: { $0.videoSource == osd.videoSource }) < OSDOptions.maximum else {
            throw .receiver(
                "Action", "MaxOSDs", reason: "there are \(OSDOptions.maximum) OSDs already; delete one first")
        }
        lastOSDNumber += 1
        var osd = osd
        osd.token = "OSD_\(lastOSDNumber)"
        osds.append(osd)
        return osd.token
    }

    /// - Throws: `InvalidArgVal/NoConfig`, `InvalidArgVal/ConfigModify`.
    mutating func set(_ osd: OSDConfiguration, in service: Service) throws(Fault) {
        let index = try osdIndex(osd.token)
        try check(osd, in: service)
        osds[index] = osd
    }

    /// - Throws: `InvalidArgVal/NoConfig`.
    mutating func deleteOSD(_ token: String) throws(Fault) {
        osds.remove(at: try osdIndex(token))
    }

    private func check(_ osd: OSDConfiguration, in service: Service) throws(Fault) {
        try requireConfiguration(.videoSource, osd.videoSource)
        guard let reason = offence(of: osd) else { return }
        // Media 26.06 §5.20.5 blames the sender, Media2 26.06 §5.9.5 the receiver.
        throw Fault(
            code: service == .media2 ? .receiver : .sender, subcodes: ["InvalidArgVal", "ConfigModify"], reason: reason)
    }

    /// What is outside the options; nil where all is well.
    private func offence(of osd: OSDConfiguration) -> String? {
        if case .custom(let x, let y) = osd.position, abs(x) > 1 || abs(y) > 1 {
            return "Pos \(x), \(y) is outside −1…1"
        }
        if osd.textType == .plain, osd.plainText == nil { return "a Plain OSD needs PlainText" }
        if let text = osd.plainText, text.count > OSDOptions.textLimit {
            return "PlainText has more than \(OSDOptions.textLimit) characters"
        }
        if osd.textType.hasDate, osd.dateFormat == nil { return "an OSD with a date needs DateFormat" }
        if osd.textType.hasTime, osd.timeFormat == nil { return "an OSD with a time needs TimeFormat" }
        if let format = osd.dateFormat, !OSDOptions.dateFormats.contains(format) {
            return "DateFormat \"\(format)\" is not supported"
        }
        if let format = osd.timeFormat, !OSDOptions.timeFormats.contains(format) {
            return "TimeFormat \"\(format)\" is not supported"
        }
        if let size = osd.fontSize, !OSDOptions.fontSizes.contains(size) {
            return "FontSize \(size) is outside \(OSDOptions.fontSizes)"
        }
        for color in [osd.fontColor, osd.backgroundColor].compactMap({ $0 }) where !OSDOptions.allows(color) {
            return "the colour \(color.x), \(color.y), \(color.z) is none of ColorList"
        }
        return osd.isPersistent == false ? "temporary OSD text is not supported" : nil
    }
}
