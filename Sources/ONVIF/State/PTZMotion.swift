package import Foundation

/// The movements of a head, one after the other: the present one, those shortly before it, for pictures of moments that have
/// just passed, and those that tracking has planned.
package struct PTZMotion: Equatable, Sendable {
    /// What holds from a moment on.
    package struct Stretch: Equatable, Sendable {
        package internal(set) var since: Date
        package internal(set) var pan: PTZTrajectory
        package internal(set) var tilt: PTZTrajectory
        package internal(set) var zoom: PTZTrajectory

        /// When every axis has come to rest.
        package var end: Date { max(pan.end, tilt.end, zoom.end) }
    }

    /// Seconds for which it is known how the head moved before.
    static let memory: TimeInterval = 2
    /// The most stretches before the present one; a client that commands faster has the oldest forgotten.
    static let stretchLimit = 64

    /// In order of time; at least one.
    private(set) var stretches: [Stretch]

    /// A head at rest.
    init(at view: PTZView) {
        stretches = [
            Stretch(
                since: .distantPast, pan: PTZTrajectory(at: view.pan), tilt: PTZTrajectory(at: view.tilt),
                zoom: PTZTrajectory(at: view.zoom))
        ]
    }

    /// The last one begun or planned.
    package var last: Stretch { stretches[stretches.count - 1] }

    /// What holds at that time.
    package subscript(time: Date) -> Stretch {
        stretches.last { $0.since <= time } ?? stretches[0]
    }

    /// Begins another movement at that time; what was planned for later is given up.
    mutating func begin(_ next: Stretch, at time: Date) {
        var next = next
        next.since = time
        let index = stretches.firstIndex { $0.since >= time } ?? stretches.count
        stretches.removeSubrange(index...)
        guard let before = stretches.last else {
            stretches = [next]
            return
        }
        // A command that changes nothing is no movement.
        guard (next.pan, next.tilt, next.zoom) != (before.pan, before.tilt, before.zoom) else { return }
        stretches.append(next)
        let known = stretches.lastIndex { $0.since <= time - Self.memory } ?? 0
        stretches.removeFirst(max(known, stretches.count - 1 - Self.stretchLimit))
    }

    mutating func clockMoved(by seconds: TimeInterval) {
        for index in stretches.indices {
            stretches[index].since += seconds
            stretches[index].pan.clockMoved(by: seconds)
            stretches[index].tilt.clockMoved(by: seconds)
            stretches[index].zoom.clockMoved(by: seconds)
        }
    }
}
