/// The PTZ node under test with a media profile that moves it: what the cases of PTZ have in common.
struct PTZHead: Sendable {
    let device: TestDevice
    let node: AnswerNode
    /// Token of a media profile with the configuration.
    let profile: String
    /// An element of the type `tt:PTZConfiguration`.
    let configuration: AnswerNode
    let nodeSpaces: PTZSpaces
    let options: PTZSpaces
    /// Seconds that a continuous move may be asked to last, as the options say.
    let timeout: PTZInterval?
    /// The answer that holds the options.
    let optionsAnswer: Answer
    /// Capabilities of the service.
    let tellsMoveStatus: Bool
    let tellsPosition: Bool

    var configurationToken: String { configuration.attribute("token") ?? "" }

    /// Chooses a node and a profile, giving a profile the configuration of the node for the time of the case where none
    /// has it, and reads the options.
    ///
    /// - `media`: the service whose profiles are used, Media or Media2.
    /// - `nodeToken`: `nil` for the first node.
    /// - Throws: ``CaseEnd``; without a node, a profile or options nothing more can be tested.
    static func prepare(
        _ device: TestDevice, _ media: TestedService, node nodeToken: String? = nil, _ findings: inout Findings
    ) async throws -> PTZHead {
        let nodes = try await device.call("GetNodes", in: .ptz)
        let node = try findings.require(
            nodes.nodes("tptz:PTZNode").first { nodeToken == nil || $0.attribute("token") == nodeToken },
            "at least one PTZ node", in: nodes)
        let chosen = try await PTZProfileChoice.make(device, media, node: node.attribute("token") ?? "", &findings)
        let capabilities = try await device.call("GetServiceCapabilities", in: .ptz)
        let options = try await device.call(
            "GetConfigurationOptions", in: .ptz,
            "<tptz:ConfigurationToken>\(chosen.configuration.attribute("token") ?? "")</tptz:ConfigurationToken>")
        let range = options.node("tptz:PTZConfigurationOptions/tt:PTZTimeout")
        return PTZHead(
            device: device, node: node, profile: chosen.profile, configuration: chosen.configuration,
            nodeSpaces: PTZSpaces(node.node("tt:SupportedPTZSpaces")),
            options: PTZSpaces(options.node("tptz:PTZConfigurationOptions/tt:Spaces")),
            timeout: PTZDuration.interval(range), optionsAnswer: options,
            tellsMoveStatus: capabilities.flag("tptz:Capabilities/@MoveStatus") == true,
            tellsPosition: capabilities.flag("tptz:Capabilities/@StatusPosition") == true)
    }

    /// Holds the options to spaces with sound ranges, a generic space for every kind that the node has, and a time-out
    /// with an order.
    func checkOptions(_ findings: inout Findings) {
        findings.expect(
            !options.isEmpty, "Spaces in PTZConfigurationOptions", found: "none", clause: .ptz("5.2.4"),
            in: optionsAnswer)
        options.check(in: "PTZConfigurationOptions", &findings, answer: optionsAnswer)
        for kind in PTZSpaceKind.allCases where nodeSpaces.has(kind) {
            findings.expect(
                options.generic(kind) != nil, "\(kind.rawValue) <\(kind.genericURI)> in PTZConfigurationOptions",
                found: options[kind].map(\.uri).joined(separator: ", "), clause: .ptz("5.7"), in: optionsAnswer)
        }
        Self.check(timeout, &findings, in: optionsAnswer)
    }

    /// `timeout`: as ``timeout``.
    static func check(_ timeout: PTZInterval?, _ findings: inout Findings, in answer: Answer) {
        findings.expect(
            timeout?.isOrdered == true, "PTZTimeout from Min to a Max that is no less",
            found: timeout.map { "\($0.minimum) s…\($0.maximum) s" } ?? "none", clause: .ptz("5.2.4"), in: answer)
    }

    /// Whether node and options have a space of that kind.
    func has(_ kind: PTZSpaceKind) -> Bool { nodeSpaces.has(kind) && options.has(kind) }

    // MARK: - Positions

    /// The space that positions are told in: the default, if the options list it, else the generic one.
    func positionSpace(_ part: PTZPart) -> PTZSpace? {
        let kind = part.position
        guard has(kind) else { return nil }
        let named = kind.defaultElement.flatMap { configuration.text(XPath(stringLiteral: "tt:" + $0)) } ?? ""
        return options.space(kind, uri: named) ?? options.generic(kind) ?? options[kind].first
    }

