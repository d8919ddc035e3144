package import Foundation

/// Tours of the head.
extension PTZState {
    package func state(ofTour token: String) -> PTZTour.State {
        guard let run, run.token == token else { return .idle }
        return run.pause == nil ? .touring : .paused
    }

    /// The head with its tour as it is at that moment.
    package func settled(at time: Date) -> PTZState {
        guard run != nil else { return self }
        var head = self
        head.settleTour(at: time)
        return head
    }

    /// Brings the tour to the moment: legs that are over give way to the next, and a tour whose end has come ends.
    ///
    /// At most three cycles of the tour are gone through, however long ago that was.
    mutating func settleTour(at now: Date) {
        var mark: (count: Int, time: Date)?
        while let run, let change = run.nextChange, change <= now {
            var (time, next) = (run.legEnd, run.count + 1)
            if let end = run.end, end <= time { return endTour(at: end) }
            if let legLimit = run.legLimit, next >= legLimit { return endTour(at: time) }
            if next % run.cycle == 0 {
                if let start = mark {
                    let period = time.timeIntervalSince(start.time)
                    let idle = run.idleCycles(before: next, at: time, until: now, period: period)
                    time += Double(idle) * period
                    next += idle * run.cycle
                    if let legLimit = run.legLimit, next >= legLimit { return endTour(at: time) }
                } else {
                    mark = (next, time)
                }
            }
            beginLeg(next, at: time)
        }
    }

    /// Starts the tour anew.
    ///
    /// - Returns: whether it has a spot where the head can go; otherwise nothing happens.
    @discardableResult
    mutating func startTour(_ tour: PTZTour, now: Date) -> Bool {
        let legs = tour.spots.compactMap(leg)
        guard !legs.isEmpty else { return false }
        run = PTZTourRun(tour, legs: legs, now: now)
        beginLeg(0, at: now)
        tourStateChanged(tour.token)
        return true
    }

    mutating func pauseTour(now: Date) {
        guard let token = run?.token, run?.pause == nil else { return }
        run?.pause = now
        stop(panTilt: true, zoom: true, now: now)
        tourStateChanged(token)
    }

    /// Goes on with the leg on which the tour was paused.
    mutating func resumeTour(now: Date) {
        guard let run, let pause = run.pause else { return }
        self.run?.pause = nil
        self.run?.end = run.end.map { $0 + now.timeIntervalSince(pause) }
        beginLeg(run.count, at: now)
        tourStateChanged(run.token)
    }

    /// Ends the tour under way, if any; the head stays where it is.
    mutating func endTour(at time: Date) {
        guard let token = run?.token else { return }
        stop(panTilt: true, zoom: true, now: time)
        run = nil
        tourStateChanged(token)
    }

    /// Leaves the head to the client who moves it; a paused tour stays paused.
    mutating func yieldTour() {
        guard let run, run.pause == nil else { return }
        self.run = nil
        tourStateChanged(run.token)
    }

    /// The tour that starts with the device, where one does.
    mutating func autoStartTour(now: Date) {
        guard let tour = tours.first(where: \.startsAutomatically) else { return }
        startTour(tour, now: now)
    }

    /// A tour that was started or stopped by hand no longer starts with the device.
    mutating func forgoAutoStart(_ token: String) {
        guard let index = tours.firstIndex(where: { $0.token == token }) else { return }
        tours[index].startsAutomatically = false
    }

    /// Takes a preset that is gone out of the tours; one that is under way to it ends.
    mutating func forgetPreset(_ token: String, now: Date) {
        if let run, run.legs.contains(where: { $0.spot.place == .preset(token) }) { endTour(at: now) }
        for index in tours.indices where tours[index].spots.contains(where: { $0.place == .preset(token) }) {
            tours[index].spots.removeAll { $0.place == .preset(token) }
            tours[index].stateChanged = false
        }
    }

    private mutating func tourStateChanged(_ token: String) {
        guard let index = tours.firstIndex(where: { $0.token == token }) else { return }
        tours[index].stateChanged = true
    }

    private mutating func beginLeg(_ count: Int, at time: Date) {
        run?.count = count
        guard let leg = run?.leg else { return }
        move(pan: leg.pan, tilt: leg.tilt, zoom: leg.zoom, leg.rates, now: time)
        let end = max(time, arrival) + leg.stay
        run?.legEnd = end
    }

    /// Where a spot is now; nil for a preset that is gone, or a place that no longer is within the limits.
    private func leg(_ spot: PTZTour.Spot) -> PTZTourRun.Leg? {
        let place: (pan: Double?, tilt: Double?, zoom: Double?)
        switch spot.place {
        case .home: place = (home.pan, home.tilt, home.zoom)
        case .preset(let token):
            guard let view = presets.first(where: { $0.token == token })?.view else { return nil }
            place = (view.pan, view.tilt, view.zoom)
        case .position(let vector):
            guard let position = try? position(vector) else { return nil }
            place = position
        }
        guard let rates = try? rates(spot.speed) else { return nil }
        return PTZTourRun.Leg(
            spot: spot, pan: place.pan, tilt: place.tilt, zoom: place.zoom, rates: rates,
            stay: spot.stay ?? PTZTour.defaultStay)
    }
}
