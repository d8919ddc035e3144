import Foundation
import ONVIF
import XML

extension Mutation {
    static let ptzMutations: [Mutation] =
        ptzNodeMutations + ptzConfigurationMutations + ptzStatusMutations + ptzMoveMutations + ptzPresetMutations
        + media2PTZMutations

    // MARK: - Making them

    private typealias Change = @Sendable (inout Exchange) -> Void
    private typealias Edit = @Sendable (inout XMLElement) -> Void

    private static func ptz(
        _ mutant: Mutant, _ cause: String, _ operation: String, _ change: @escaping Change
    ) -> Mutation {
        Mutation(mutant, cause, .exchange(operation: operation, service: .ptz, change))
    }

    private static func edited(
        _ mutant: Mutant, _ cause: String, _ operation: String, _ edit: @escaping Edit
    ) -> Mutation {
        ptz(mutant, cause, operation) { $0.edit(edit) }
    }

    /// Nothing comes of the operation, and it fails.
    private static func refused(_ mutant: Mutant, _ operation: String) -> Mutation {
        ptz(mutant, "\(operation) is refused", operation) { $0.refuse() }
    }

    /// Nothing comes of the operation, yet it succeeds.
    private static func forgotten(_ mutant: Mutant, _ cause: String, _ operation: String) -> Mutation {
        ptz(mutant, cause, operation) { $0.after = $0.before }
    }

    /// What should fail succeeds with an empty answer.
    private static func accepting(_ mutant: Mutant, _ cause: String, _ operation: String) -> Mutation {
        ptz(mutant, cause, operation) {
            if case .failure = $0.result { $0.result = .success(EmptyResponse()) }
        }
    }

    /// What fails has the outer subcode alone.
    private static func vague(_ mutant: Mutant, _ cause: String, _ operation: String) -> Mutation {
        ptz(mutant, cause, operation) {
            guard case .failure = $0.result else { return }
            $0.result = .failure(.sender("InvalidArgVal", reason: "something is wrong with the request"))
        }
    }

    /// In GetNodes and GetNode alike.
    private static func node(_ mutant: Mutant, _ cause: String, _ edit: @escaping Edit) -> Mutation {
        Mutation(
            mutant, cause,
            .exchange(operation: nil, service: .ptz) { exchange in
                guard ["GetNodes", "GetNode"].contains(exchange.entry.name) else { return }
                exchange.edit(edit)
            })
    }

    // MARK: - Nodes

    private static let ptzNodeMutations: [Mutation] =
        [
            edited(.ptzNodesEmpty, "GetNodes lists none", "GetNodes") { $0.remove("PTZNode") },
            refused(.getNodeRefused, "GetNode"),
            edited(.getNodeAnotherNode, "GetNode answers with a node of another token", "GetNode") {
                $0.change("PTZNode") { $0.setAttribute("token", "Another") }
            },
            accepting(.unknownNodeAccepted, "GetNode succeeds for a node that is not there", "GetNode"),
            vague(.unknownNodeWithoutSubcode, "the fault for an unknown node has one subcode", "GetNode"),
            node(.ptzNodeWithoutSpaces, "the node lists no coordinate system") {
                $0.change("SupportedPTZSpaces") { $0.children = [] }
            },
            node(.ptzNodeWithoutPresetCount, "the node does not say how many presets it has") {
                $0.remove("MaximumNumberOfPresets")
            },
            node(.ptzNodeWithoutHomeSupported, "the node does not say whether it has a home position") {
                $0.remove("HomeSupported")
            },
            node(.fixedHomeClaimed, "the node says that its home is fixed, though it can be set") {
                $0.change("PTZNode") { $0.setAttribute("FixedHomePosition", "true") }
            },
            edited(.getNodeWithoutAuxiliary, "GetNode leaves the auxiliary commands out", "GetNode") {
                $0.remove("AuxiliaryCommands")
            },
            node(.nodePanTiltPositionYInverted, "YRange of pan/tilt positions has its ends exchanged") {
                $0.change("AbsolutePanTiltPositionSpace") { $0.invertRange("YRange") }
            },
        ]
        + spaceMutants.flatMap { element, missing, inverted in
            [
                node(missing, "\(element) of the node has no generic space") { $0.renameGenericSpace(in: element) },
                node(inverted, "XRange of \(element) of the node has its ends exchanged") {
                    $0.change(element) { $0.invertRange("XRange") }
                },
            ]
        }

