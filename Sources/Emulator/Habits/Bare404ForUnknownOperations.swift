extension PersonaHabit {
    /// What the device does not know is answered as a web server answers a page that is not there.
    ///
    /// Source: github.com/home-assistant/core#84551 (a camera of the GM8135 kind).
    static let bare404ForUnknownOperations = PersonaHabit(
        "bare-404-for-unknown-operations", "an operation that is not there is answered by HTTP 404 without a fault",
        .unknown(HTTPReply(status: 404, contentType: "text/html", body: Array("<h1>404 Not Found</h1>\n".utf8))))
}
