import XML

/// Rules that look at the objects of a scene.
extension AnalyticsType {
    static let observed = [
        lineDetector, fieldDetector, loiteringDetector, lineCounting, occupancyCounting, objectDetection,
        objectAbandoned, objectRemoved, objectTrackAggregation,
    ]

    /// Rules of each type in a configuration.
    static let instanceLimit = 8

    /// A rule of a scene; what it says follows what is seen.
    static func rule(
        _ name: String, _ parameters: [AnalyticsParameter], _ message: Message,
        needs has: @escaping @Sendable (AnalyticsModel) -> Bool = { $0.hasScene }
    ) -> AnalyticsType {
        AnalyticsType(
            role: .rule, name: name,
            // Simple items come before elements.
            parameters: parameters.filter { !$0.isElement } + parameters.filter(\.isElement), message: message,
            isFixed: false, maximumInstances: { has($0) ? instanceLimit : 0 }, schedule: { _ in nil },
            alarm: { _, _ in nil }, isObserved: true)
    }

    /// The source of all messages of rules.
    ///
    /// Source: ONVIF Analytics 26.06 §7.1.1 Message format.
    private static let source = [
        ("VideoSource", "tt:ReferenceToken"), ("AnalyticsConfiguration", "tt:ReferenceToken"), ("Rule", "xs:string"),
    ]

    private static let objects = [("ObjectId", "tt:StringList"), ("ClassTypes", "tt:StringList")]

    private static func property(
        _ topic: String, _ data: [(String, String)], resting: [Event.Item]?
    ) -> Message {
        Message(
            topic: "tns1:RuleEngine/\(topic)", source: source,
            data: data.map { EventTopic.ItemDescription(name: $0.0, type: $0.1) }, resting: resting)
    }

    /// An event that is no property; elements come after the simple items.
    static func event(
        _ topic: String, source: [(String, String)] = source, _ data: [(String, String)],
        elements: [(String, String)] = []
    ) -> Message {
        Message(
            topic: "tns1:RuleEngine/\(topic)", source: source,
            data: data.map { EventTopic.ItemDescription(name: $0.0, type: $0.1) }
                + elements.map { EventTopic.ItemDescription(name: $0.0, type: $0.1, isElement: true) },
            isProperty: false)
    }

    /// Which objects count, by class and by how sure one is of it.
    ///
    /// Source: ONVIF Analytics 26.06 §7.1.2.2 Object Classification.
    private static let filter: [AnalyticsParameter] = [
        .classes("ClassFilter") { $0.classes }.optional, .number("ConfidenceLevel", 0...100, standard: 0).optional,
    ]

    /// Source: ONVIF Analytics 26.06 §7.1.2.1 Generic parameters, §7.1.3 Moving cameras.
    private static let generic: [AnalyticsParameter] = filter + [.boolean("Armed", standard: true).optional]

    private static let counting: [AnalyticsParameter] =
        generic + [
            .duration("ReportTimeInterval", 0...3600, standard: 0).optional,
            .timeOfDay("ResetTime").optional.atMost(AnalyticsParameter.repetitionLimit),
            .polyline("Segments").atMost(AnalyticsParameter.repetitionLimit),
        ]

    /// Source: ONVIF Analytics 26.06 §7.2 Line Detector.
    static let lineDetector = rule(
        "LineDetector", [.direction("Direction")] + generic + [.polyline("Segments")],
        event("LineDetector/Crossed", objects))

    /// Source: ONVIF Analytics 26.06 §7.3 Field Detector.
    static let fieldDetector = rule(
        "FieldDetector", generic + [.polygon("Field")],
        property(
            "FieldDetector/ObjectsInside", [("IsInside", "xs:boolean")] + objects,
            resting: [Event.Item("IsInside", "false"), Event.Item("ObjectId", ""), Event.Item("ClassTypes", "")]))

    /// Nobody loiters while the property has no instance.
    ///
    /// Source: ONVIF Analytics 26.06 §7.4 Loitering Detector.
    static let loiteringDetector = rule(
        "LoiteringDetector",
        [.duration("TimeThreshold", 1...3600, standard: 10)] + generic + [.polygon("Field").optional],
        property(
            "LoiteringDetector/ObjectIsLoitering", [("ObjectId", "tt:StringList"), ("Since", "xs:dateTime")],
            resting: nil))

    /// Source: ONVIF Analytics 26.06 §7.5 Line crossing counting rule.
    static let lineCounting = rule(
        "LineCounting",
        [.direction("Direction").optional, .boolean("PassAllPolylines", standard: false).optional] + counting,
        property("CountAggregation/Counter", [("Count", "xs:int")], resting: [Event.Item("Count", "0")]))

    /// Source: ONVIF Analytics 26.06 §7.6 Occupancy Counting rule.
    static let occupancyCounting = rule(
        "OccupancyCounting", counting,
        property("CountAggregation/OccupancyCounter", [("Count", "xs:int")], resting: [Event.Item("Count", "0")]))

    /// Source: ONVIF Analytics 26.06 §7.7 Object Detection.
    static let objectDetection = rule(
        "ObjectDetection",
        [
            .classes("ClassFilter") { $0.classes }, .number("ConfidenceLevel", 0...100, standard: 50),
            .duration("DwellTime", 0...60, standard: 0), .boolean("Armed", standard: true).optional,
            .polygon("Field").optional,
        ], event("ObjectDetection/Object", [("ClassTypes", "tt:StringList")]))

    private static let watchingThings: [AnalyticsParameter] = [
        .duration("TimeThreshold", 1...3600, standard: 10), .number("Sensitivity", 0...100, standard: 50),
        .boolean("Armed", standard: true).optional, .classes("ClassFilter") { $0.classes }.optional, .polygon("Field"),
    ]

    /// Source: ONVIF Analytics 26.06 §7.8 Object Abandoned.
    static let objectAbandoned = rule(
        "ObjectAbandoned", watchingThings, event("ObjectAbandoned", [("ObjectId", "tt:StringList")]))

    /// Source: ONVIF Analytics 26.06 §7.9 Object Removed.
    static let objectRemoved = rule(
        "ObjectRemoved", watchingThings, event("ObjectRemoved", [("ObjectId", "tt:StringList")]))

    /// Source: ONVIF Analytics 26.06 §7.10 Object Track Aggregation.
    static let objectTrackAggregation = rule(
        "ObjectTrackAggregation",
        [
            .classes("ClassFilter") { $0.classes }, .number("ConfidenceLevel", 0...100, standard: 0),
            .boolean("EarlyReport", standard: false).optional,
            .duration("ReportTimeInterval", 1...60, standard: 10).optional,
            .words("ObjectTrackDataFilter") { _ in trackData }.optional,
        ],
        event(
            "ObjectTrack/Aggregation", [("AggregationStart", "xs:dateTime"), ("Final", "xs:boolean")],
            elements: [("Object", "tt:Object"), ("ObjectTrack", "tt:ObjectTrack")]))

    /// What a track can be told with.
    static let trackData = ["Appearance/Shape/BoundingBox"]
}