    private static let spaceMutants: [(element: String, missing: Mutant, inverted: Mutant)] = [
        ("AbsolutePanTiltPositionSpace", .nodeWithoutGenericPanTiltPosition, .nodePanTiltPositionInverted),
        ("AbsoluteZoomPositionSpace", .nodeWithoutGenericZoomPosition, .nodeZoomPositionInverted),
        ("RelativePanTiltTranslationSpace", .nodeWithoutGenericPanTiltTranslation, .nodePanTiltTranslationInverted),
        ("RelativeZoomTranslationSpace", .nodeWithoutGenericZoomTranslation, .nodeZoomTranslationInverted),
        ("ContinuousPanTiltVelocitySpace", .nodeWithoutGenericPanTiltVelocity, .nodePanTiltVelocityInverted),
        ("ContinuousZoomVelocitySpace", .nodeWithoutGenericZoomVelocity, .nodeZoomVelocityInverted),
        ("PanTiltSpeedSpace", .nodeWithoutGenericPanTiltSpeed, .nodePanTiltSpeedInverted),
        ("ZoomSpeedSpace", .nodeWithoutGenericZoomSpeed, .nodeZoomSpeedInverted),
    ]

    // MARK: - Configurations

    private static let ptzConfigurationMutations: [Mutation] = [
        edited(.ptzConfigurationsEmpty, "GetConfigurations lists none", "GetConfigurations") {
            $0.remove("PTZConfiguration")
        },
        edited(.ptzConfigurationWithoutNode, "NodeToken of GetConfiguration is empty", "GetConfiguration") {
            $0.change("NodeToken") { $0.text = "" }
        },
        edited(.ptzConfigurationBare, "GetConfiguration has neither defaults nor limits", "GetConfiguration") {
            $0.change("PTZConfiguration") { configuration in
                configuration.children.removeAll { !["Name", "UseCount", "NodeToken"].contains($0.name) }
            }
        },
        edited(
            .ptzConfigurationDiffers, "GetConfiguration tells another time-out than GetConfigurations",
            "GetConfiguration"
        ) { $0.change("DefaultPTZTimeout") { $0.text = "PT7S" } },
        edited(.ptzOptionsWithoutSpaces, "the options list no coordinate system", "GetConfigurationOptions") {
            $0.change("Spaces") { $0.children = [] }
        },
        edited(
            .ptzOptionsWithoutAbsoluteSpaces, "the options list no space of positions", "GetConfigurationOptions"
        ) { response in
            response.remove("AbsolutePanTiltPositionSpace")
            response.remove("AbsoluteZoomPositionSpace")
        },
        edited(
            .ptzOptionsWithoutVelocitySpaces, "the options list no space of velocities", "GetConfigurationOptions"
        ) { response in
            response.remove("ContinuousPanTiltVelocitySpace")
            response.remove("ContinuousZoomVelocitySpace")
        },
        edited(
            .ptzOptionsWithoutGenericPositionSpace, "the options have no generic space of pan/tilt positions",
            "GetConfigurationOptions"
        ) { $0.renameGenericSpace(in: "AbsolutePanTiltPositionSpace") },
        edited(
            .ptzOptionsRangeInverted, "a range of the options has its ends exchanged", "GetConfigurationOptions"
        ) { $0.change("ContinuousZoomVelocitySpace") { $0.invertRange("XRange") } },
        edited(.ptzOptionsWithoutTimeout, "the options have no PTZTimeout", "GetConfigurationOptions") {
            $0.remove("PTZTimeout")
        },
        edited(.ptzOptionsTimeoutInverted, "PTZTimeout has its ends exchanged", "GetConfigurationOptions") {
            $0.invertRange("PTZTimeout")
        },
        edited(.ptzSpaceListedTwice, "the options list a space twice", "GetConfigurationOptions") {
            $0.change("Spaces") { spaces in
                guard let index = spaces.children.firstIndex(where: { $0.name == "AbsoluteZoomPositionSpace" })
                else { return }
                spaces.children.insert(spaces.children[index], at: index)
            }
        },
        edited(.configurationOfUnknownNode, "a configuration names a node that is not there", "GetConfigurations") {
            $0.change("NodeToken") { $0.text = "Another" }
        },
        edited(.defaultSpaceUnknown, "a default space is none of the node", "GetConfigurations") {
            $0.change("DefaultContinuousZoomVelocitySpace") { $0.text += "Private" }
        },
        edited(.defaultSpeedSpaceUnknown, "the space of the default speed is none of the node", "GetConfigurations") {
            $0.change("DefaultPTZSpeed") { $0.change("Zoom") { $0.setAttribute("space", "urn:private") } }
        },
        edited(.defaultPanTiltSpeedOutOfRange, "the default speed of the tilt is out of range", "GetConfigurations") {
            $0.change("DefaultPTZSpeed") { $0.change("PanTilt") { $0.setAttribute("y", "7") } }
        },
        edited(.defaultZoomSpeedOutOfRange, "the default speed of the zoom is out of range", "GetConfigurations") {
            $0.change("DefaultPTZSpeed") { $0.change("Zoom") { $0.setAttribute("x", "-1") } }
        },
        edited(.defaultTimeoutOutOfRange, "the default time-out is longer than the options allow", "GetConfigurations")
        {
            $0.change("DefaultPTZTimeout") { $0.text = "PT9999S" }
        },
        refused(.setConfigurationRefused, "SetConfiguration"),
        accepting(
            .unknownConfigurationAccepted, "SetConfiguration succeeds for a configuration that is not there",
            "SetConfiguration"),
        vague(
            .unknownConfigurationWithoutSubcode, "the fault for an unknown configuration has one subcode",
            "SetConfiguration"),
        refused(.ptzCapabilitiesRefused, "GetServiceCapabilities"),
        edited(.ptzCapabilitiesMissing, "GetServiceCapabilities has no Capabilities", "GetServiceCapabilities") {
            $0.remove("Capabilities")
        },
        edited(
            .ptzCapabilitiesDiffer, "GetServiceCapabilities claims E-Flip, GetServices does not",
            "GetServiceCapabilities"
        ) { $0.change("Capabilities") { $0.setAttribute("EFlip", "true") } },
        ptz(.ptzConfigurationNotStored, "SetConfiguration changes nothing, but tells of a change", "SetConfiguration") {
            $0.after.ptz = $0.before.ptz
        },
        ptz(.ptzConfigurationChangeUntold, "SetConfiguration tells of no change", "SetConfiguration") {
            $0.after.events = $0.before.events
        },
    ]

