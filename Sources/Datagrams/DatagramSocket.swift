internal import CDatagrams
internal import Glibc
package import NIOCore

/// A UDP socket that sends many datagrams with one system call; the bytes of datagrams to many addresses are held once.
///
/// SwiftNIO sends each datagram of a channel through its pipeline and keeps an envelope, a promise and an address object for
/// it; a server with thousands of viewers spends more on these than the kernel does. Receiving stays with SwiftNIO, on a
/// duplicate of the socket.
///
/// Not `Sendable`: it is used where it was made.
@safe package final class DatagramSocket {
    /// Bytes that wait for the kernel at most; what does not fit is dropped, as on a wire that is full.
    package static let byteLimit = 8 << 20
    /// Bytes that are gathered before they are handed over, unless one picture alone has more.
    private static let gatheredBytes = 256 << 10
    /// Datagrams that wait for the kernel at most.
    package static let datagramLimit = 1024
    /// Datagrams that one system call takes (`UIO_MAXIOV`).
    private static let callLimit = 1024
    /// Kernel's send buffer that we ask for, bytes; the kernel may give less.
    private static let sendBuffer: CInt = 4 << 20

    /// Bytes in the queue that datagrams can be made of.
    package struct Staged {
        fileprivate var start: Int
        fileprivate var count: Int
        fileprivate var filling: Int
    }

    let descriptor: CInt
    /// As the kernel chose it where none was asked for.
    package let port: UInt16
    /// Datagrams that did not fit or that the kernel refused.
    package private(set) var dropped = 0

    private let bytes: UnsafeMutableRawPointer
    private var used = 0
    /// Counts how often the bytes have been given up.
    private var filling = 0
    private let messages: UnsafeMutablePointer<datagram_message>
    private let vectors: UnsafeMutablePointer<iovec>
    private let names: UnsafeMutablePointer<sockaddr_in6>
    /// Datagrams that wait: from `sent` up to `count`.
    private var count = 0
    private var sent = 0

    /// Opens and binds a socket that never blocks.
    ///
    /// - Parameters:
    ///   - host: a numeric address of this machine.
    ///   - port: 0 for any free one.
    /// - Throws: what the system says.
    package init(host: String, port: UInt16) throws(DatagramError) {
        guard let address = DatagramAddress(host: host, port: port) else {
            throw DatagramError(call: "inet_pton(\(host))", code: EINVAL)
        }
        let descriptor = socket(
            address.isIPv6 ? AF_INET6 : AF_INET,
            Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .latest("socket") }
        var storage = address.storage
        let bound = unsafe withUnsafePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, address.length)
            }
        }
        guard bound == 0 else {
            let error = DatagramError.latest("bind")
            close(descriptor)
            throw error
        }
        var named = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let isNamed = unsafe withUnsafeMutablePointer(to: &named) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        guard isNamed == 0 else {
            let error = DatagramError.latest("getsockname")
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.port = DatagramAddress(named).port
        // Pages are touched, and memory is used, as far as the queue has ever been filled.
        unsafe bytes = .allocate(byteCount: Self.byteLimit, alignment: 16)
        unsafe messages = .allocate(capacity: Self.datagramLimit)
        unsafe vectors = .allocate(capacity: Self.datagramLimit)
        unsafe names = .allocate(capacity: Self.datagramLimit)
        set(SOL_SOCKET, SO_SNDBUF, Self.sendBuffer)
    }

    deinit {
        unsafe bytes.deallocate()
        unsafe messages.deallocate()
        unsafe vectors.deallocate()
        unsafe names.deallocate()
        close(descriptor)
    }

    /// A further descriptor of the socket, for somebody who receives; the caller closes it.
    ///
    /// - Throws: what the system says.
    package func duplicate() throws(DatagramError) -> CInt {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw .latest("fcntl") }
        return copy
    }

    @discardableResult
    func set(_ level: CInt, _ option: CInt, _ value: CInt) -> Bool {
        var value = value
        return unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size)) == 0
    }

    // MARK: Sending

    /// Takes bytes into the queue, to be sent by `send` before the next `flush`.
    ///
    /// - Returns: nil, and counts `datagrams` as dropped, where they do not fit.
    package func stage(_ buffer: ByteBuffer, datagrams: Int) -> Staged? {
        let length = buffer.readableBytes
        if used + length > Self.gatheredBytes { flush() }
        guard used + length <= Self.byteLimit else {
            dropped += datagrams
            return nil
        }
        unsafe buffer.withUnsafeReadableBytes { source in
            guard let base = source.baseAddress else { return }
            unsafe (bytes + used).copyMemory(from: base, byteCount: length)
        }
        defer { used += length }
        return Staged(start: used, count: length, filling: filling)
    }

    /// True until the queue has been handed over since the bytes were staged.
    package func holds(_ staged: Staged) -> Bool { staged.filling == filling }

    /// Puts a datagram into the queue: `count` of the staged bytes from `offset` on.
    ///
    /// - Precondition: they lie within what was staged, and the socket holds it.
    package func send(_ staged: Staged, offset: Int, count length: Int, to address: DatagramAddress) {
        precondition(
            holds(staged) && offset >= 0 && length >= 0 && offset + length <= staged.count,
            "a datagram is cut out of what is staged")
        if count == Self.datagramLimit { hand(over: count - sent) }
        if count == Self.datagramLimit, sent > 0 { closeRanks() }
        guard count < Self.datagramLimit else {
            dropped += 1
            return
        }
        unsafe (names + count).initialize(to: address.storage)
        unsafe (vectors + count).initialize(
            to: iovec(iov_base: bytes + staged.start + offset, iov_len: length))
        var header = unsafe datagram_message()
        unsafe header.msg_hdr.msg_name = UnsafeMutableRawPointer(names + count)
        unsafe header.msg_hdr.msg_namelen = address.length
        unsafe header.msg_hdr.msg_iov = vectors + count
        unsafe header.msg_hdr.msg_iovlen = 1
        unsafe (messages + count).initialize(to: header)
        count += 1
    }

    /// Hands the queue to the kernel in as few calls as it takes; what it does not take waits for the next time.
    package func flush() {
        hand(over: count - sent)
        guard sent == count else { return }
        (count, sent, used) = (0, 0, 0)
        filling &+= 1
    }

    /// Sends one datagram at once, or not at all.
    package func send(_ payload: [UInt8], to address: DatagramAddress) {
        var storage = address.storage
        let result = unsafe withUnsafePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                unsafe payload.withUnsafeBytes {
                    unsafe sendto(descriptor, $0.baseAddress, $0.count, 0, name, address.length)
                }
            }
        }
        if result < 0 { dropped += 1 }
    }

    private func hand(over number: Int) {
        var left = number
        while left > 0 {
            let taken = unsafe datagrams_send(descriptor, messages + sent, UInt32(min(left, Self.callLimit)), 0)
            if taken > 0 {
                sent += Int(taken)
                left -= Int(taken)
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN, ENOBUFS: return
            default:
                // An address that cannot be reached must not hold up the others.
                dropped += 1
                sent += 1
                left -= 1
            }
        }
    }

    /// Moves what waits to the front, so that more has room behind it; bytes stay where they are.
    private func closeRanks() {
        let waiting = count - sent
        for index in 0..<waiting {
            unsafe names[index] = names[sent + index]
            unsafe vectors[index] = vectors[sent + index]
            var header = unsafe messages[sent + index]
            unsafe header.msg_hdr.msg_name = UnsafeMutableRawPointer(names + index)
            unsafe header.msg_hdr.msg_iov = vectors + index
            unsafe messages[index] = header
        }
        (count, sent) = (waiting, 0)
    }
}
