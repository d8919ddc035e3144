/// Values at a part of the way through a sorted list.
package enum Quantile {
    /// - Parameters:
    ///   - sorted: rising.
    ///   - part: 0…1.
    /// - Returns: between neighbours in proportion; nil of nothing.
    package static func of(_ sorted: [Double], _ part: Double) -> Double? {
        guard let last = sorted.last else { return nil }
        let place = part * Double(sorted.count - 1)
        let low = Int(place)
        guard low + 1 < sorted.count else { return last }
        return sorted[low] + (sorted[low + 1] - sorted[low]) * (place - Double(low))
    }
}