    // MARK: - Status

    private static let ptzStatusMutations: [Mutation] = [
        edited(.statusWithoutMoveStatus, "GetStatus has no MoveStatus", "GetStatus") { $0.remove("MoveStatus") },
        edited(.statusWithoutPosition, "GetStatus has no Position", "GetStatus") { $0.remove("Position") },
        edited(.statusWithoutZoomPosition, "GetStatus has no position of the zoom", "GetStatus") {
            $0.change("Position") { $0.remove("Zoom") }
        },
        edited(.statusUnknown, "MoveStatus is UNKNOWN on a sound head", "GetStatus") { $0.setMoveStatus("UNKNOWN") },
        edited(.moveStatusAlwaysIdle, "MoveStatus is IDLE on a head that moves", "GetStatus") {
            $0.setMoveStatus("IDLE")
        },
        edited(.statusPartsTogether, "MoveStatus of both parts is MOVING while one moves", "GetStatus") { response in
            var isMoving = false
            response.change("MoveStatus") { isMoving = $0.children.contains { $0.text == "MOVING" } }
            if isMoving { response.setMoveStatus("MOVING") }
        },
        ptz(.panTiltStatusSticks, "MoveStatus/PanTilt is MOVING on a head that rests away from ahead", "GetStatus") {
            let view = $0.before.ptz?.view(at: $0.call.now)
            guard view?.pan != 0 || view?.tilt != 0 else { return }
            $0.edit { $0.change("MoveStatus") { $0.change("PanTilt") { $0.text = "MOVING" } } }
        },
        ptz(.zoomStatusSticks, "MoveStatus/Zoom is MOVING on a lens that rests zoomed in", "GetStatus") {
            guard let head = $0.before.ptz, head.view(at: $0.call.now).zoom > head.model.zoom.minimum else { return }
            $0.edit { $0.change("MoveStatus") { $0.change("Zoom") { $0.text = "MOVING" } } }
        },
    ]

    // MARK: - Moves

    /// Degrees and magnification a second: as fast as no test notices.
    private static let rates = PTZState.Rates(pan: 120, tilt: 90, zoom: 15)

