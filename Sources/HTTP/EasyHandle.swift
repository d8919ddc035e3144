import CCurl
import Synchronization

/// Tells a running transfer to end.
final class CancellationFlag: Sendable {
    private let raised = Atomic(false)

    func raise() { raised.store(true, ordering: .relaxed) }
    var isRaised: Bool { raised.load(ordering: .relaxed) }
}

/// Owns a curl easy handle and with it a cache of open connections; used by one thread at a time.
@safe final class EasyHandle {
    /// Headers of a response beyond this end the transfer.
    static let headerLimitBytes = 64 << 10

    private let handle: UnsafeMutableRawPointer

    private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() throws(HTTPError) {
        guard Self.isCurlReady, let handle = unsafe curl_easy_init() else {
            throw .failed(code: Int(CURLE_FAILED_INIT.rawValue), reason: "libcurl could not start")
        }
        unsafe self.handle = handle
    }

    deinit { unsafe curl_easy_cleanup(handle) }

    /// Blocks until the response is there, an error is known, or the flag is raised (seen within about a second).
    func perform(_ request: HTTPRequest, until flag: CancellationFlag) throws(HTTPError) -> HTTPResponse {
        let authority = try Self.authority(of: request.url)
        guard !flag.isRaised else { throw .cancelled }
        unsafe curl_easy_reset(handle)

        let transfer = Transfer(bodyLimitBytes: request.bodyLimitBytes, flag: flag)
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        var lines: UnsafeMutablePointer<curl_slist>? = nil
        defer { unsafe curl_slist_free_all(lines) }
        // An empty value switches off the field that libcurl would add by itself.
        let headers = request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"]
        for line in headers {
            // Line ends would let a value smuggle further fields.
            let clean = line.filter { !$0.isNewline && $0 != "\0" }
            guard let longer = unsafe curl_slist_append(lines, clean) else {
                throw .failed(code: Int(CURLE_OUT_OF_MEMORY.rawValue), reason: "no memory for the headers")
            }
            unsafe lines = longer
        }

        set(CURLOPT_URL, request.url)
        set(CURLOPT_CUSTOMREQUEST, request.method)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_PROXY, "")
        set(CURLOPT_USERAGENT, "glasseye")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.wholeMilliseconds)
        set(CURLOPT_TIMEOUT_MS, request.totalTimeout.wholeMilliseconds)
        let verifies = request.trust == .system
        set(CURLOPT_SSL_VERIFYPEER, verifies ? 1 : 0)
        set(CURLOPT_SSL_VERIFYHOST, verifies ? 2 : 0)
        if request.method == "HEAD" { set(CURLOPT_NOBODY, 1) }
        if let credentials = request.credentials {
            set(CURLOPT_HTTPAUTH, Int(bitPattern: credentials.scheme == .basic ? 1 : 2))
            set(CURLOPT_USERNAME, credentials.user)
            set(CURLOPT_PASSWORD, credentials.password)
        }
        unsafe glasseye_curl_set_pointer(handle, CURLOPT_HTTPHEADER, lines)
        unsafe glasseye_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        unsafe glasseye_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        unsafe glasseye_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context)
        unsafe glasseye_curl_set_data_function(handle, CURLOPT_WRITEFUNCTION) { data, size, count, context in
            unsafe Transfer.of(context).receive(UnsafeRawBufferPointer(start: data, count: size * count))
        }
        unsafe glasseye_curl_set_data_function(handle, CURLOPT_HEADERFUNCTION) { data, size, count, context in
            unsafe Transfer.of(context).receiveHeader(UnsafeRawBufferPointer(start: data, count: size * count))
        }
        unsafe glasseye_curl_set_progress_function(handle) { context, _, _, _, _ in
            unsafe Transfer.of(context).flag.isRaised ? 1 : 0
        }
        set(CURLOPT_NOPROGRESS, 0)

        var errorText = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code = withExtendedLifetime(transfer) {
            unsafe request.body.withUnsafeBytes { body in
                if unsafe !body.isEmpty || request.method == "POST" || request.method == "PUT" {
                    unsafe glasseye_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
                    unsafe glasseye_curl_set_pointer(
                        handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
                }
                return unsafe errorText.withUnsafeMutableBufferPointer { text in
                    unsafe glasseye_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, text.baseAddress)
                    defer { unsafe glasseye_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil) }
                    return unsafe curl_easy_perform(handle)
                }
            }
        }
        if transfer.overflowed { throw .tooLarge(limitBytes: request.bodyLimitBytes) }
        guard code == CURLE_OK else {
            let text = String(decoding: errorText.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw error(code, text: text, authority: authority, request: request, transfer: transfer)
        }
        return HTTPResponse(
            status: unsafe glasseye_curl_get_long(handle, CURLINFO_RESPONSE_CODE), headers: transfer.headers,
            body: transfer.body, timings: timings)
    }

    private var timings: HTTPTimings {
        HTTPTimings(
            connected: .microseconds(unsafe glasseye_curl_get_offset(handle, CURLINFO_CONNECT_TIME_T)),
            firstByte: .microseconds(unsafe glasseye_curl_get_offset(handle, CURLINFO_STARTTRANSFER_TIME_T)),
            total: .microseconds(unsafe glasseye_curl_get_offset(handle, CURLINFO_TOTAL_TIME_T)))
    }

    private func set(_ option: CURLoption, _ value: Int) { unsafe glasseye_curl_set_long(handle, option, value) }
    private func set(_ option: CURLoption, _ value: String) { unsafe glasseye_curl_set_string(handle, option, value) }

    private func error(
        _ code: CURLcode, text: String, authority: String, request: HTTPRequest, transfer: Transfer
    ) -> HTTPError {
        let reason = text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text
        return switch code {
        case CURLE_URL_MALFORMAT: .invalidURL(Self.withoutSecrets(request.url))
        case CURLE_COULDNT_RESOLVE_HOST: .unresolvedHost(authority: authority)
        case CURLE_COULDNT_CONNECT: .cannotConnect(authority: authority)
        case CURLE_OPERATION_TIMEDOUT:
            .timedOut(
                authority: authority,
                after: unsafe glasseye_curl_get_offset(handle, CURLINFO_CONNECT_TIME_T) == 0
                    ? min(request.connectTimeout, request.totalTimeout) : request.totalTimeout)
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            .closedEarly(receivedBytes: transfer.body.count)
        // The scheme was checked before: this is an answer without a status line.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
            .malformedResponse(reason: reason)
        case CURLE_WRITE_ERROR: .malformedResponse(reason: transfer.refusal ?? reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            .tls(reason: reason)
        case CURLE_ABORTED_BY_CALLBACK: .cancelled
        default: .failed(code: Int(code.rawValue), reason: reason)
        }
    }

    /// The part between `//` and the next `/` without user and password; nothing of it is secret.
    static func authority(of url: String) throws(HTTPError) -> String {
        let lowered = url.lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://"), !url.contains("\0") else {
            throw .invalidURL(withoutSecrets(url))
        }
        let rest = url[url.index(url.startIndex, offsetBy: lowered.hasPrefix("https") ? 8 : 7)...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        guard !host.isEmpty else { throw .invalidURL(withoutSecrets(url)) }
        return String(host)
    }

    /// The address without what stands before an `@` or after a `?`.
    static func withoutSecrets(_ url: String) -> String {
        let path = url.prefix { $0 != "?" }
        guard let at = path.lastIndex(of: "@") else { return String(path) }
        let scheme = path.range(of: "://").map { path[..<$0.upperBound] } ?? ""
        return scheme + "…" + path[at...]
    }
}

