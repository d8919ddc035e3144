import Foundation
import ONVIF
import XML

/// What several mutations do to an exchange.
extension Exchange {
    /// The fault that the operation met.
    var fault: Fault? {
        guard case .failure(let fault) = result else { return nil }
        return fault
    }

    /// Faults without change, and without the reason that the operation would give.
    mutating func refuse(detail: Fault.Detail? = nil) {
        after = before
        result = .failure(
            Fault(code: .sender, subcodes: ["InvalidArgVal"], reason: "this is refused", detail: detail))
    }

    /// Tells a TerminationTime so long after CurrentTime.
    mutating func endAfter(seconds: TimeInterval) {
        let time = XSDateTime.string(call.now + seconds)
        edit { $0.change("TerminationTime") { $0.text = time } }
    }
}
