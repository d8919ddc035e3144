/// The video analytics of a camera: what it can be told to look for.
///
/// The emulator sees nothing in its pictures: its rules follow the alarm schedules of the device, so that a model has those
/// alone for which it has a schedule.
package struct AnalyticsModel: Codable, Equatable, Sendable {
    /// The grid of the cell motion detector.
    package var columns: Int
    package var rows: Int
    /// Motion region rules of a configuration.
    package var regions: Int
    /// Whether `EventModel.motion` gives motion rules something to follow.
    package var hasMotion: Bool
    /// Whether `EventModel.tampering` gives tampering rules something to follow.
    package var hasTampering: Bool
    /// Whether something tells the device what is in its pictures.
    package var hasScene = false

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

    /// What the factory configures: a rule for motion anywhere.
    var rules: [AnalyticsConfig] {
        types(.rule).filter { $0 == .cellMotionDetector }.map { $0.standard(named: $0.name, self) }
    }
}
