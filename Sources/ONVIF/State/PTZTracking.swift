package import Foundation

/// A head that follows something by itself.
package struct PTZTracking: Codable, Equatable, Sendable {
    /// The object that the client named; any that is in the picture where nil.
    package var objectID: Int?
    /// When the head has reached the place where it begins.
    package var start: Date
    /// Where the head goes back to after it has lost what it followed; home where nil.
    package var base: PTZView?
    /// What it follows at the end of what is planned.
    package internal(set) var followed: Int?
    /// Since when it follows nothing; nil while it follows, and once it has gone back.
    var lost: Date?
    /// Until when the movement is planned.
    var planned: Date

    package init(objectID: Int? = nil, start: Date, base: PTZView? = nil) {
        self.objectID = objectID
        self.start = start
        self.base = base
        planned = start
    }

    mutating func clockMoved(by seconds: TimeInterval) {
        start += seconds
        planned += seconds
        lost = lost.map { $0 + seconds }
    }
}

/// How a head follows, from its device profile.
package struct AutoTracking: Codable, Equatable, Sendable {
    /// Who has it begin, beside MoveAndStartTracking where that is announced.
    package enum Trigger: String, Codable, CaseIterable, Sendable {
        /// MoveAndStartTracking alone.
        case command
        /// The auxiliary command `tt:Tracking|On`, until `tt:Tracking|Off`.
        case auxiliary
        /// Nobody: it begins whenever the head was left alone for a while.
        case always
    }

    /// How it knows where its subjects are.
    package enum Source: String, Codable, CaseIterable, Sendable {
        /// By the world itself.
        case truth
    }

    /// What it does with the lens.
    package enum Zoom: String, Codable, CaseIterable, Sendable {
        /// Leaves it as it is.
        case keep
        /// Shows the subject in the same size.
        case fit
    }

    package var trigger = Trigger.command
    /// Seconds that a head must be left alone before it begins by itself.
    package var idle: TimeInterval = 10
    /// Seconds by which it knows of the subject too late.
    package var lag: TimeInterval = 0.4
    package var source = Source.truth
    package var zoom = Zoom.keep
    /// Seconds after which a head that has lost its subject goes back.
    package var patience: TimeInterval = 5

    package init() {}

    /// The auxiliary commands that begin and end it.
    package static let (on, off) = ("tt:Tracking|On", "tt:Tracking|Off")
}

/// Where a subject is, as a head sees it.
package struct TrackedSubject: Equatable, Sendable {
    /// Its id.
    package var object: Int
    /// Degrees of the head's own, to its upper body.
    package var pan: Double
    package var tilt: Double
    /// Degrees that the whole subject takes from foot to head.
    package var extent: Double

    package init(object: Int, pan: Double, tilt: Double, extent: Double) {
        self.object = object
        self.pan = pan
        self.tilt = tilt
        self.extent = extent
    }
}

/// What there is to follow.
package protocol TrackedPlaces {
    /// Everything that is in the world at that time of the device, in a fixed order.
    func subjects(at time: Date) -> [TrackedSubject]
}