/// What one transfer receives; touched only by the thread that performs it.
private final class Transfer {
    let bodyLimitBytes: Int
    let flag: CancellationFlag
    private(set) var headers: [HTTPHeader] = []
    private(set) var body: [UInt8] = []
    private(set) var overflowed = false
    /// Why this side ended the transfer, where the body limit is not the reason.
    private(set) var refusal: String?
    private var headerBytes = 0

    init(bodyLimitBytes: Int, flag: CancellationFlag) {
        self.bodyLimitBytes = bodyLimitBytes
        self.flag = flag
    }

    static func of(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context = unsafe context else { preconditionFailure("libcurl lost the context it was given") }
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// Takes a piece of the body; any other number than its size ends the transfer.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= bodyLimitBytes else {
            overflowed = true
            return 0
        }
        unsafe body.append(contentsOf: bytes)
        return bytes.count
    }

    /// Takes one line; a status line starts anew, so that interim responses and challenges leave nothing.
    func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= EasyHandle.headerLimitBytes else {
            refusal = "its headers are larger than \(EasyHandle.headerLimitBytes) bytes"
            return 0
        }
        let line = unsafe String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            headers = []
            body = []
        } else if let colon = line.firstIndex(of: ":") {
            headers.append(
                HTTPHeader(String(line[..<colon]), String(line[line.index(after: colon)...].trimmingSpaces)))
        }
        return bytes.count
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var rest = drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    fileprivate func range(of mark: String) -> Range<Index>? { firstRange(of: mark) }
}

extension Duration {
    /// At least 1, because 0 means "no limit" to libcurl.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
