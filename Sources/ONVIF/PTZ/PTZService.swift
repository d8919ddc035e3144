/// Pan, tilt and zoom (`tptz:`): ONVIF PTZ 26.06.
package enum PTZService {
    static let all = [
        OperationEntry(AbsoluteMove.self),
        OperationEntry(ContinuousMove.self),
        OperationEntry(GetCompatibleConfigurations.self),
        OperationEntry(GetConfiguration.self),
        OperationEntry(GetConfigurationOptions.self),
        OperationEntry(GetConfigurations.self),
        OperationEntry(GetNode.self),
        OperationEntry(GetNodes.self),
        OperationEntry(GetPresets.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(GetStatus.self),
        OperationEntry(GotoHomePosition.self),
        OperationEntry(GotoPreset.self),
        OperationEntry(RelativeMove.self),
        OperationEntry(RemovePreset.self),
        OperationEntry(SendAuxiliaryCommand.self),
        OperationEntry(SetConfiguration.self),
        OperationEntry(SetHomePosition.self),
        OperationEntry(SetPreset.self),
        OperationEntry(Stop.self),
    ]
}
