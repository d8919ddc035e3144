/// What every request is checked for before any state is looked at.
package enum RequestRules {
    /// Methods that the server answers, as Public and Allow list them.
    package static let methods = [
        "OPTIONS", "DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER",
    ]
    /// Methods that RFC 2326 defines and a camera does not offer.
    package static let refusedMethods = ["ANNOUNCE", "RECORD", "REDIRECT"]
    /// Announced life of a session without any sign of its client, seconds.
    package static let sessionTimeout = 60

    /// - Parameters:
    ///   - request: as it came.
    ///   - features: feature tags that its Require header may name.
    /// - Returns: the response that refuses the request, without CSeq; nil when it may go on.
    ///
    /// Source: RFC 2326 §11.3.9 (551), §12.17 CSeq, §12.32 Require, §12.27 Proxy-Require.
    package static func refusal(of request: Request, features: Set<String> = []) -> Response? {
        guard request.version == "RTSP/1.0" else { return Response(.versionNotSupported) }
        guard let sequence = request.headers["CSeq"], isNumber(sequence) else { return Response(.badRequest) }
        if refusedMethods.contains(request.method) {
            return Response(.methodNotAllowed, headers: Headers([("Allow", methods.joined(separator: ", "))]))
        }
        guard methods.contains(request.method) else {
            return Response(.notImplemented, headers: Headers([("Public", methods.joined(separator: ", "))]))
        }
        guard request.uri == "*" || RTSPURL(request.uri) != nil else { return Response(.badRequest) }
        guard request.uri != "*" || request.method == "OPTIONS" else { return Response(.badRequest) }
        let wanted = (request.headers.all("Require") + request.headers.all("Proxy-Require"))
            .flatMap { $0.split(separator: ",").map(\.trimmed) }.filter { !$0.isEmpty }
        let unknown = wanted.filter { !features.contains($0) }
        guard unknown.isEmpty else {
            return Response(
                .optionNotSupported, headers: Headers([("Unsupported", unknown.joined(separator: ", "))]))
        }
        return nil
    }

    /// The response with CSeq of its request (when it has one).
    package static func answer(_ request: Request, with response: Response) -> Response {
        guard let sequence = request.headers["CSeq"] else { return response }
        var response = response
        response.headers.fields.insert(Headers.Field(name: "CSeq", value: sequence), at: 0)
        return response
    }

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 10 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
