package import XML

extension ImagingService {
    /// Moves the focus, which turns the autofocus off.
    ///
    /// Source: ONVIF Imaging 26.06 §5.3.1 Move.
    package struct Move: ServiceOperation {
        package static let service = Service.imaging
        package static let access = AccessClass.actuate

        /// `tt:FocusMove`; speeds where the client gave one.
        package enum Focus: Equatable, Sendable {
            case absolute(position: Double, speed: Double?)
            case relative(distance: Double, speed: Double?)
            /// Negative towards near.
            case continuous(speed: Double)
        }

        package var videoSourceToken: String
        package var focus: Focus

        package init(_ request: XMLElement) throws(Fault) {
            videoSourceToken = try request.token("VideoSourceToken")
            let focus = try request.required("Focus")
            if let move = focus.child("Absolute") {
                self.focus = .absolute(
                    position: try move.number("Position"), speed: try move.optionalNumber("Speed"))
            } else if let move = focus.child("Relative") {
                self.focus = .relative(
                    distance: try move.number("Distance"), speed: try move.optionalNumber("Speed"))
            } else if let move = focus.child("Continuous") {
                self.focus = .continuous(speed: try move.number("Speed"))
            } else {
                throw .sender("InvalidArgs", reason: "Focus has neither Absolute nor Relative nor Continuous")
            }
        }

        /// - Throws: `NoSource`, `NoImagingForSource` for a fixed focus, `SettingsInvalid` out of the move options; a move
        ///   under way goes on.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var imaging = try device.imaging(withFocusOfSource: videoSourceToken)
            let present = imaging.focus.position(at: call.now)
            let (range, speeds) = (ImagingState.focusRange, ImagingState.focusSpeedRange)
            let reach = MoveRanges()
            switch focus {
            case .absolute(let position, let speed):
                try Self.check(position, "Position", within: range)
                if let speed { try Self.check(speed, "Speed", within: speeds) }
                imaging.moveFocus(to: position, speed: speed ?? imaging.focusSpeed, now: call.now)
            case .relative(let distance, let speed):
                try Self.check(distance, "Distance", within: reach.distance)
                if let speed { try Self.check(speed, "Speed", within: speeds) }
                imaging.moveFocus(to: present + distance, speed: speed ?? imaging.focusSpeed, now: call.now)
            case .continuous(let speed):
                try Self.check(speed, "Speed", within: reach.velocity)
                let target = speed < 0 ? range.lowerBound : range.upperBound
                imaging.moveFocus(to: target, speed: abs(speed), now: call.now)
            }
            device.imaging[videoSourceToken] = imaging
            return EmptyResponse()
        }

        private static func check(_ value: Double, _ name: String, within range: ClosedRange<Double>) throws(Fault) {
            guard range.contains(value) else { throw .settingsInvalid("\(name) is \(value), not within \(range)") }
        }
    }

    /// Ranges of focus moves that follow from those of positions and speeds.
    package struct MoveRanges: Equatable, Sendable {
        package let distance: ClosedRange<Double>
        package let velocity: ClosedRange<Double>

        package init() {
            let span = ImagingState.focusRange.upperBound - ImagingState.focusRange.lowerBound
            distance = -span...span
            velocity = -ImagingState.focusSpeedRange.upperBound...ImagingState.focusSpeedRange.upperBound
        }
    }
}