    private static let ptzMoveMutations: [Mutation] = [
        forgotten(.absoluteMoveGoesNowhere, "AbsoluteMove does not move", "AbsoluteMove"),
        ptz(.absoluteZoomGoesNowhere, "AbsoluteMove does not zoom", "AbsoluteMove") { $0.keepZoom() },
        refused(.absoluteMoveRefused, "AbsoluteMove"),
        ptz(.absoluteMoveRefusesMaximum, "AbsoluteMove refuses the upper end of the range", "AbsoluteMove") {
            guard let head = $0.after.ptz else { return }
            let goal = head.view(at: .distantFuture)
            if goal.pan >= head.model.pan.maximum || goal.zoom >= head.model.zoom.maximum { $0.refuse() }
        },
        accepting(.unreachablePositionAccepted, "AbsoluteMove accepts a position out of range", "AbsoluteMove"),
        vague(
            .unreachablePositionWithoutSubcode, "the fault for a position out of range has one subcode",
            "AbsoluteMove"),
        ptz(.refusedMoveMoves, "AbsoluteMove refuses a position, yet moves", "AbsoluteMove") {
            guard case .failure = $0.result else { return }
            $0.turn { head, now in head.shift(pan: 20, tilt: 10, rates, now: now) }
        },
        forgotten(.relativeMoveGoesNowhere, "RelativeMove does not move", "RelativeMove"),
        ptz(.relativeZoomGoesNowhere, "RelativeMove does not zoom", "RelativeMove") { $0.keepZoom() },
        ptz(.relativeMoveMirrored, "RelativeMove turns the other way", "RelativeMove") {
            $0.turn { head, now in
                head.shift(
                    pan: head.pan.from - head.pan.to, tilt: head.tilt.from - head.tilt.to, rates, now: now)
            }
        },
        ptz(.fieldOfViewMovesAreFixed, "RelativeMove turns by 15° whatever the field of view", "RelativeMove") {
            $0.turn { head, now in
                guard head.pan.to != head.pan.from else { return }
                head.shift(pan: head.pan.to > head.pan.from ? 15 : -15, rates, now: now)
            }
        },
        refused(.relativeMoveRefused, "RelativeMove"),
        ptz(.continuousMoveIgnoresTimeout, "ContinuousMove goes on for an hour", "ContinuousMove") {
            $0.turn { head, now in
                guard head.pan.duration > 0 else { return }
                head.drive(pan: (head.pan.to - head.pan.from) / head.pan.duration, for: 3600, now: now)
            }
        },
        refused(.continuousMoveRefused, "ContinuousMove"),
        forgotten(.stopIsIgnored, "Stop does not stop", "Stop"),
        refused(.stopRefused, "Stop"),
        forgotten(.setHomeIsForgotten, "SetHomePosition keeps the old home", "SetHomePosition"),
        refused(.setHomeRefused, "SetHomePosition"),
        forgotten(.gotoHomeGoesNowhere, "GotoHomePosition does not move", "GotoHomePosition"),
        refused(.gotoHomeRefused, "GotoHomePosition"),
        refused(.auxiliaryCommandRefused, "SendAuxiliaryCommand"),
    ]

    // MARK: - Presets

    private static let ptzPresetMutations: [Mutation] = [
        edited(.presetListEmpty, "GetPresets lists none", "GetPresets") { $0.remove("Preset") },
        edited(.presetNameForgotten, "GetPresets tells another name than was given", "GetPresets") {
            $0.change("Name") { $0.text = "Preset" }
        },
        edited(.presetWithoutPosition, "GetPresets has no positions", "GetPresets") { $0.remove("PTZPosition") },
        edited(.presetWithoutZoomPosition, "GetPresets has no positions of the zoom", "GetPresets") {
            $0.change("PTZPosition") { $0.remove("Zoom") }
        },
        edited(.presetSomewhereElse, "GetPresets tells positions where the head never was", "GetPresets") {
            $0.change("PanTilt") { $0.setAttribute("x", "-0.9") }
        },
        ptz(.presetOverwriteForgotten, "SetPreset leaves an existing preset as it is", "SetPreset") {
            if $0.after.ptz?.presets.count == $0.before.ptz?.presets.count { $0.after = $0.before }
        },
        ptz(.presetOverwriteMakesAnother, "SetPreset answers for an existing preset with a token of none", "SetPreset")
        {
            guard $0.after.ptz?.presets.count == $0.before.ptz?.presets.count else { return }
            $0.edit { $0.change("PresetToken") { $0.text = "Preset_Lost" } }
        },
        forgotten(.removePresetForgotten, "RemovePreset removes nothing", "RemovePreset"),
        refused(.removePresetRefused, "RemovePreset"),
        forgotten(.gotoPresetGoesNowhere, "GotoPreset does not move", "GotoPreset"),
        ptz(.gotoPresetStopsShort, "GotoPreset stops 6 % of the pan range beside the preset", "GotoPreset") {
            $0.turn { head, now in
                let goal = head.view(at: .distantFuture).pan
                head.move(pan: goal + 0.06 * head.model.pan.span, rates, now: now)
            }
        },
        refused(.gotoPresetRefused, "GotoPreset"),
    ]

