extension Mutant {
    /// GetNodes lists none.
    public static let ptzNodesEmpty = Mutant("ptzNodesEmpty")
    /// GetNode answers with a node of another token.
    public static let getNodeAnotherNode = Mutant("getNodeAnotherNode")
    /// GetNode succeeds for a node that is not there.
    public static let unknownNodeAccepted = Mutant("unknownNodeAccepted")
    /// The fault for an unknown node has one subcode.
    public static let unknownNodeWithoutSubcode = Mutant("unknownNodeWithoutSubcode")
    /// The node lists no coordinate system.
    public static let ptzNodeWithoutSpaces = Mutant("ptzNodeWithoutSpaces")
    /// The node does not say how many presets it has.
    public static let ptzNodeWithoutPresetCount = Mutant("ptzNodeWithoutPresetCount")
    /// The node does not say whether it has a home position.
    public static let ptzNodeWithoutHomeSupported = Mutant("ptzNodeWithoutHomeSupported")
    /// The node says that its home is fixed, though it can be set.
    public static let fixedHomeClaimed = Mutant("fixedHomeClaimed")
    /// GetNode leaves the auxiliary commands out.
    public static let getNodeWithoutAuxiliary = Mutant("getNodeWithoutAuxiliary")
    /// YRange of pan/tilt positions has its ends exchanged.
    public static let nodePanTiltPositionYInverted = Mutant("nodePanTiltPositionYInverted")
    /// GetConfigurations lists none.
    public static let ptzConfigurationsEmpty = Mutant("ptzConfigurationsEmpty")
    /// NodeToken of GetConfiguration is empty.
    public static let ptzConfigurationWithoutNode = Mutant("ptzConfigurationWithoutNode")
    /// GetConfiguration has neither defaults nor limits.
    public static let ptzConfigurationBare = Mutant("ptzConfigurationBare")
    /// GetConfiguration tells another time-out than GetConfigurations.
    public static let ptzConfigurationDiffers = Mutant("ptzConfigurationDiffers")
    /// The options list no coordinate system.
    public static let ptzOptionsWithoutSpaces = Mutant("ptzOptionsWithoutSpaces")
    /// The options list no space of positions.
    public static let ptzOptionsWithoutAbsoluteSpaces = Mutant("ptzOptionsWithoutAbsoluteSpaces")
    /// The options list no space of velocities.
    public static let ptzOptionsWithoutVelocitySpaces = Mutant("ptzOptionsWithoutVelocitySpaces")
    /// The options have no generic space of pan/tilt positions.
    public static let ptzOptionsWithoutGenericPositionSpace = Mutant("ptzOptionsWithoutGenericPositionSpace")
    /// A range of the options has its ends exchanged.
    public static let ptzOptionsRangeInverted = Mutant("ptzOptionsRangeInverted")
    /// The options have no PTZTimeout.
    public static let ptzOptionsWithoutTimeout = Mutant("ptzOptionsWithoutTimeout")
    /// PTZTimeout has its ends exchanged.
    public static let ptzOptionsTimeoutInverted = Mutant("ptzOptionsTimeoutInverted")
    /// The options list a space twice.
    public static let ptzSpaceListedTwice = Mutant("ptzSpaceListedTwice")
    /// A configuration names a node that is not there.
    public static let configurationOfUnknownNode = Mutant("configurationOfUnknownNode")
    /// A default space is none of the node.
    public static let defaultSpaceUnknown = Mutant("defaultSpaceUnknown")
    /// The space of the default speed is none of the node.
    public static let defaultSpeedSpaceUnknown = Mutant("defaultSpeedSpaceUnknown")
    /// The default speed of the tilt is out of range.
    public static let defaultPanTiltSpeedOutOfRange = Mutant("defaultPanTiltSpeedOutOfRange")
    /// The default speed of the zoom is out of range.
    public static let defaultZoomSpeedOutOfRange = Mutant("defaultZoomSpeedOutOfRange")
    /// The default time-out is longer than the options allow.
    public static let defaultTimeoutOutOfRange = Mutant("defaultTimeoutOutOfRange")
    /// SetConfiguration succeeds for a configuration that is not there.
    public static let unknownConfigurationAccepted = Mutant("unknownConfigurationAccepted")
    /// The fault for an unknown configuration has one subcode.
    public static let unknownConfigurationWithoutSubcode = Mutant("unknownConfigurationWithoutSubcode")
    /// GetServiceCapabilities has no Capabilities.
    public static let ptzCapabilitiesMissing = Mutant("ptzCapabilitiesMissing")
    /// GetServiceCapabilities claims E-Flip, GetServices does not.
    public static let ptzCapabilitiesDiffer = Mutant("ptzCapabilitiesDiffer")
    /// SetConfiguration changes nothing, but tells of a change.
    public static let ptzConfigurationNotStored = Mutant("ptzConfigurationNotStored")
    /// SetConfiguration tells of no change.
    public static let ptzConfigurationChangeUntold = Mutant("ptzConfigurationChangeUntold")
    /// GetStatus has no MoveStatus.
    public static let statusWithoutMoveStatus = Mutant("statusWithoutMoveStatus")
    /// GetStatus has no Position.
    public static let statusWithoutPosition = Mutant("statusWithoutPosition")
    /// GetStatus has no position of the zoom.
    public static let statusWithoutZoomPosition = Mutant("statusWithoutZoomPosition")
    /// MoveStatus is UNKNOWN on a sound head.
    public static let statusUnknown = Mutant("statusUnknown")
    /// MoveStatus is IDLE on a head that moves.
    public static let moveStatusAlwaysIdle = Mutant("moveStatusAlwaysIdle")
    /// MoveStatus of both parts is MOVING while one moves.
    public static let statusPartsTogether = Mutant("statusPartsTogether")
    /// MoveStatus/PanTilt is MOVING on a head that rests away from ahead.
    public static let panTiltStatusSticks = Mutant("panTiltStatusSticks")
    /// MoveStatus/Zoom is MOVING on a lens that rests zoomed in.
    public static let zoomStatusSticks = Mutant("zoomStatusSticks")
    /// AbsoluteMove does not move.
    public static let absoluteMoveGoesNowhere = Mutant("absoluteMoveGoesNowhere")
    /// AbsoluteMove does not zoom.
    public static let absoluteZoomGoesNowhere = Mutant("absoluteZoomGoesNowhere")
    /// AbsoluteMove refuses the upper end of the range.
    public static let absoluteMoveRefusesMaximum = Mutant("absoluteMoveRefusesMaximum")
    /// AbsoluteMove accepts a position out of range.
    public static let unreachablePositionAccepted = Mutant("unreachablePositionAccepted")
    /// The fault for a position out of range has one subcode.
    public static let unreachablePositionWithoutSubcode = Mutant("unreachablePositionWithoutSubcode")
    /// AbsoluteMove refuses a position, yet moves.
    public static let refusedMoveMoves = Mutant("refusedMoveMoves")
    /// RelativeMove does not move.
    public static let relativeMoveGoesNowhere = Mutant("relativeMoveGoesNowhere")
    /// RelativeMove does not zoom.
    public static let relativeZoomGoesNowhere = Mutant("relativeZoomGoesNowhere")
    /// RelativeMove turns the other way.
    public static let relativeMoveMirrored = Mutant("relativeMoveMirrored")
    /// RelativeMove turns by 15° whatever the field of view.
    public static let fieldOfViewMovesAreFixed = Mutant("fieldOfViewMovesAreFixed")
    /// ContinuousMove goes on for an hour.
    public static let continuousMoveIgnoresTimeout = Mutant("continuousMoveIgnoresTimeout")
    /// Stop does not stop.
    public static let stopIsIgnored = Mutant("stopIsIgnored")
    /// SetHomePosition keeps the old home.
    public static let setHomeIsForgotten = Mutant("setHomeIsForgotten")
    /// GotoHomePosition does not move.
    public static let gotoHomeGoesNowhere = Mutant("gotoHomeGoesNowhere")
    /// GetPresets lists none.
    public static let presetListEmpty = Mutant("presetListEmpty")
    /// GetPresets tells another name than was given.
    public static let presetNameForgotten = Mutant("presetNameForgotten")
    /// GetPresets has no positions.
    public static let presetWithoutPosition = Mutant("presetWithoutPosition")
    /// GetPresets has no positions of the zoom.
    public static let presetWithoutZoomPosition = Mutant("presetWithoutZoomPosition")
    /// GetPresets tells positions where the head never was.
    public static let presetSomewhereElse = Mutant("presetSomewhereElse")
    /// SetPreset leaves an existing preset as it is.
    public static let presetOverwriteForgotten = Mutant("presetOverwriteForgotten")
    /// SetPreset answers for an existing preset with a token of none.
    public static let presetOverwriteMakesAnother = Mutant("presetOverwriteMakesAnother")
    /// RemovePreset removes nothing.
    public static let removePresetForgotten = Mutant("removePresetForgotten")
    /// GotoPreset does not move.
    public static let gotoPresetGoesNowhere = Mutant("gotoPresetGoesNowhere")
    /// GotoPreset stops 6 % of the pan range beside the preset.
    public static let gotoPresetStopsShort = Mutant("gotoPresetStopsShort")
    /// GetProfiles leaves PTZ out.
    public static let media2ProfilesWithoutPTZ = Mutant("media2ProfilesWithoutPTZ")
    /// No profile has both PTZ and a video source.
    public static let media2ProfilesEitherPTZOrVideo = Mutant("media2ProfilesEitherPTZOrVideo")
    /// GetProfiles for one token lists another, too.
    public static let media2ProfileByTokenListsAll = Mutant("media2ProfileByTokenListsAll")
    /// GetProfiles shows PTZ under its first name.
    public static let media2ProfileShowsOldPTZ = Mutant("media2ProfileShowsOldPTZ")
    /// GetProfiles shows PTZ under another token.
    public static let media2ProfileShowsOtherPTZ = Mutant("media2ProfileShowsOtherPTZ")
    /// Unsubscribe is refused.
    public static let changeListenerKept = Mutant("changeListenerKept")
    /// AddConfiguration adds nothing, but tells of a change.
    public static let media2AddForgotten = Mutant("media2AddForgotten")
    /// AddConfiguration tells of no change.
    public static let profileChangeUntoldOnAdding = Mutant("profileChangeUntoldOnAdding")
    /// RemoveConfiguration removes nothing, but tells of a change.
    public static let media2RemoveForgotten = Mutant("media2RemoveForgotten")
    /// RemoveConfiguration tells of no change.
    public static let profileChangeUntoldOnRemoving = Mutant("profileChangeUntoldOnRemoving")
    /// GetNode is refused.
    public static let getNodeRefused = Mutant("getNodeRefused")
    /// SetConfiguration is refused.
    public static let setConfigurationRefused = Mutant("setConfigurationRefused")
    /// GetServiceCapabilities is refused.
    public static let ptzCapabilitiesRefused = Mutant("ptzCapabilitiesRefused")
    /// AbsoluteMove is refused.
    public static let absoluteMoveRefused = Mutant("absoluteMoveRefused")
    /// RelativeMove is refused.
    public static let relativeMoveRefused = Mutant("relativeMoveRefused")
    /// ContinuousMove is refused.
    public static let continuousMoveRefused = Mutant("continuousMoveRefused")
    /// Stop is refused.
    public static let stopRefused = Mutant("stopRefused")
    /// SetHomePosition is refused.
    public static let setHomeRefused = Mutant("setHomeRefused")
    /// GotoHomePosition is refused.
    public static let gotoHomeRefused = Mutant("gotoHomeRefused")
    /// SendAuxiliaryCommand is refused.
    public static let auxiliaryCommandRefused = Mutant("auxiliaryCommandRefused")
    /// RemovePreset is refused.
    public static let removePresetRefused = Mutant("removePresetRefused")
    /// GotoPreset is refused.
    public static let gotoPresetRefused = Mutant("gotoPresetRefused")
    /// AbsolutePanTiltPositionSpace of the node has no generic space.
    public static let nodeWithoutGenericPanTiltPosition = Mutant("nodeWithoutGenericPanTiltPosition")
    /// XRange of AbsolutePanTiltPositionSpace of the node has its ends exchanged.
    public static let nodePanTiltPositionInverted = Mutant("nodePanTiltPositionInverted")
    /// AbsoluteZoomPositionSpace of the node has no generic space.
    public static let nodeWithoutGenericZoomPosition = Mutant("nodeWithoutGenericZoomPosition")
    /// XRange of AbsoluteZoomPositionSpace of the node has its ends exchanged.
    public static let nodeZoomPositionInverted = Mutant("nodeZoomPositionInverted")
    /// RelativePanTiltTranslationSpace of the node has no generic space.
    public static let nodeWithoutGenericPanTiltTranslation = Mutant("nodeWithoutGenericPanTiltTranslation")
    /// XRange of RelativePanTiltTranslationSpace of the node has its ends exchanged.
    public static let nodePanTiltTranslationInverted = Mutant("nodePanTiltTranslationInverted")
    /// RelativeZoomTranslationSpace of the node has no generic space.
    public static let nodeWithoutGenericZoomTranslation = Mutant("nodeWithoutGenericZoomTranslation")
    /// XRange of RelativeZoomTranslationSpace of the node has its ends exchanged.
    public static let nodeZoomTranslationInverted = Mutant("nodeZoomTranslationInverted")
    /// ContinuousPanTiltVelocitySpace of the node has no generic space.
    public static let nodeWithoutGenericPanTiltVelocity = Mutant("nodeWithoutGenericPanTiltVelocity")
    /// XRange of ContinuousPanTiltVelocitySpace of the node has its ends exchanged.
    public static let nodePanTiltVelocityInverted = Mutant("nodePanTiltVelocityInverted")
    /// ContinuousZoomVelocitySpace of the node has no generic space.
    public static let nodeWithoutGenericZoomVelocity = Mutant("nodeWithoutGenericZoomVelocity")
    /// XRange of ContinuousZoomVelocitySpace of the node has its ends exchanged.
    public static let nodeZoomVelocityInverted = Mutant("nodeZoomVelocityInverted")
    /// PanTiltSpeedSpace of the node has no generic space.
    public static let nodeWithoutGenericPanTiltSpeed = Mutant("nodeWithoutGenericPanTiltSpeed")
    /// XRange of PanTiltSpeedSpace of the node has its ends exchanged.
    public static let nodePanTiltSpeedInverted = Mutant("nodePanTiltSpeedInverted")
    /// ZoomSpeedSpace of the node has no generic space.
    public static let nodeWithoutGenericZoomSpeed = Mutant("nodeWithoutGenericZoomSpeed")
    /// XRange of ZoomSpeedSpace of the node has its ends exchanged.
    public static let nodeZoomSpeedInverted = Mutant("nodeZoomSpeedInverted")
}
