/// A `tt:PTZConfiguration` as SetConfiguration takes it: what a device sent, with some elements exchanged.
enum PTZConfigurationMarkup {
    /// The elements in the order of the schema; one is spelt "Pant" there.
    static let elements = [
        "Name", "UseCount", "NodeToken", "DefaultAbsolutePantTiltPositionSpace", "DefaultAbsoluteZoomPositionSpace",
        "DefaultRelativePanTiltTranslationSpace", "DefaultRelativeZoomTranslationSpace",
        "DefaultContinuousPanTiltVelocitySpace", "DefaultContinuousZoomVelocitySpace", "DefaultPTZSpeed",
        "DefaultPTZTimeout", "PanTiltLimits", "ZoomLimits", "Extension",
    ]

    /// - `configuration`: an element of the type `tt:PTZConfiguration`.
    /// - `token`: another than that of the configuration.
    /// - `changes`: elements by name; an empty one leaves the element out.
    static func request(
        _ configuration: AnswerNode, token: String? = nil, _ changes: [String: Markup] = [:],
        forcePersistence: Bool = true
    ) -> Markup {
        let ramps = ["MoveRamp", "PresetRamp", "PresetTourRamp"].compactMap { name in
            configuration.attribute(name).map { " \(Markup(raw: name))=\"\($0)\"" as Markup }
        }
        let content = elements.compactMap { name in
            changes[name] ?? configuration.node(XPath(stringLiteral: "tt:" + name))?.markup
        }
        return """
            <tptz:PTZConfiguration token="\(token ?? configuration.attribute("token") ?? "")"\(ramps)>\(content)\
            </tptz:PTZConfiguration><tptz:ForcePersistence>\(forcePersistence)</tptz:ForcePersistence>
            """
    }

    /// `tt:Space2DDescription` or `tt:Space1DDescription` in the element that holds limits.
    static func limits(_ name: String, _ space: PTZSpace) -> Markup {
        func range(_ name: String, _ interval: PTZInterval?) -> Markup? {
            interval.map {
                """
                <tt:\(Markup(raw: name))><tt:Min>\($0.minimum)</tt:Min><tt:Max>\($0.maximum)</tt:Max>\
                </tt:\(Markup(raw: name))>
                """
            }
        }
        let element = Markup(raw: "tt:" + name)
        return """
            <\(element)><tt:Range><tt:URI>\(space.uri)</tt:URI>\(range("XRange", space.x))\
            \(range("YRange", space.y))</tt:Range></\(element)>
            """
    }
}

extension PTZHead {
    /// The head with position spaces as defaults, and limits told in them, set for the time of the case where they are
    /// not so already.
    ///
    /// Source: PTZ Device Test Specification, annexes A.9 and A.20.
    /// - `defaults`: whether the defaults change too; else only limits of another space.
    func settled(on spaces: [PTZPart: PTZSpace], defaults: Bool) async throws -> PTZHead {
        var changes: [String: Markup] = [:]
        for (part, space) in spaces {
            if defaults, let name = part.position.defaultElement,
                configuration.text(XPath(stringLiteral: "tt:" + name)) != space.uri
            {
                let element = Markup(raw: "tt:" + name)
                changes[name] = "<\(element)>\(space.uri)</\(element)>"
            }
            let limits = part.name + "Limits"
            if let uri = configuration.text(XPath(stringLiteral: "tt:" + limits + "/tt:Range/tt:URI")), uri != space.uri
            {
                changes[limits] = PTZConfigurationMarkup.limits(limits, space)
            }
        }
        guard !changes.isEmpty else { return self }
        let present = try await device.call(
            "GetConfiguration", in: .ptz,
            "<tptz:PTZConfigurationToken>\(configurationToken)</tptz:PTZConfigurationToken>")
        let original = try present.requireNodes("tptz:PTZConfiguration")[0]
        device.afterwards("the PTZ configuration \(configurationToken)") { device in
            try await device.call("SetConfiguration", in: .ptz, PTZConfigurationMarkup.request(original))
        }
        try await device.call("SetConfiguration", in: .ptz, PTZConfigurationMarkup.request(original, changes))
        let changed = try await device.call(
            "GetConfiguration", in: .ptz,
            "<tptz:PTZConfigurationToken>\(configurationToken)</tptz:PTZConfigurationToken>")
        return with(try changed.requireNodes("tptz:PTZConfiguration")[0])
    }

    private func with(_ configuration: AnswerNode) -> PTZHead {
        PTZHead(
            device: device, node: node, profile: profile, configuration: configuration, nodeSpaces: nodeSpaces,
            options: options, timeout: timeout, optionsAnswer: optionsAnswer, tellsMoveStatus: tellsMoveStatus,
            tellsPosition: tellsPosition)
    }
}
