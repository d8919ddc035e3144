/// Device management (`tds:`): ONVIF Core 26.06 §8.
package enum DeviceService {
    static let all = [
        OperationEntry(GetHostname.self),
        OperationEntry(SetHostname.self),
    ]
}
