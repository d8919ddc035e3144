extension PersonaHabit {
    /// What the device does not know is answered by HTTP 200 and nothing.
    ///
    /// Source: github.com/agsh/onvif/pull/498, github.com/OpenIPC/viewer/pull/65.
    static let emptyAnswerForUnknownOperations = PersonaHabit(
        "empty-answer-for-unknown-operations", "an operation that is not there is answered by HTTP 200 without a body",
        .unknown(HTTPReply(status: 200, contentType: HTTPReply.soapType, body: [])))
}
