/// Imaging settings and focus (`timg:`): ONVIF Imaging 26.06.
package enum ImagingService {
    static let all = [
        OperationEntry(GetCurrentPreset.self),
        OperationEntry(GetImagingSettings.self),
        OperationEntry(GetMoveOptions.self),
        OperationEntry(GetOptions.self),
        OperationEntry(GetPresets.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(GetStatus.self),
        OperationEntry(Move.self),
        OperationEntry(SetCurrentPreset.self),
        OperationEntry(SetImagingSettings.self),
        OperationEntry(Stop.self),
    ]
}
