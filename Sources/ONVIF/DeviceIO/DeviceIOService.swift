package import XML

/// Physical inputs and outputs (`tmd:`): ONVIF Device IO 26.06.
package enum DeviceIOService {
    static let all = [
        OperationEntry(GetAudioOutputs.self),
        OperationEntry(GetAudioSources.self),
        OperationEntry(GetDigitalInputs.self),
        OperationEntry(GetRelayOutputs.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(GetVideoOutputs.self),
        OperationEntry(GetVideoSources.self),
    ]

    /// `tmd:GetResponse`: the tokens of what is there.
    package struct Tokens: ResponseMessage, Equatable {
        package var tokens: [String]

        package func write(to writer: inout XMLWriter) {
            for token in tokens { writer.element(.tmd, "Token", token) }
        }
    }
}
