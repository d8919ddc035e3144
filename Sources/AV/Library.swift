internal import CAV

/// Settings of libav that hold for the whole process.
enum Library {
    /// Keeps libav from writing to standard error; what went wrong reaches the caller as an error. Idempotent.
    static func beQuiet() {
        av_log_set_level(AV_LOG_QUIET)
    }

    /// Has libav compute with plain C from here on, so that its floating point rounds alike on all processors of a kind.
    ///
    /// For the whole process, which decodes more slowly then.
    static func computeAlike() {
        av_force_cpu_flags(0)
    }

    /// libav's words for an error number.
    static func reason(_ code: Int32) -> String {
        var text = [CChar](repeating: 0, count: 256)
        let capacity = text.count
        let status = unsafe text.withUnsafeMutableBufferPointer { unsafe av_strerror(code, $0.baseAddress, capacity) }
        guard status == 0 else { return "error \(code)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// libav refused to decode or encode.
package enum AVError: Error, Equatable, CustomStringConvertible {
    /// The build of libav on this machine lacks the codec.
    case noCodec(name: String)
    case outOfMemory
    /// - `step`: what was attempted.
    case failed(step: String, reason: String)
    /// The clip has no such frame.
    case noSuchFrame(Int, count: Int)
    /// The decoder gave no picture for the frame.
    case noPicture(frame: Int)

    package var description: String {
        switch self {
        case .noCodec(let name): "libavcodec has no \(name); install Debian's libavcodec59 (or libavcodec-extra)"
        case .outOfMemory: "libav ran out of memory; free some or use a smaller picture"
        case .failed(let step, let reason): "libav could not \(step): \(reason)"
        case .noSuchFrame(let frame, let count): "no frame \(frame); the clip has frames 0 to \(count - 1)"
        case .noPicture(let frame): "no picture came out of frame \(frame); encode the clip anew"
        }
    }
}
