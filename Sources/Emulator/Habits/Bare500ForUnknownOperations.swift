extension PersonaHabit {
    /// What the device does not know is answered by a server's error without a word of SOAP.
    ///
    /// Source: github.com/home-assistant/core#73985, github.com/quatanium/python-onvif#43.
    static let bare500ForUnknownOperations = PersonaHabit(
        "bare-500-for-unknown-operations", "an operation that is not there is answered by HTTP 500 without a fault",
        .unknown(HTTPReply(status: 500, contentType: "text/html", body: [])))
}
