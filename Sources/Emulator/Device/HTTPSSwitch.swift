import Certificates
import Foundation
import NIOCore
import ONVIF
import Synchronization

/// The HTTPS server of a camera, which is switched on and off, moves, and changes its certificate while the camera lives.
final class HTTPSSwitch: Sendable {
    private let loop: any EventLoop
    private let address: String
    private let slot: NIOLoopBound<Slot>
    private let takeover: HTTPServer.Takeover
    private let server = Mutex<(http: HTTPServer, tls: TLSServer)?>(nil)

    init(loop: any EventLoop, address: String, slot: NIOLoopBound<Slot>, takeover: @escaping HTTPServer.Takeover) {
        self.takeover = takeover
        self.loop = loop
        self.address = address
        self.slot = slot
    }

    /// The port while the server runs.
    var port: Int? { server.withLock { $0?.http.port } }

    /// What its connections are made with while the server runs.
    var tls: TLSServer? { server.withLock { $0?.tls } }

    /// Serves what the state says; a server that runs on the same port takes the new certificate for new connections.
    ///
    /// - Parameter serving: nil for HTTPS switched off.
    /// - Returns: the port that is listened on, nil for none.
    /// - Throws: what the system says of the port, or the TLS library of the certificate; nothing is served then.
    @discardableResult
    func serve(_ serving: TLSServing?) async throws -> Int? {
        guard let serving else {
            await close()
            return nil
        }
        if let running = server.withLock({ $0 }), running.http.port == serving.port {
            try running.tls.replace(serving)
            return serving.port
        }
        await close()
        let slot = slot
        let tls = try TLSServer(serving) {
            slot.value.device?.assumeIsolated { $0.clientValidation } ?? ([], .distantPast)
        }
        let http = try await HTTPServer.start(
            address: address, port: serving.port, loop: loop, tls: tls, takeover: takeover
        ) { request in
            slot.value.device?.assumeIsolated { $0.answer(request) } ?? .none
        }
        server.withLock { $0 = (http, tls) }
        return http.port
    }

    func close() async {
        let closing = server.withLock { server in
            defer { server = nil }
            return server?.http
        }
        await closing?.shutDown()
    }
}
