import Foundation
import Metadata
import ONVIF
import XML

/// Tells of each object once it is gone, and sooner where that is wanted, what it was all in all.
///
/// Source: ONVIF Analytics 26.06 §7.10 Object Track Aggregation.
struct ObjectTrackAggregation: RuleJudge {
    /// What an early report waits for, seconds.
    static let earliness = 1.0
    /// Samples of a track; where there are more, every other one goes.
    static let sampleLimit = 16

    private struct Way: Sendable {
        var object: MetadataObject
        var start: Double
        /// The best that was said of each class.
        var types: [String: Double] = [:]
        var samples: [(time: Double, box: MetadataBox)] = []
        /// Seconds between samples.
        var spacing = 0.5
        var reportedAt: Double?
    }

    private let classes: [String]
    /// 0…1
    private let confidence: Double
    private let isEarly: Bool
    /// Seconds; nil for no reports in between.
    private let interval: Double?
    private let tellsBoxes: Bool
    private var ways = TrackTable<Way>()

    init(_ rule: AnalyticsConfig) {
        classes = rule.words("ClassFilter") ?? []
        confidence = (rule.number("ConfidenceLevel") ?? 0) / 100
        isEarly = rule.flag("EarlyReport") ?? false
        interval = rule.duration("ReportTimeInterval")
        tellsBoxes = rule.words("ObjectTrackDataFilter")?.contains("Appearance/Shape/BoundingBox") ?? false
    }

    mutating func follow(_ change: MetadataIdentifierChange) {
        // A track that ends by deletion is told as gone a little later.
        if case .delete = change { return }
        ways.follow(change)
    }

    mutating func judge(_ view: RuleView) -> [RuleReport.Content] {
        var contents: [RuleReport.Content] = []
        for object in view.objects {
            var way = ways[object.id]?.memory ?? Way(object: object.object, start: view.time)
            take(object, into: &way, at: view.time)
            if matches(way), isDue(way, at: view.time) {
                contents.append(report(way, of: object.id, isFinal: false))
                way.reportedAt = view.time
            }
            ways.remember(way, of: object.id, at: view.time)
        }
        for (id, way) in ways.takeGone(at: view.time) where matches(way) || way.reportedAt != nil {
            contents.append(report(way, of: id, isFinal: true))
        }
        return contents
    }

    private func take(_ object: RuleObject, into way: inout Way, at time: Double) {
        for type in object.object.types {
            way.types[type.value] = max(way.types[type.value] ?? 0, type.likelihood)
        }
        let before = way.object
        way.object = object.object
        way.object.vehicle = object.object.vehicle ?? before.vehicle
        if (object.object.plate?.number.likelihood ?? 0) < (before.plate?.number.likelihood ?? 0) {
            way.object.plate = before.plate
        }
        guard tellsBoxes, way.samples.last.map({ seconds(from: $0.time, to: time) >= way.spacing }) ?? true else {
            return
        }
        way.samples.append((time, object.box))
        guard way.samples.count > Self.sampleLimit else { return }
        way.samples = way.samples.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        way.spacing *= 2
    }

    private func matches(_ way: Way) -> Bool {
        way.types.contains { classes.contains($0.key) && $0.value >= confidence }
    }

    private func isDue(_ way: Way, at time: Double) -> Bool {
        guard let reportedAt = way.reportedAt else {
            return isEarly && seconds(from: way.start, to: time) >= Self.earliness
                || interval.map { seconds(from: way.start, to: time) >= $0 } ?? false
        }
        return interval.map { seconds(from: reportedAt, to: time) >= $0 } ?? false
    }

    private func report(_ way: Way, of id: Int, isFinal: Bool) -> RuleReport.Content {
        let types = way.types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            XMLElement.likely("Type", Likely($0.key, $0.value))
        }
        var appearance = XMLElement.tt("Appearance", [], [.tt("Class", [], types)])
        if let vehicle = way.object.vehicle { appearance.children.append(.vehicle(vehicle)) }
        if let plate = way.object.plate { appearance.children.append(.plate(plate)) }
        var attributes = [("ObjectId", String(id))]
        if let parent = way.object.parent { attributes.append(("Parent", String(parent))) }
        var items = [
            Event.Item("AggregationStart", Self.time(way.start)), Event.Item("Final", "\(isFinal)"),
            Event.Item("Object", element: .tt("Object", attributes, [appearance])),
        ]
        if !way.samples.isEmpty {
            let states = way.samples.map { sample in
                XMLElement.tt(
                    "ObjectState", [("ObjectId", String(id)), ("CaptureTime", Self.time(sample.time))],
                    [
                        .tt(
                            "Appearance", [],
                            [.tt("Shape", [], [.rectangle("BoundingBox", sample.box), .middle(sample.box)])])
                    ])
            }
            items.append(Event.Item("ObjectTrack", element: .tt("ObjectTrack", [], states)))
        }
        return .event(items)
    }

    private static func time(_ seconds: Double) -> String {
        XSDateTime.string(Date(timeIntervalSince1970: seconds))
    }
}

extension XMLElement {
    /// `tt:CenterOfGravity`.
    fileprivate static func middle(_ box: MetadataBox) -> XMLElement {
        tt("CenterOfGravity", [("x", XMLWriter.string(box.center.x)), ("y", XMLWriter.string(box.center.y))])
    }
}
