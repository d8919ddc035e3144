import ONVIF

/// Predefined spaces: every node that moves in a kind of way has its generic space, and takes its ends.
extension TestCase {
    static let ptzGenericSpaces: [TestCase] = [
        space(
            id: "PTZ-7-1-3", title: "GENERIC PAN/TILT POSITION SPACE", .media, .panTilt, .panTiltPosition,
            covers: "5.7.1.1", requires: [.media, .ptz], .nodeWithoutGenericPanTiltPosition,
            .nodePanTiltPositionInverted, .absoluteMoveRefused),
        space(
            id: "PTZ-7-1-4", title: "GENERIC ZOOM POSITION SPACE", .media, .zoom, .zoomPosition,
            covers: "5.7.1.3", requires: [.media, .ptz], .nodeWithoutGenericZoomPosition,
            .nodeZoomPositionInverted, .absoluteMoveRefused),
        space(
            id: "PTZ-7-2-3", title: "GENERIC PAN/TILT TRANSLATION SPACE", .media, .panTilt, .panTiltTranslation,
            covers: "5.7.2.1", requires: [.media, .ptz], .nodeWithoutGenericPanTiltTranslation,
            .nodePanTiltTranslationInverted, .relativeMoveRefused),
        space(
            id: "PTZ-7-2-4", title: "GENERIC ZOOM TRANSLATION SPACE", .media, .zoom, .zoomTranslation,
            covers: "5.7.2.2", requires: [.media, .ptz], .nodeWithoutGenericZoomTranslation,
            .nodeZoomTranslationInverted, .relativeMoveRefused),
        space(
            id: "PTZ-7-3-3", title: "GENERIC PAN/TILT VELOCITY SPACE", .media, .panTilt, .panTiltVelocity,
            covers: "5.7.3.1", requires: [.media, .ptz], .nodeWithoutGenericPanTiltVelocity,
            .nodePanTiltVelocityInverted, .continuousMoveRefused),
        space(
            id: "PTZ-7-3-4", title: "GENERIC ZOOM VELOCITY SPACE", .media, .zoom, .zoomVelocity,
            covers: "5.7.3.3", requires: [.media, .ptz], .nodeWithoutGenericZoomVelocity,
            .nodeZoomVelocityInverted, .continuousMoveRefused),
        space(
            id: "PTZ-7-4-3", title: "GENERIC PAN/TILT SPEED SPACE", .media, .panTilt, .panTiltSpeed,
            covers: "5.7.4.1", requires: [.media, .ptz], .nodeWithoutGenericPanTiltSpeed,
            .nodePanTiltSpeedInverted, .absoluteMoveRefused),
        space(
            id: "PTZ-7-4-4", title: "GENERIC ZOOM SPEED SPACE", .media, .zoom, .zoomSpeed,
            covers: "5.7.4.3", requires: [.media, .ptz], .nodeWithoutGenericZoomSpeed,
            .nodeZoomSpeedInverted, .absoluteMoveRefused),
        space(
            id: "MEDIA2_PTZ-4-1-2", title: "ABSOLUTE PAN/TILT GENERIC POSITION SPACE", .media2, .panTilt,
            .panTiltPosition, covers: "5.7.1.1", requires: [.media2, .ptz], .nodeWithoutGenericPanTiltPosition,
            .nodePanTiltPositionInverted, .absoluteMoveRefusesMaximum),
        space(
            id: "MEDIA2_PTZ-4-1-3", title: "ABSOLUTE ZOOM GENERIC POSITION SPACE", .media2, .zoom, .zoomPosition,
            covers: "5.7.1.3", requires: [.media2, .ptz], .nodeWithoutGenericZoomPosition,
            .nodeZoomPositionInverted, .absoluteMoveRefusesMaximum),
        space(
            id: "MEDIA2_PTZ-4-2-1", title: "CONTINUOUS PAN/TILT VELOCITY SPACE", .media2, .panTilt, .panTiltVelocity,
            covers: "5.7.3.1", requires: [.media2, .ptz, .profileT], .nodeWithoutGenericPanTiltVelocity,
            .nodePanTiltVelocityInverted, .stopRefused),
        space(
            id: "MEDIA2_PTZ-4-2-2", title: "GENERIC ZOOM VELOCITY SPACE", .media2, .zoom, .zoomVelocity,
            covers: "5.7.3.3", requires: [.media2, .ptz, .profileT], .nodeWithoutGenericZoomVelocity,
            .nodeZoomVelocityInverted, .stopRefused),
    ]

