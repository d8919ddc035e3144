import Metadata
import ONVIF
import XML

/// Tells of plates that are read: once for each time that a plate is seen, or as it passes the snap line.
///
/// Source: ONVIF Analytics 26.06 §13.3 License Plate Recognition.
struct LicensePlateRecognition: RuleJudge {
    /// 0…1
    private let threshold: Double
    /// Percent of the picture.
    private let widths: ClosedRange<Double>
    /// Seconds between events of one plate.
    private let interval: Double
    private let region: RuleRegion?
    private let isArmed: Bool
    private let includesImage: Bool
    private var snap: LineWatch?
    /// The number that was told last of an object.
    private var told = TrackTable<String>()
    /// When a number was told last.
    private var toldAt: [String: Double] = [:]

    init(_ rule: AnalyticsConfig) {
        threshold = rule.number("Threshold") ?? 0
        let least = rule.number("PlateMinWidth") ?? 0
        widths = least...max(least, rule.number("PlateMaxWidth") ?? 100)
        interval = Double(rule.integer("EventInterval") ?? 0)
        region = rule.region("Region")
        isArmed = rule.flag("Armed") ?? true
        includesImage = rule.simple("IncludeImage") == "Embedded"
        snap = rule.element("SnapLine").flatMap(RuleLine.init).map(LineWatch.init)
    }

    mutating func follow(_ change: MetadataIdentifierChange) {
        snap?.follow(change)
        told.follow(change)
    }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        guard isArmed else { return [] }
        let crossings = snap?.crossings(view, .all)
        toldAt = toldAt.filter { seconds(from: $0.value, to: view.time) < interval }
        var contents: [RuleReport.Content] = []
        for object in view.objects {
            guard let plate = object.object.plate, plate.number.likelihood >= threshold,
                widths.contains((object.box.right - object.box.left) * 50), region?.contains(object.place) ?? true
            else { continue }
            let number = plate.number.value
            let crossing = crossings?.first { $0.object.id == object.id }
            if crossings != nil {
                guard crossing != nil else { continue }
            } else {
                let before = told[object.id]?.memory
                told.remember(number, of: object.id, at: view.time)
                guard before != number else { continue }
            }
            guard toldAt[number] == nil else { continue }
            toldAt[number] = view.time
            contents.append(.event(items(object, plate, crossing, view)))
        }
        _ = told.takeGone(at: view.time)
        return contents
    }

    private func items(
        _ object: RuleObject, _ plate: LicensePlateInfo, _ crossing: LineWatch.Crossing?, _ view: RuleView
    ) -> [Event.Item] {
        let vehicle = view.objects.first { $0.id == object.object.parent }?.object
        var more: [Event.Item] = []
        if let speed = object.object.speed ?? vehicle?.speed {
            more.append(Event.Item("Speed", XMLWriter.string(speed)))
        }
        if let crossing { more.append(Event.Item("Direction", crossing.direction.rawValue)) }
        more.append(Event.Item("LicensePlateInfo", element: .plate(plate)))
        if let info = vehicle?.vehicle ?? object.object.vehicle {
            more.append(Event.Item("VehicleInfo", element: .vehicle(info)))
        }
        return object.items(
            likelihood: plate.number.likelihood,
            label: view.context.model.plates.first { $0.number == plate.number.value }?.label, more: more,
            includesImage: includesImage)
    }
}
