package import XML

/// Physical inputs and outputs (`tmd:`): ONVIF Device IO 26.06.
package enum DeviceIOService {
    static let all = [
        OperationEntry(GetAudioOutputConfiguration.self),
        OperationEntry(GetAudioOutputConfigurationOptions.self),
        OperationEntry(GetAudioOutputs.self),
        OperationEntry(GetAudioSourceConfiguration.self),
        OperationEntry(GetAudioSourceConfigurationOptions.self),
        OperationEntry(GetAudioSources.self),
        OperationEntry(GetDigitalInputConfigurationOptions.self),
        OperationEntry(GetDigitalInputs.self),
        OperationEntry(GetRelayOutputOptions.self),
        OperationEntry(GetRelayOutputs.self),
        OperationEntry(GetSerialPortConfiguration.self),
        OperationEntry(GetSerialPortConfigurationOptions.self),
        OperationEntry(GetSerialPorts.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(GetVideoOutputConfiguration.self),
        OperationEntry(GetVideoOutputConfigurationOptions.self),
        OperationEntry(GetVideoOutputs.self),
        OperationEntry(GetVideoSourceConfiguration.self),
        OperationEntry(GetVideoSourceConfigurationOptions.self),
        OperationEntry(GetVideoSources.self),
        OperationEntry(SendReceiveSerialCommand.self),
        OperationEntry(SetAudioOutputConfiguration.self),
        OperationEntry(SetAudioSourceConfiguration.self),
        OperationEntry(SetDigitalInputConfigurations.self),
        OperationEntry(SetRelayOutputSettings.self),
        OperationEntry(SetRelayOutputState.self),
        OperationEntry(SetSerialPortConfiguration.self),
        OperationEntry(SetVideoOutputConfiguration.self),
        OperationEntry(SetVideoSourceConfiguration.self),
    ]

    /// `tmd:GetResponse`: the tokens of what is there.
    package struct Tokens: ResponseMessage, Equatable {
        package var tokens: [String]

        package func write(to writer: inout XMLWriter) {
            for token in tokens { writer.element(.tmd, "Token", token) }
        }
    }
}
