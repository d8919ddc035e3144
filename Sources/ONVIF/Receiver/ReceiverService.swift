/// Receivers of streams of other devices (`trv:`): ONVIF Receiver 26.06.
package enum ReceiverService {
    static let all: [OperationEntry] = [
        OperationEntry(ConfigureReceiver.self),
        OperationEntry(CreateReceiver.self),
        OperationEntry(DeleteReceiver.self),
        OperationEntry(GetReceiver.self),
        OperationEntry(GetReceiverState.self),
        OperationEntry(GetReceivers.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(SetReceiverMode.self),
    ]
}
