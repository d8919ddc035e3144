package import Foundation
package import XML

extension PTZService {
    /// Changes the defaults and limits of the head; what the request leaves out stays.
    ///
    /// Source: ONVIF PTZ 26.06 §5.2.5 SetConfiguration.
    package struct SetConfiguration: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.actuate

        package var token: String
        package var nodeToken: String
        package var name: String
        /// The URIs of default spaces by their groups.
        package var spaces: [PTZSpace.Group: String] = [:]
        package var speed: PTZVector?
        package var timeout: TimeInterval?
        package var panTiltLimits: XMLElement?
        package var zoomLimits: XMLElement?
        package var eFlip: String?
        package var reverse: String?

        package init(_ request: XMLElement) throws(Fault) {
            let configuration = try request.required("PTZConfiguration")
            token = try configuration.requiredAttribute("token")
            name = try configuration.token("Name")
            nodeToken = try configuration.token("NodeToken")
            let elements: [(String, PTZSpace.Group)] = [
                ("DefaultAbsolutePantTiltPositionSpace", .panTiltPosition),
                ("DefaultAbsoluteZoomPositionSpace", .zoomPosition),
                ("DefaultRelativePanTiltTranslationSpace", .panTiltTranslation),
                ("DefaultRelativeZoomTranslationSpace", .zoomTranslation),
                ("DefaultContinuousPanTiltVelocitySpace", .panTiltVelocity),
                ("DefaultContinuousZoomVelocitySpace", .zoomVelocity),
            ]
            for (element, group) in elements { spaces[group] = configuration.optionalString(element) }
            if let speed = configuration.child("DefaultPTZSpeed") { self.speed = try PTZVector(speed) }
            timeout = try configuration.optionalDuration("DefaultPTZTimeout")
            panTiltLimits = configuration.child("PanTiltLimits")?.child("Range")
            zoomLimits = configuration.child("ZoomLimits")?.child("Range")
            let direction = configuration.child("Extension")?.child("PTControlDirection")
            eFlip = direction?.child("EFlip")?.optionalString("Mode")
            reverse = direction?.child("Reverse")?.optionalString("Mode")
        }

        /// - Throws: `NoConfig`, `ConfigModify`; the configuration stays as it was.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            var head = try device.head(ofConfiguration: token)
            guard nodeToken == PTZState.nodeToken else {
                throw Self.refusal("NodeToken is fixed to \(PTZState.nodeToken)")
            }
            if let eFlip { head.configuration.eFlip = try Self.mode(eFlip, "EFlip", head.model.hasEFlip) }
            if let reverse { head.configuration.reverse = try Self.mode(reverse, "Reverse", head.model.hasReverse) }
            head.configuration.name = name
            for (group, uri) in spaces {
                guard let space = PTZSpace(rawValue: uri), space.group == group else {
                    throw Self.refusal("\(group.rawValue) of this node has no \"\(uri)\"")
                }
                head.configuration.spaces[group] = space
            }
            try setSpeed(of: &head)
            if let timeout {
                guard PTZState.timeoutRange.contains(timeout) else {
                    throw Self.refusal("DefaultPTZTimeout is out of the range of the options")
                }
                head.configuration.timeout = timeout
            }
            if let panTiltLimits {
                head.configuration.panTiltLimits = try Self.limits(panTiltLimits, .panTiltPosition, head.model)
            }
            if let zoomLimits {
                head.configuration.zoomLimits = try Self.limits(zoomLimits, .zoomPosition, head.model)
            }
            device.ptz?.configuration = head.configuration
            device.events.publish(.configurationChanged(token, type: "PTZ", at: call.now))
            return EmptyResponse()
        }

        /// A head without the feature takes that it be off.
        private static func mode(
            _ text: String, _ name: String, _ isThere: Bool
        ) throws(Fault) -> PTZConfiguration.Switch? {
            guard let mode = PTZConfiguration.Switch(rawValue: text), isThere || mode == .off else {
                throw refusal("\(name) of this head cannot be \"\(text.prefix(64))\"")
            }
            return isThere ? mode : nil
        }

        private func setSpeed(of head: inout PTZState) throws(Fault) {
            guard let speed else { return }
            do {
                _ = try head.rates(speed)
                if let panTilt = speed.panTilt {
                    head.configuration.spaces[.panTiltSpeed] = try head.space(panTilt.space, of: .panTiltSpeed)
                    head.configuration.panTiltSpeed = PTZConfiguration.Speed(x: panTilt.x, y: panTilt.y)
                }
                if let zoom = speed.zoom {
                    head.configuration.spaces[.zoomSpeed] = try head.space(zoom.space, of: .zoomSpeed)
                    head.configuration.zoomSpeed = zoom.x
                }
            } catch {
                throw Self.refusal("DefaultPTZSpeed: \(error.reason)")
            }
        }

        /// Infinite limits are off; finite ones must lie within the space.
        private static func limits(
            _ range: XMLElement, _ group: PTZSpace.Group, _ model: PTZModel
        ) throws(Fault) -> PTZConfiguration.Limits {
            let uri = try range.string("URI")
            guard let space = PTZSpace(rawValue: uri), space.group == group else {
                throw refusal("limits are in a space of \(group.rawValue), not \"\(uri)\"")
            }
            let ranges = space.ranges(model)
            let x = try interval(range.required("XRange"), within: ranges.x)
            let y = try ranges.y.map { (within) throws(Fault) in
                try interval(range.required("YRange"), within: within)
            }
            return PTZConfiguration.Limits(space: space, x: x, y: y ?? PTZConfiguration.Ends(0, 0))
        }

        private static func interval(
            _ element: XMLElement, within range: ClosedRange<Double>
        ) throws(Fault) -> PTZConfiguration.Ends {
            guard let minimum = Double(try element.string("Min")), let maximum = Double(try element.string("Max")),
                minimum <= maximum, minimum.isInfinite || range.contains(minimum),
                maximum.isInfinite || range.contains(maximum)
            else {
                throw refusal("\(element.name) of the limits is no range within \(range)")
            }
            return PTZConfiguration.Ends(minimum, maximum)
        }

        private static func refusal(_ reason: String) -> Fault {
            .sender("InvalidArgVal", "ConfigModify", reason: reason)
        }
    }
}
