/// The video analytics of a camera: what it can be told to look for.
///
/// Where nothing describes the scene, rules follow the alarm schedules of the device, so that a model has those alone for
/// which it has a schedule.
package struct AnalyticsModel: Codable, Equatable, Sendable {
    /// The grid of the cell motion detector.
    package var columns: Int
    package var rows: Int
    /// Motion region rules of a configuration.
    package var regions: Int
    /// Whether `EventModel.motion`, or what is seen, gives motion rules something to follow.
    package var hasMotion: Bool
    /// Whether `EventModel.tampering` gives tampering rules something to follow.
    package var hasTampering: Bool
    /// Whether something tells the device what is in its pictures.
    package var hasScene = false
    /// Whether something tells the device what there is to be heard.
    package var hears = false
    /// The classes of objects that the device tells apart; words of `tt:ObjectType`, and others.
    package var classes = ["Human", "HumanFace", "Vehicle", "Bicycle", "LicensePlate", "Animal", "Bag", "Other"]
    /// How pictures of what was recognised are sent: words of `tt:ImageSendingType`.
    package var imageSending: [String] = []
    /// The rules that the factory configures, by the index of the video source.
    package var configured: [Int: [AnalyticsConfig]] = [:]
    /// Whom the device knows: subjects of drawn scenes, by name.
    package var enrolled: [ListedSubject] = []
    /// The plates of a list.
    package var plates: [ListedPlate] = []

    package init(
        columns: Int = 22, rows: Int = 18, regions: Int = 4, hasMotion: Bool = true, hasTampering: Bool = false
    ) {
        self.columns = columns
        self.rows = rows
        self.regions = regions
        self.hasMotion = hasMotion
        self.hasTampering = hasTampering
    }

    /// Bytes of a bit mask of the grid.
    var maskLength: Int { (columns * rows + 7) / 8 }

    /// The types of rules or modules that the model has.
    func types(_ role: AnalyticsType.Role) -> [AnalyticsType] {
        AnalyticsType.all.filter { $0.role == role && $0.maximumInstances(self) > 0 }
    }

    func has(_ role: AnalyticsType.Role) -> Bool { !types(role).isEmpty }

    /// What the factory configures: the fixed modules.
    var modules: [AnalyticsConfig] {
        types(.module).filter(\.isFixed).map { $0.standard(named: $0.name, self) }
    }

    /// What the factory configures at a video source: a rule for motion anywhere, and what the model says.
    func rules(ofSource source: Int) -> [AnalyticsConfig] {
        types(.rule).filter { $0 == .cellMotionDetector }.map { $0.standard(named: $0.name, self) }
            + (configured[source] ?? [])
    }

    /// A rule with the standard values of what is not said.
    ///
    /// - Parameters:
    ///   - request: name, type and parameters, as a client would send them.
    ///   - source: index of the video source, for which the rule is kept.
    ///   - picture: what the source sees, pixels.
    /// - Throws: the fault that a client would get.
    package mutating func configure(_ request: AnalyticsConfig, ofSource source: Int, picture: Resolution) throws(Fault)
    {
        configured[source] = Array(
            try adding(request, to: rules(ofSource: source), .rule, picture: picture)
                .dropFirst(rules(ofSource: source).count - (configured[source]?.count ?? 0)))
    }
}

/// Where a list has somebody or something: the predefined labels.
///
/// Source: ONVIF Analytics 26.06 §13.1 Generic parameters for recognition rule engines.
package enum ListLabel: String, Codable, CaseIterable, Sendable {
    case whitelisted = "Whitelisted"
    case blacklisted = "Blacklisted"
    case temporary = "Temporary"
}

/// Somebody of the enrolment list.
package struct ListedSubject: Codable, Equatable, Sendable {
    /// The name of the subject in the scene.
    package var subject: String
    /// `EnrollmentID`
    package var enrollment: String
    package var label: ListLabel?

    package init(subject: String, enrollment: String, label: ListLabel? = nil) {
        self.subject = subject
        self.enrollment = enrollment
        self.label = label
    }
}

/// A plate of a list.
package struct ListedPlate: Codable, Equatable, Sendable {
    package var number: String
    package var label: ListLabel

    package init(number: String, label: ListLabel) {
        self.number = number
        self.label = label
    }
}
