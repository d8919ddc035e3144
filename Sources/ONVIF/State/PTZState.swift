package import Foundation

/// A pan/tilt/zoom head: where it is at any moment, its presets and its configuration.
///
/// Inside, angles are degrees and the zoom is a magnification; spaces are converted at the edge.
package struct PTZState: Codable, Equatable, Sendable {
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

    /// Speeds of the axes: degrees a second, magnification a second.
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

    /// What MoveAndStartTracking left the head to.
    package struct Tracking: Codable, Equatable, Sendable {
        /// The object that the client named.
        package var objectID: Int?
        /// When the head has reached the place where it begins.
        package var start: Date

        package init(objectID: Int? = nil, start: Date) {
            self.objectID = objectID
            self.start = start
        }
    }

    package let model: PTZModel
    package var configuration = PTZConfiguration()
    package internal(set) var presets: [Preset] = []
    package internal(set) var home: PTZView
    package internal(set) var pan: PTZTrajectory
    package internal(set) var tilt: PTZTrajectory
    package internal(set) var zoom: PTZTrajectory
    package internal(set) var recall = Recall.none
    package internal(set) var tours: [PTZTour] = []
    /// The tour under way or paused.
    package internal(set) var run: PTZTourRun?
    /// Nil while the head is its clients' alone.
    package internal(set) var tracking: Tracking?

    /// A head at rest, looking ahead at its widest.
    package init(model: PTZModel) {
        self.model = model
        home = PTZView(
            pan: min(max(0, model.pan.minimum), model.pan.maximum),
            tilt: min(max(0, model.tilt.minimum), model.tilt.maximum), zoom: model.zoom.minimum)
        pan = PTZTrajectory(at: home.pan)
        tilt = PTZTrajectory(at: home.tilt)
        zoom = PTZTrajectory(at: home.zoom)
        presets = Array(model.presets.prefix(model.maximumPresets))
        configuration.eFlip = model.hasEFlip ? .off : nil
        configuration.reverse = model.hasReverse ? .off : nil
    }

    // MARK: Looking

    /// Where the head looks. With E-Flip a head past straight down looks ahead again, half a turn further.
    ///
    /// Source: ONVIF PTZ 26.06 §5.7.1.2 Spherical pan/tilt position space in degrees.
    package func view(at time: Date) -> PTZView {
        let head = settled(at: time)
        var view = head.pose(at: time)
        if head.isFlipped(at: time) {
            view.pan = wrapped(view.pan + 180)
            view.tilt = (view.tilt < 0 ? -180 : 180) - view.tilt
        }
        return view
    }

    package func isPanTiltMoving(at time: Date) -> Bool {
        let head = settled(at: time)
        return head.pan.isMoving(at: time) || head.tilt.isMoving(at: time)
    }

    package func isZoomMoving(at time: Date) -> Bool {
        settled(at: time).zoom.isMoving(at: time)
    }

    /// Where the mechanics are by the moves as they stand.
    private func pose(at time: Date) -> PTZView {
        PTZView(pan: wrapped(pan.position(at: time)), tilt: tilt.position(at: time), zoom: zoom.position(at: time))
    }

    /// Whether E-Flip turned picture and tilt direction over.
    private func isFlipped(at time: Date) -> Bool {
        configuration.eFlip == .on && abs(tilt.position(at: time)) > 90
    }

    package func isMoving(at time: Date) -> Bool {
        isPanTiltMoving(at: time) || isZoomMoving(at: time)
    }

    /// When everything has come to rest.
    package var arrival: Date { max(pan.end, tilt.end, zoom.end) }

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

    // MARK: Ranges

    /// Degrees that the limits leave; nil where the head pans endlessly.
    package var panRange: ClosedRange<Double>? {
        let range = limited(model.pan, configuration.panTiltLimits.x, configuration.panTiltLimits.space)
        return model.isPanEndless && range == model.pan.range ? nil : range
    }

    package var tiltRange: ClosedRange<Double> {
        limited(model.tilt, configuration.panTiltLimits.y, configuration.panTiltLimits.space)
    }

    package var zoomRange: ClosedRange<Double> {
        limited(model.zoom, configuration.zoomLimits.x, configuration.zoomLimits.space)
    }

    private func limited(
        _ axis: PTZModel.Axis, _ limit: PTZConfiguration.Ends, _ space: PTZSpace
    ) -> ClosedRange<Double> {
        func position(_ value: Double) -> Double {
            guard value.isFinite else { return value }
            return switch space {
            case .panTiltPositionGeneric: axis.position(generic: value)
            case .zoomPositionGeneric: axis.position(fraction: value)
            default: value
            }
        }
        let lower = max(axis.minimum, position(limit.minimum))
        return lower...max(lower, min(axis.maximum, position(limit.maximum)))
    }

    private func wrapped(_ pan: Double) -> Double {
        guard model.isPanEndless, !model.pan.range.contains(pan) else { return pan }
        let turn = (pan - model.pan.minimum).truncatingRemainder(dividingBy: 360)
        return model.pan.minimum + (turn < 0 ? turn + 360 : turn)
    }

    // MARK: Moving

    /// Moves the axes that are given to a position within their ranges, an endless pan the shorter way.
    package mutating func move(
        pan newPan: Double? = nil, tilt newTilt: Double? = nil, zoom newZoom: Double? = nil, _ rates: Rates, now: Date
    ) {
        let present = pose(at: now)
        if let newPan {
            if let panRange {
                let target = newPan.clamped(to: panRange)
                pan = PTZTrajectory(from: present.pan, to: target, speed: rates.pan, start: now)
            } else {
                let turn = (newPan - present.pan).remainder(dividingBy: 360)
                pan = PTZTrajectory(
                    from: present.pan, to: present.pan + turn, rest: wrapped(newPan), speed: rates.pan, start: now)
            }
        }
        if let newTilt {
            tilt = PTZTrajectory(
                from: present.tilt, to: newTilt.clamped(to: tiltRange), speed: rates.tilt, start: now)
        }
        if let newZoom {
            zoom = PTZTrajectory(
                from: present.zoom, to: newZoom.clamped(to: zoomRange), speed: rates.zoom, start: now)
        }
    }

    /// Moves the axes that are given by so much, as far as their ranges go; an endless pan may turn more than once.
    package mutating func shift(
        pan panBy: Double? = nil, tilt tiltBy: Double? = nil, zoom zoomBy: Double? = nil, _ rates: Rates, now: Date
    ) {
        let present = pose(at: now)
        let (panSign, tiltSign) = directions(at: now)
        if let panBy { turn(from: present.pan, by: panSign * panBy, speed: rates.pan, now: now) }
        move(
            tilt: tiltBy.map { present.tilt + tiltSign * $0 }, zoom: zoomBy.map { present.zoom + $0 }, rates,
            now: now)
    }

    /// Moves the axes that are given at those signed speeds until the time is over or the range ends.
    package mutating func drive(
        pan panSpeed: Double? = nil, tilt tiltSpeed: Double? = nil, zoom zoomSpeed: Double? = nil,
        for seconds: TimeInterval, now: Date
    ) {
        let present = pose(at: now)
        let (panSign, tiltSign) = directions(at: now)
        if let panSpeed { turn(from: present.pan, by: panSign * panSpeed * seconds, speed: abs(panSpeed), now: now) }
        let rates = Rates(pan: 0, tilt: abs(tiltSpeed ?? 0), zoom: abs(zoomSpeed ?? 0))
        move(
            tilt: tiltSpeed.map { present.tilt + tiltSign * $0 * seconds },
            zoom: zoomSpeed.map { present.zoom + $0 * seconds }, rates, now: now)
    }

    /// The signs of translations and velocities: Reverse turns both over, E-Flip the tilt past straight down.
    ///
    /// Source: ONVIF PTZ 26.06 §5.9 Pan/tilt control direction configuration.
    private func directions(at time: Date) -> (pan: Double, tilt: Double) {
        let sign: Double = configuration.reverse == .on ? -1 : 1
        return (sign, isFlipped(at: time) ? -sign : sign)
    }

    private mutating func turn(from present: Double, by degrees: Double, speed: Double, now: Date) {
        guard panRange == nil else {
            move(pan: present + degrees, Rates(pan: speed, tilt: 0, zoom: 0), now: now)
            return
        }
        let target = present + degrees
        pan = PTZTrajectory(from: present, to: target, rest: wrapped(target), speed: speed, start: now)
    }

    package mutating func stop(panTilt stopsPanTilt: Bool, zoom stopsZoom: Bool, now: Date) {
        let present = pose(at: now)
        if stopsPanTilt, pan.isMoving(at: now) || tilt.isMoving(at: now) {
            pan = PTZTrajectory(at: present.pan)
            tilt = PTZTrajectory(at: present.tilt)
        }
        if stopsZoom, zoom.isMoving(at: now) { zoom = PTZTrajectory(at: present.zoom) }
    }

    mutating func clockMoved(by seconds: TimeInterval) {
        pan.clockMoved(by: seconds)
        tilt.clockMoved(by: seconds)
        zoom.clockMoved(by: seconds)
        run?.clockMoved(by: seconds)
        tracking?.start += seconds
        if case .invoked(let preset, let arrival) = recall {
            recall = .invoked(preset, arrival: arrival + seconds)
        }
    }
}

extension Double {
    func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
