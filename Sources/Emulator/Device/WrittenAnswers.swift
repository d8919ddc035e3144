import ONVIF
import XML

/// Answers as they were written last, for requests that come again while the state is the same.
struct WrittenAnswers {
    /// The most answers that are kept: a client or two with their usual questions.
    private static let limit = 8

    private struct Answer {
        let request: XMLElement
        let scheme: String
        let authority: String
        let bytes: [UInt8]
    }

    private var answers: [Answer] = []

    /// The answer to the same request at the same address, by a client that sent no addressing to mirror.
    func answer(to entry: OperationEntry, _ envelope: Envelope, _ call: Call) -> [UInt8]? {
        guard entry.isTimeless, envelope.addressing == Addressing() else { return nil }
        return answers.first {
            $0.authority == call.authority && $0.scheme == call.scheme && $0.request == envelope.body
        }?.bytes
    }

    mutating func keep(_ bytes: [UInt8], of entry: OperationEntry, _ envelope: Envelope, _ call: Call) {
        guard entry.isTimeless, envelope.addressing == Addressing() else { return }
        if answers.count == Self.limit { answers.removeFirst() }
        answers.append(
            Answer(request: envelope.body, scheme: call.scheme, authority: call.authority, bytes: bytes))
    }

    /// The state has changed.
    mutating func forget() {
        answers.removeAll(keepingCapacity: true)
    }
}
