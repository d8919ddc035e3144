package import Truth

/// A scene in motion: what is where at any moment, and what happens.
///
/// All that moves is worked out once; a moment is then looked up, in any order.
package struct World: Sendable {
    package let scene: Scene
    /// In the order of `Scene.subjects` and `Scene.vehicles`.
    let people: [Track]
    let traffic: [Track]
    /// In the order of `Scene.things`.
    let belongings: [Belonging]
    let manners: [Manner]
    let conversations: [Conversation]
    /// What happens from beginning to end, in order of time.
    package let events: [TruthEvent]

    package init(_ scene: Scene) {
        self.scene = scene
        people = scene.subjects.map { Track($0.course, .person) }
        traffic = scene.vehicles.map { Track($0.course, .vehicle) }
        belongings = Belonging.all(of: scene, people)
        manners = scene.subjects.map { Manner($0, seed: scene.seed) }
        conversations = Conversation.all(of: people)
        events = EventFinder(scene, people: people, traffic: traffic, belongings: belongings).events
    }

    /// Everything that moves at a moment, seconds of the scene; times beyond the duration begin again.
    package func moment(at time: Double) -> WorldMoment {
        let time = wrapped(time)
        let states = people.map { $0.state(at: time) }
        var figures: [Figure] = []
        figures.reserveCapacity(states.count)
        for (index, state) in states.enumerated() {
            guard let state else { continue }
            figures.append(figure(index, state, among: states, at: time))
        }
        var vehicles: [MovingVehicle] = []
        for (index, track) in traffic.enumerated() {
            guard let state = track.state(at: time) else { continue }
            vehicles.append(
                MovingVehicle(
                    vehicle: index, at: state.at, heading: state.heading, speed: state.speed,
                    wheel: state.way / scene.vehicles[index].kind.wheel * 360, isBraking: state.acceleration < 0))
        }
        let things = belongings.indices.compactMap { index -> StandingThing? in
            guard case .stands(let at, let heading) = belongings[index].place(at: time) else { return nil }
            return StandingThing(thing: index, at: at, heading: heading)
        }
        return WorldMoment(time: time, figures: figures, vehicles: vehicles, things: things)
    }

    /// The time of the scene.
    package func wrapped(_ time: Double) -> Double {
        guard time < 0 || time >= scene.duration else { return time }
        let rest = time.truncatingRemainder(dividingBy: scene.duration)
        return rest < 0 ? rest + scene.duration : rest
    }

    private func figure(_ index: Int, _ state: Track.State, among states: [Track.State?], at time: Double) -> Figure {
        let manner = manners[index]
        var (yaw, pitch) = manner.glance(at: time, walks: state.standing == nil)
        var expression = manner.expression(at: time)
        for conversation in conversations where conversation.holds(index, at: time) {
            let talk = conversation.attention(of: index, at: time)
            expression = talk.talks ? .talk : expression
            if let other = states[talk.towards] {
                let wanted = (state.at.heading(to: other.at) - state.heading).remainder(dividingBy: 360)
                yaw = yaw * (1 - 0.8 * talk.strength) - min(max(wanted, -60), 60) * talk.strength
                pitch *= 1 - 0.7 * talk.strength
            }
        }
        var carries: Thing.Kind? =
            switch scene.subjects[index].appearance.bag {
            case .backpack: .backpack
            case .suitcase: .suitcase
            case .none, .shoulder: nil
            }
        for (thing, belonging) in belongings.enumerated() {
            let kind = scene.things[thing].kind
            if case .carried(index) = belonging.place(at: time) {
                carries = kind
            } else if belonging.carriers.contains(index), carries == kind {
                // What it dropped was the bag that its appearance shows.
                carries = nil
            }
        }
        return Figure(
            subject: index, at: state.at, heading: state.heading, speed: state.speed,
            gait: state.way / manner.stride + manner.phase, headYaw: yaw, headPitch: pitch, expression: expression,
            isBlinking: manner.blinks(at: time), carries: carries)
    }
}

extension Vehicle.Kind {
    /// Metres of way in a turn of the wheels.
    var wheel: Double {
        switch self {
        case .car: 2.0
        case .van: 2.1
        case .bus, .truck: 3.1
        case .bicycle: 2.2
        }
    }
}
