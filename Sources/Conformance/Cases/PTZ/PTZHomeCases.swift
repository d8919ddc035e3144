import ONVIF

extension TestCase {
    static let ptzHomeConfigurable = TestCase(
        id: "PTZ-5-1-1",
        title: "HOME POSITION OPERATIONS (CONFIGURABLE)",
        covers: .ptz("5.5.2"), .ptz("5.5.1"),
        requires: [.ptz, .media, .ptzHomeConfigurable],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .setHomeIsForgotten, .gotoHomeGoesNowhere, .setHomeRefused
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        try await head.checkHome(&findings)
    }

    static let ptzHomeFlag = TestCase(
        id: "PTZ-5-1-3",
        title: "PTZ – HOME POSITION OPERATIONS (USAGE OF FIXEDHOMEPOSITION FLAG)",
        covers: .ptz("5.5.2"),
        requires: [.ptz, .media, .ptzHome],
        profiles: [.s],
        timeout: PTZHead.caseTimeout,
        mutants: .setHomeRefused, .fixedHomeClaimed
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media, &findings)
        try await head.checkHomeFlag(&findings)
    }

    static let media2HomeConfigurable = TestCase(
        id: "MEDIA2_PTZ-3-1-1",
        title: "PTZ HOME POSITION OPERATIONS (CONFIGURABLE) USING MEDIA2 PROFILE",
        covers: .ptz("5.5.2"), .ptz("5.5.1"),
        requires: [.ptz, .media2, .ptzAbsolute, .ptzHomeConfigurable],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .setHomeRefused, .gotoHomeRefused, .absoluteMoveRefused, .ptzOptionsWithoutGenericPositionSpace
    ) { device, findings in
        let (head, spaces) = try await PTZHead.readyForAbsoluteMoves(device, &findings)
        try await head.returnAfterwards()
        try await head.keepHome()
        // How near the head comes is not judged here.
        let (first, second) = (
            head.position(panTilt: 0, zoom: 0, spaces), head.position(panTilt: 1, zoom: 1, spaces)
        )
        try await head.absoluteMove(first)
        try await head.rest(at: first)
        try await head.request("SetHomePosition")
        try await head.absoluteMove(second)
        try await head.rest(at: second)
        try await head.request("GotoHomePosition")
        try await head.rest(at: first)
    }

    static let media2HomeFlag = TestCase(
        id: "MEDIA2_PTZ-3-1-3",
        title: "PTZ – HOME POSITION OPERATIONS (USAGE OF FIXEDHOMEPOSITION FLAG) USING MEDIA2 PROFILE",
        covers: .ptz("5.5.2"),
        requires: [.ptz, .media2, .ptzAbsolute, .ptzHome],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .setHomeRefused, .fixedHomeClaimed
    ) { device, findings in
        let head = try await PTZHead.prepare(device, .media2, &findings)
        try await head.checkHomeFlag(&findings)
    }
}

/// The home position.
extension PTZHead {
    fileprivate func request(_ operation: String) async throws {
        try await device.call(operation, in: .ptz, "<tptz:ProfileToken>\(profile)</tptz:ProfileToken>")
    }

    /// Looks where the home is and has it set there again after the case, if the device tells positions; a home that
    /// was never set stays as the case sets it.
    fileprivate func keepHome() async throws {
        let reply = try await device.reply(
            to: "GotoHomePosition", in: .ptz, "<tptz:ProfileToken>\(profile)</tptz:ProfileToken>")
        guard reply.answer != nil, let position = try await rest(moving: true).position else { return }
        var home = PTZCoordinates()
        if has(.panTiltPosition) { home.panTilt = position.panTilt }
        if has(.zoomPosition) { home.zoom = position.zoom }
        guard home != PTZCoordinates() else { return }
        let target = home
        device.afterwards("the home position") { _ in
            try await absoluteMove(target)
            try await rest(at: target)
            try await request("SetHomePosition")
        }
    }

    /// Makes position X the home, leaves it, and goes home.
    func checkHome(_ findings: inout Findings) async throws {
        try await returnAfterwards()
        try await keepHome()
        let first = try await step("position X", from: status(), &findings)
        try await request("SetHomePosition")
        _ = try await step("position Y", from: status(), &findings)
        try await request("GotoHomePosition")
        expect(try await rest(at: first), at: first, "position X, made the home position", &findings)
    }

    /// Holds SetHomePosition to what the node says of its home.
    func checkHomeFlag(_ findings: inout Findings) async throws {
        let answer = try await device.call(
            "GetNode", in: .ptz, "<tptz:NodeToken>\(node.attribute("token") ?? "")</tptz:NodeToken>")
        guard let isFixed = answer.flag("tptz:PTZNode/@FixedHomePosition") else { return }
        try await returnAfterwards()
        try await keepHome()
        let reply = try await device.reply(
            to: "SetHomePosition", in: .ptz, "<tptz:ProfileToken>\(profile)</tptz:ProfileToken>")
        if isFixed {
            let allowed = [["Action", "CannotOverwriteHome"], ["ActionNotSupported"]]
            findings.expect(
                reply.fault.map { $0.code == "Receiver" && allowed.contains($0.subcodes) } == true,
                "fault CannotOverwriteHome or ActionNotSupported, as FixedHomePosition is true", found: reply.summary)
        } else {
            findings.expect(
                reply.answer != nil, "SetHomePositionResponse, as FixedHomePosition is false", found: reply.summary)
        }
    }
}
