internal import CZlib

/// Bytes in the gzip format.
///
/// Source: RFC 1952; `deflateInit2` of zlib.
@safe package enum Gzip {
    /// Why bytes cannot be decompressed.
    package enum Failure: Error, Equatable {
        case damaged
        case tooLarge(limit: Int)
    }

    /// The largest window, and a gzip head.
    private static let window: CInt = 15 + 16
    /// Documents are short and made often.
    private static let level: CInt = 6
    /// Bytes that are inflated at a time.
    private static let step = 16 << 10

    /// - Returns: the whole member; nil where memory is short.
    package static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        guard unsafe glasseye_deflate_init(&stream, level, window) == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(bytes.count))))
        let status = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                return unsafe deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { return nil }
        output.removeLast(Int(unsafe stream.avail_out))
        return output
    }

    /// - Parameters:
    ///   - bytes: one member.
    ///   - limit: bytes that may come out at most.
    /// - Returns: what was compressed.
    /// - Throws: `Failure`.
    package static func decompress(_ bytes: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        var stream = unsafe z_stream()
        guard unsafe glasseye_inflate_init(&stream, window) == Z_OK else { throw .damaged }
        defer { unsafe inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: step)
        var consumed = 0
        while true {
            let (status, left, room) = unsafe input.withUnsafeMutableBufferPointer { source in
                unsafe piece.withUnsafeMutableBufferPointer { target in
                    unsafe stream.next_in = source.baseAddress.map { unsafe $0 + consumed }
                    unsafe stream.avail_in = UInt32(source.count - consumed)
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(target.count)
                    let status = unsafe inflate(&stream, Z_NO_FLUSH)
                    return (status, Int(unsafe stream.avail_in), Int(unsafe stream.avail_out))
                }
            }
            guard status == Z_OK || status == Z_STREAM_END else { throw .damaged }
            let (taken, made) = (bytes.count - left - consumed, step - room)
            consumed += taken
            guard output.count + made <= limit else { throw .tooLarge(limit: limit) }
            output += piece.prefix(made)
            if status == Z_STREAM_END { return output }
            guard taken > 0 || made > 0 else { throw .damaged }
        }
    }
}
