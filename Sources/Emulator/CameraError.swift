import Glibc
import NIOCore

/// Why a camera could not start.
public enum CameraError: Error, Equatable, Sendable {
    case portTaken(service: String, address: String, port: Int)
    case cannotListen(service: String, address: String, port: Int, reason: String)
    case noHTTPS(profile: String)
    /// A fault wants a black picture that the encoder cannot make.
    case noBlackPicture(reason: String)
    case unknownMutant(name: String, known: [String])

    init(opening service: String, _ address: String, _ port: Int, _ error: any Error) {
        if let error = error as? IOError, error.errnoCode == EADDRINUSE {
            self = .portTaken(service: service, address: address, port: port)
        } else {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            self = .cannotListen(service: service, address: address, port: port, reason: reason)
        }
    }
}

extension CameraError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .portTaken(let service, let address, let port):
            "\(address):\(port) (\(service)): the port is in use; stop what uses it, give another port, or 0 for a free one"
        case .cannotListen(let service, let address, let port, let reason):
            "\(address):\(port) (\(service)): cannot listen: \(reason); give an address of this machine"
        case .noHTTPS(let profile):
            "\(profile): the profile has no HTTPS; give it a `security:` with TLS, or leave the ports of HTTPS and RTSPS out"
        case .noBlackPicture(let reason):
            reason
        case .unknownMutant(let name, let known):
            "there is no mutant \"\(name)\"; use one of \(known.joined(separator: ", "))"
        }
    }
}
