import CMosquitto
import Glibc

/// A client of libmosquitto, whose connection leads to a socket of this process.
///
/// libmosquitto keeps the state of the protocol: identifiers, handshakes of the quality levels, what is sent again after a
/// new connection. Where its bytes go is the caller's affair, so that nothing in here waits for a network. Its own loops are
/// not used: they take no descriptor above 1023. To be used on one thread at a time.
@safe final class Mosquitto {
    enum Event: Equatable {
        /// The broker has answered CONNECT.
        case answered(code: Int32, hasSession: Bool)
        /// A message has arrived as its quality wants it.
        case delivered(identifier: Int32)
        case disconnected
    }

    enum Refusal: Error, Equatable {
        /// The message can never be sent, and why.
        case message(String)
        /// Not now: there is no connection.
        case offline
    }

    /// What has happened since this was taken last.
    private var events: [Event] = []
    private let handle: OpaquePointer

    /// One that the library is told of once.
    private static let isReady: Bool = mosquitto_lib_init() == Int32(MOSQ_ERR_SUCCESS.rawValue)

    /// - Parameters:
    ///   - identifier: of the client; brokers know sessions by it.
    ///   - isClean: the broker forgets everything of the client with each connection.
    ///   - userName: nil for none.
    ///   - password: needs a user name.
    /// - Throws: `MQTTError.library`.
    init(identifier: String, isClean: Bool, userName: String?, password: String?) throws(MQTTError) {
        guard Self.isReady, let handle = unsafe mosquitto_new(identifier, isClean, nil) else {
            throw .library("a client \"\(identifier)\" cannot be made")
        }
        unsafe self.handle = handle
        unsafe mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        unsafe mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, Int32(MQTTVersion.mqtt311.rawValue))
        unsafe mosquitto_max_inflight_messages_set(handle, UInt32(MQTTQueue.acknowledgedWindow))
        unsafe mosquitto_connect_with_flags_callback_set(handle) { _, owner, code, flags in
            unsafe Mosquitto.owner(owner)?.events.append(.answered(code: code, hasSession: flags & 1 == 1))
        }
        unsafe mosquitto_publish_callback_set(handle) { _, owner, identifier in
            unsafe Mosquitto.owner(owner)?.events.append(.delivered(identifier: identifier))
        }
        unsafe mosquitto_disconnect_callback_set(handle) { _, owner, _ in
            unsafe Mosquitto.owner(owner)?.events.append(.disconnected)
        }
        guard let userName else { return }
        let code = unsafe mosquitto_username_pw_set(handle, userName, password)
        guard code == 0 else { throw .library("the user name or the password: \(Self.text(code))") }
    }

    deinit { unsafe mosquitto_destroy(handle) }

    private static func owner(_ pointer: UnsafeMutableRawPointer?) -> Mosquitto? {
        unsafe pointer.map { unsafe Unmanaged<Mosquitto>.fromOpaque($0).takeUnretainedValue() }
    }

    /// What the library calls an error.
    private static func text(_ code: Int32) -> String {
        unsafe mosquitto_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }

    /// Why a broker refuses a connection.
    static func refusal(_ code: Int32) -> String {
        unsafe mosquitto_connack_string(code).map { unsafe String(cString: $0) } ?? "code \(code)"
    }

    func takeEvents() -> [Event] {
        defer { events = [] }
        return events
    }

    /// Begins a connection: connects to the socket and writes CONNECT; what was under way goes on when it stands.
    ///
    /// - Parameters:
    ///   - socket: path of a socket of this process that is listened on; connecting to it does not wait.
    ///   - keepAlive: seconds.
    /// - Throws: `MQTTError.library`.
    func connect(socket: String, keepAlive: Int32) throws(MQTTError) {
        // Port 0 says that the host is the path of a socket.
        let code = unsafe mosquitto_connect(handle, socket, 0, keepAlive)
        guard code == 0 else { throw .library("the connection inside the process: \(Self.text(code))") }
    }

    /// - Returns: the identifier by which `delivered` names the message.
    func publish(_ message: MQTTMessage) throws(Refusal) -> Int32 {
        var identifier: Int32 = 0
        let code = unsafe message.payload.withUnsafeBytes { payload in
            unsafe mosquitto_publish(
                handle, &identifier, message.topic, Int32(payload.count), payload.baseAddress,
                Int32(message.quality.rawValue), message.isRetained)
        }
        switch mosq_err_t(rawValue: code) {
        case MOSQ_ERR_SUCCESS: return identifier
        case MOSQ_ERR_NO_CONN, MOSQ_ERR_CONN_LOST, MOSQ_ERR_ERRNO:
            // The library has taken what it acknowledges, connection or not.
            if message.quality != .atMostOnce { return identifier }
            throw .offline
        default: throw .message(Self.text(code))
        }
    }

    /// Reads what the socket has, writes what waits.
    ///
    /// - Returns: whether the connection stands.
    func work() -> Bool {
        while hasBytes {
            guard unsafe mosquitto_loop_read(handle, 1) == 0 else { return false }
        }
        if unsafe mosquitto_want_write(handle) { return unsafe mosquitto_loop_write(handle, 1) == 0 }
        return unsafe mosquitto_socket(handle) >= 0
    }

    /// Sends pings when they are due; wants to be called more often than the keep-alive time.
    ///
    /// - Returns: whether the connection stands.
    func keepAlive() -> Bool { unsafe mosquitto_loop_misc(handle) == 0 }

    /// Says goodbye.
    func disconnect() { unsafe mosquitto_disconnect(handle) }

    /// Whether the socket has something to read, its end included.
    private var hasBytes: Bool {
        let socket = unsafe mosquitto_socket(handle)
        guard socket >= 0 else { return false }
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&descriptor, 1, 0) > 0
    }
}
