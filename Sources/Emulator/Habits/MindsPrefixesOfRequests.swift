import ONVIF
import XML

extension PersonaHabit {
    /// The device reads the request by its text and knows no element with a prefix.
    ///
    /// Source: github.com/FalkTannhaeuser/python-onvif-zeep#94.
    static let mindsPrefixesOfRequests = PersonaHabit(
        "minds-prefixes-of-requests", "a request element with a namespace prefix is refused by HTTP 400",
        .reading { (text, envelope) throws(Fault) in
            guard text.contains(":\(envelope.body.name)") else { return }
            throw .sender("WellFormed", reason: "the request is not understood")
        })
}
