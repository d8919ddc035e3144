import Foundation
import Glibc

/// A connection of a library that only knows how to connect with a socket of this process.
///
/// The socket is in a folder that nobody else may enter, and both are gone when the connection stands.
enum LocalPair {
    /// Bytes of the path of a socket (`sun_path` of unix(7)), its end included.
    private static let pathLimit = 108

    /// - Parameter connect: connects to the path; what connects first is taken.
    /// - Returns: the other end, which the caller closes.
    /// - Throws: `MQTTError.library`, and what `connect` throws.
    static func open(_ connect: (String) throws(MQTTError) -> Void) throws(MQTTError) -> Int32 {
        var template = Array((FileManager.default.temporaryDirectory.path + "/glasseye-XXXXXX").utf8CString)
        guard template.count + 2 <= pathLimit, unsafe mkdtemp(&template) != nil else {
            throw .library("no folder for a socket can be made in \(FileManager.default.temporaryDirectory.path)")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unsafe rmdir(folder) }
        let path = folder + "/s"
        let listener = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard listener >= 0 else { throw .library("no socket: \(errorText())") }
        defer { close(listener) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(listener, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw .library("no socket at \(path): \(errorText())") }
        defer { unsafe unlink(path) }
        guard listen(listener, 1) == 0 else { throw .library("no listening at \(path): \(errorText())") }
        try connect(path)
        // What has connected is in the backlog already, so that this does not wait.
        let accepted = accept(listener, nil, nil)
        guard accepted >= 0 else { throw .library("no connection at \(path): \(errorText())") }
        return accepted
    }

    private static func errorText() -> String { unsafe String(cString: strerror(errno)) }
}
