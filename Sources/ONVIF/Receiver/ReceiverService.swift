/// Receivers of streams of other devices (`trv:`): ONVIF Receiver 26.06.
package enum ReceiverService {
    static let all: [OperationEntry] = []
}