    static let media2SphericalPositionSpace = TestCase(
        id: "MEDIA2_PTZ-4-1-1",
        title: "ABSOLUTE PAN/TILT POSITION SPACE",
        covers: .ptz("5.7.1.2"),
        requires: [.media2, .ptz, .profileT],
        profiles: [.t],
        timeout: PTZHead.caseTimeout,
        mutants: .nodePanTiltPositionInverted, .nodePanTiltPositionYInverted, .absoluteMoveRefused,
        .absoluteMoveRefusesMaximum
    ) { device, findings in
        let uri = PTZSpaceKind.panTiltSphericalPosition
        let nodes = try await device.call("GetNodes", in: .ptz)
        for node in nodes.nodes("tptz:PTZNode") {
            let spaces = PTZSpaces(node.node("tt:SupportedPTZSpaces"))
            guard let space = spaces.space(.panTiltPosition, uri: uri) else { continue }
            try await use(space, of: node, .panTilt, .panTiltPosition, .media2, device, in: nodes, &findings)
        }
    }

    /// A case on the generic space of one kind, at every node that has any space of that kind.
    ///
    /// - `media`: whose profiles are used.
    /// - `missing`, `inverted`, `refused`: mutants without the space, with its ends exchanged, and that refuse the move.
    private static func space(
        id: String, title: String, _ media: TestedService, _ part: PTZPart, _ kind: PTZSpaceKind,
        covers section: String, requires: [Feature], _ missing: Mutant, _ inverted: Mutant, _ refused: Mutant
    ) -> TestCase {
        TestCase(
            id: id, title: title, covers: .ptz(section), requires: requires, profiles: [media == .media2 ? .t : .s],
            timeout: PTZHead.caseTimeout, mutants: missing, inverted, refused
        ) { device, findings in
            let nodes = try await device.call("GetNodes", in: .ptz)
            for node in nodes.nodes("tptz:PTZNode") {
                let spaces = PTZSpaces(node.node("tt:SupportedPTZSpaces"))
                guard spaces.has(kind) else { continue }
                let space = try findings.require(
                    spaces.generic(kind), "\(kind.rawValue) <\(kind.genericURI)> of a node that has any",
                    found: spaces[kind].map(\.uri).joined(separator: ", "), in: nodes)
                try await use(space, of: node, part, kind, media, device, in: nodes, &findings)
            }
        }
    }

    /// Holds the space to an ordered range and the device to moves to both its ends.
    private static func use(
        _ space: PTZSpace, of node: AnswerNode, _ part: PTZPart, _ kind: PTZSpaceKind, _ media: TestedService,
        _ device: TestDevice, in answer: Answer, _ findings: inout Findings
    ) async throws {
        let isOrdered =
            findings.expect(
                space.x?.isOrdered == true, "XRange of <\(space.uri)> from Min to a Max that is no less",
                found: space.x.map { "\($0.minimum)…\($0.maximum)" } ?? "none", in: answer)
            && findings.expect(
                !kind.hasTwoCoordinates || space.y?.isOrdered == true,
                "YRange of <\(space.uri)> from Min to a Max that is no less",
                found: space.y.map { "\($0.minimum)…\($0.maximum)" } ?? "none", in: answer)
        guard isOrdered else { throw CaseEnd.nothingMoreToTest }
        var head = try await PTZHead.prepare(device, media, node: node.attribute("token"), &findings)
        try await head.stopAfterwards()
        switch kind {
        case .panTiltPosition, .zoomPosition:
            head = try await head.settled(on: [part: space], defaults: false)
            try await head.absoluteMove(head.corner(\.minimum, part, space))
            try await head.absoluteMove(head.corner(\.maximum, part, space))
        case .panTiltTranslation, .zoomTranslation:
            for end in [\PTZInterval.minimum, \.maximum] {
                if let translation = part.corner(end, of: space) { try await head.relativeMove(translation) }
            }
        case .panTiltSpeed, .zoomSpeed:
            for end in [\PTZInterval.minimum, \.maximum] {
                let speed = part.corner(end, of: space)
                if let position = head.positionSpace(part) {
                    try await head.absoluteMove(head.corner(end, part, position), speed: speed)
                } else if let translation =
                    (head.options.generic(part.translation)
                    ?? head.options[part.translation].first).flatMap({ part.corner(end, of: $0) })
                {
                    try await head.relativeMove(translation, speed: speed)
                }
            }
        case .panTiltVelocity, .zoomVelocity:
            for end in [\PTZInterval.minimum, \.maximum] {
                guard let velocity = part.corner(end, of: space) else { continue }
                let start = try await head.status()
                try await head.continuousMove(velocity)
                try await head.beginning(from: start)
            }
            try await head.stop(
                """
                <tptz:PanTilt>\(part == .panTilt)</tptz:PanTilt><tptz:Zoom>\(part == .zoom)</tptz:Zoom>
                """)
        }
    }
}
