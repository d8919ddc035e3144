/// Keystore, certificates and TLS (`tas:`): ONVIF Security 26.06.
package enum SecurityService {
    static let all: [OperationEntry] = []
}
