/// Event handling (`tev:`, `wsnt:`): ONVIF Core 26.06 §9.
package enum EventService {
    static let all: [OperationEntry] = []
}