    /// The range of positions in that space within the limits of the configuration, where these are in the same space.
    func range(_ part: PTZPart, _ space: PTZSpace) -> (x: PTZInterval, y: PTZInterval?)? {
        let limits = configuration.node(part == .panTilt ? "tt:PanTiltLimits/tt:Range" : "tt:ZoomLimits/tt:Range")
        let limit = limits.map(PTZSpace.init).flatMap { $0.uri == space.uri ? $0 : nil }
        guard let x = space.x?.limited(to: limit?.x) else { return nil }
        return (x, space.y?.limited(to: limit?.y))
    }

    /// A reachable position beside the present one, in the parts that have absolute positions.
    ///
    /// `present`: as GetStatus tells; where it does not, the target is in the midst of the range.
    func target(beside present: PTZCoordinates?) -> PTZCoordinates {
        func beside(_ value: Double?, _ range: PTZInterval) -> Double {
            guard let value, range.minimum.isFinite, range.maximum.isFinite else {
                return range.span.isFinite ? range.point(0.5) : 0
            }
            let step = Self.stepFraction * range.span
            let next = value + step <= range.maximum ? value + step : value - step
            return min(max(next, range.minimum), range.maximum)
        }
        var result = PTZCoordinates()
        if let space = positionSpace(.panTilt), let range = range(.panTilt, space), let y = range.y {
            result.panTilt = .init(
                x: beside(present?.panTilt?.x, range.x), y: beside(present?.panTilt?.y, y), space: space.uri)
        }
        if let space = positionSpace(.zoom), let range = range(.zoom, space) {
            result.zoom = .init(x: beside(present?.zoom?.x, range.x), space: space.uri)
        }
        return result
    }

    /// Whether the two are the same place but for that part of the range; what cannot be compared counts as the same.
    func isNear(
        _ found: PTZCoordinates, _ wanted: PTZCoordinates, fraction: Double = toleranceFraction
    ) -> Bool {
        func near(_ one: Double, _ two: Double, _ span: Double?) -> Bool {
            guard let span, span.isFinite else { return true }
            return abs(one - two) <= fraction * span
        }
        if let one = found.panTilt, let two = wanted.panTilt, let space = space(of: two.space, .panTilt),
            one.space == nil || two.space == nil || one.space == two.space,
            !near(one.x, two.x, space.x?.span) || !near(one.y, two.y, space.y?.span)
        {
            return false
        }
        if let one = found.zoom, let two = wanted.zoom, let space = space(of: two.space, .zoom),
            one.space == nil || two.space == nil || one.space == two.space,
            !near(one.x, two.x, space.x?.span)
        {
            return false
        }
        return true
    }

    private func space(of uri: String?, _ part: PTZPart) -> PTZSpace? {
        guard let uri else { return positionSpace(part) }
        return options.space(part.position, uri: uri)
    }

    /// How far a target lies from the present position, as a part of the range.
    static let stepFraction = 0.2
    /// Accuracy is not what the official cases test: a tenth of the range, as they grant.
    static let toleranceFraction = 0.1
}

/// `xs:duration` in seconds.
///
/// Source: XML Schema Part 2 §3.2.6. Years and months have no fixed length and count as no number.
enum PTZDuration {
    static func seconds(_ text: String) -> Double? {
        let pattern = #/(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?|\.\d+)S)?)?/#
        guard let match = try? pattern.wholeMatch(in: text), text.last != "P", text.last != "T" else { return nil }
        let (_, sign, days, hours, minutes, seconds) = match.output
        func number(_ text: Substring?) -> Double { text.flatMap { Double($0) } ?? 0 }
        let sum = number(days) * 86400 + number(hours) * 3600 + number(minutes) * 60 + number(seconds)
        return sign.isEmpty ? sum : -sum
    }

    /// `node`: an element of the type `tt:DurationRange`.
    static func interval(_ node: AnswerNode?) -> PTZInterval? {
        guard let minimum = node?.text("tt:Min").flatMap(seconds), let maximum = node?.text("tt:Max").flatMap(seconds)
        else { return nil }
        return PTZInterval(minimum, maximum)
    }
}
