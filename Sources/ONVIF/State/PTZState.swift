package import Foundation

/// A pan/tilt/zoom head: where it is at any moment, its presets and its configuration.
///
/// Inside, angles are degrees and the zoom is a magnification; spaces are converted at the edge.
package struct PTZState: Equatable, Sendable {
    package static let configurationToken = "PTZConfiguration_1"
    package static let nodeToken = "PTZNode_1"
    /// Index of the video source that the head moves.
    package static let videoSource = 0
    /// Seconds that a continuous move may be asked to last.
    package static let timeoutRange: ClosedRange<TimeInterval> = 0.1...300

    package struct Preset: Codable, Equatable, Sendable {
        package let token: String
        package var name: String
        package var view: PTZView

        package init(token: String, name: String, view: PTZView) {
            self.token = token
            self.name = name
            self.view = view
        }
    }

    /// How far a preset's recall is, for the events that tell it.
    package enum Recall: Codable, Equatable, Sendable {
        case none
        case invoked(Preset, arrival: Date)
        case reached(Preset)
    }

    /// Speeds of the axes: degrees a second, magnification a second; of a geometric zoom its logarithm a second.
    package struct Rates: Codable, Equatable, Sendable {
        package var pan: Double
        package var tilt: Double
        package var zoom: Double

        package init(pan: Double, tilt: Double, zoom: Double) {
            self.pan = pan
            self.tilt = tilt
            self.zoom = zoom
        }
    }

    package let model: PTZModel
    package var configuration = PTZConfiguration()
    package internal(set) var presets: [Preset] = []
    package internal(set) var home: PTZView
    /// How the axes move; not kept over a restart.
    package internal(set) var motion: PTZMotion
    package internal(set) var recall = Recall.none
    package internal(set) var tours: [PTZTour] = []
    /// The tour under way or paused.
    package internal(set) var run: PTZTourRun?
    /// Nil while the head is its clients' alone.
    package internal(set) var tracking: PTZTracking?
    /// When a client moved or stopped the head last; not kept over a restart.
    package internal(set) var commanded: Date?

    /// A head at rest, looking ahead at its widest.
    package init(model: PTZModel) {
        self.model = model
        home =
            model.home
            ?? PTZView(
                pan: min(max(0, model.pan.minimum), model.pan.maximum),
                tilt: min(max(0, model.tilt.minimum), model.tilt.maximum), zoom: model.zoom.minimum)
        motion = PTZMotion(at: home)
        presets = Array(model.presets.prefix(model.maximumPresets))
        configuration.eFlip = model.hasEFlip ? .off : nil
        configuration.reverse = model.hasReverse ? .off : nil
    }

    /// When the preset that was invoked is reached.
    package var presetArrival: Date? {
        guard case .invoked(_, let arrival) = recall else { return nil }
        return arrival
    }

    /// A start after a reboot: the head rests where it was, unless a tour starts by itself.
    mutating func restart(at now: Date) {
        settleTour(at: now)
        endTour(at: now)
        stop(panTilt: true, zoom: true, now: now)
        recall = .none
        tracking = nil
        autoStartTour(now: now)
    }
}

/// Everything but the movement, which ends with a restart: the head then looks home.
extension PTZState: Codable {
    private enum CodingKeys: CodingKey { case model, configuration, presets, home, recall, tours, run, tracking }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(model: try container.decode(PTZModel.self, forKey: .model))
        configuration = try container.decode(PTZConfiguration.self, forKey: .configuration)
        presets = try container.decode([Preset].self, forKey: .presets)
        home = try container.decode(PTZView.self, forKey: .home)
        recall = try container.decode(Recall.self, forKey: .recall)
        tours = try container.decode([PTZTour].self, forKey: .tours)
        run = try container.decodeIfPresent(PTZTourRun.self, forKey: .run)
        tracking = try container.decodeIfPresent(PTZTracking.self, forKey: .tracking)
        motion = PTZMotion(at: home)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        try container.encode(configuration, forKey: .configuration)
        try container.encode(presets, forKey: .presets)
        try container.encode(home, forKey: .home)
        try container.encode(recall, forKey: .recall)
        try container.encode(tours, forKey: .tours)
        try container.encodeIfPresent(run, forKey: .run)
        try container.encodeIfPresent(tracking, forKey: .tracking)
    }
}
