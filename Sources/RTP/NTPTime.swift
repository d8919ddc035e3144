/// Wall clock time as RTCP writes it: seconds since 1900 in 32.32 fixed point.
///
/// Source: RFC 3550 §4 Byte Order, Alignment, and Time Format.
package struct NTPTime: Hashable, Sendable {
    /// Seconds from 1900-01-01 to 1970-01-01 (RFC 868 names the same number).
    static let unixEpoch: Int128 = 2_208_988_800

    /// Upper half seconds, lower half their fraction; wraps in 2036.
    package var value: UInt64

    package init(value: UInt64) {
        self.value = value
    }

    /// - Parameter unixTime: since 1970-01-01 UTC without leap seconds.
    package init(unixTime: Duration) {
        let nanoseconds = Int128(unixTime.nanoseconds)
        let fixed = (nanoseconds << 32) / 1_000_000_000 + Self.unixEpoch << 32
        value = UInt64(truncatingIfNeeded: fixed)
    }

    /// The moment since 1970, for values of the era from 1968 to 2104.
    package var unixTime: Duration {
        // Values below 2^63 belong to the next era: 2036-02-07 and after.
        let era: Int128 = value >> 63 == 0 ? 1 << 64 : 0
        let fixed = Int128(value) + era - Self.unixEpoch << 32
        return .nanoseconds(Int64((fixed * 1_000_000_000 + 1 << 31) >> 32))
    }

    /// The middle 32 bits, as LSR in reception reports.
    package var middle: UInt32 { UInt32(truncatingIfNeeded: value >> 16) }
}

extension Duration {
    /// Whole nanoseconds, rounded towards zero; enough for 292 years.
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