    // MARK: - Profiles

    private static func media2(
        _ mutant: Mutant, _ cause: String, _ operation: String, _ change: @escaping Change
    ) -> Mutation {
        Mutation(mutant, cause, .exchange(operation: operation, service: .media2, change))
    }

    private static let media2PTZMutations: [Mutation] = [
        media2(.media2ProfilesWithoutPTZ, "GetProfiles leaves PTZ out", "GetProfiles") { $0.edit { $0.remove("PTZ") } },
        media2(.media2ProfilesEitherPTZOrVideo, "no profile has both PTZ and a video source", "GetProfiles") {
            $0.edit {
                $0.change("Configurations") { if $0.child("PTZ") != nil { $0.remove("VideoSource") } }
            }
        },
        media2(.media2ProfileByTokenListsAll, "GetProfiles for one token lists another, too", "GetProfiles") {
            $0.edit { response in
                guard response.children.count == 1, var other = response.children.first else { return }
                other.setAttribute("token", "Another")
                response.children.append(other)
            }
        },
        media2(.media2ProfileShowsOldPTZ, "GetProfiles shows PTZ under its first name", "GetProfiles") {
            $0.edit { $0.change("PTZ") { $0.change("Name") { $0.text = "PTZ" } } }
        },
        media2(.media2ProfileShowsOtherPTZ, "GetProfiles shows PTZ under another token", "GetProfiles") {
            $0.edit { $0.change("PTZ") { $0.setAttribute("token", "Another") } }
        },
        Mutation(
            .changeListenerKept, "Unsubscribe is refused",
            .exchange(operation: "Unsubscribe", service: .events) { $0.refuse() }),
        media2(.media2AddForgotten, "AddConfiguration adds nothing, but tells of a change", "AddConfiguration") {
            $0.after.media = $0.before.media
        },
        media2(.profileChangeUntoldOnAdding, "AddConfiguration tells of no change", "AddConfiguration") {
            $0.after.events = $0.before.events
        },
        media2(
            .media2RemoveForgotten, "RemoveConfiguration removes nothing, but tells of a change", "RemoveConfiguration"
        ) { $0.after.media = $0.before.media },
        media2(.profileChangeUntoldOnRemoving, "RemoveConfiguration tells of no change", "RemoveConfiguration") {
            $0.after.events = $0.before.events
        },
    ]
}

extension Exchange {
    fileprivate mutating func refuse() {
        after = before
        result = .failure(.receiver("Action", reason: "the device does not do this"))
    }

    /// Leaves the lens where it is.
    fileprivate mutating func keepZoom() {
        turn { head, now in
            head.move(zoom: head.view(at: now).zoom, PTZState.Rates(pan: 1, tilt: 1, zoom: 1), now: now)
        }
    }

    /// Changes the movement that the operation began.
    fileprivate mutating func turn(_ change: (inout PTZState, Date) -> Void) {
        guard var head = after.ptz else { return }
        change(&head, call.now)
        after.ptz = head
    }
}

extension XMLElement {
    /// Gives the generic space of that element a URI that nobody knows.
    fileprivate mutating func renameGenericSpace(in element: String) {
        change(element) { space in
            guard space.child("URI")?.text.contains("Generic") == true else { return }
            space.change("URI") { $0.text += "Private" }
        }
    }

    /// Exchanges Min and Max of the element of that name below this one.
    fileprivate mutating func invertRange(_ name: String) {
        change(name) { range in
            guard let minimum = range.child("Min")?.text, let maximum = range.child("Max")?.text else { return }
            range.change("Min") { $0.text = maximum }
            range.change("Max") { $0.text = minimum }
        }
    }

    fileprivate mutating func setMoveStatus(_ word: String) {
        change("MoveStatus") { status in
            status.change("PanTilt") { $0.text = word }
            status.change("Zoom") { $0.text = word }
        }
    }
}
