import StreamClient

/// The family of a literal address; names belong to none.
enum AddressFamily: String {
    case ipv4 = "IP4"
    case ipv6 = "IP6"

    init?(host: some StringProtocol) {
        if host.contains(":") {
            self = .ipv6
            return
        }
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard bytes.count == 4, !bytes.contains(nil) else { return nil }
        self = .ipv4
    }

    /// The family of the host in an absolute URL of any scheme.
    init?(url: String) {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        let host = authority.split(separator: "@").last ?? ""
        if host.hasPrefix("[") {
            self = .ipv6
        } else {
            self.init(host: host.prefix { $0 != ":" })
        }
    }

    /// What the response to DESCRIBE says of addresses of another family than this one.
    ///
    /// Source: annex "Check of IP address type in response to RTSP DESCRIBE" of the ONVIF streaming test specifications;
    /// RFC 8866 §5.2 and §5.7.
    func strangers(in description: RTSPReply) -> [String] {
        var found: [String] = []
        for name in ["Content-Base", "Content-Location"] {
            guard let url = description.header(name), let family = Self(url: url), family != self else { continue }
            found.append("\(name): \(url)")
        }
        let lines = String(decoding: description.body, as: UTF8.self).split(whereSeparator: \.isNewline)
        for line in lines {
            let words = line.dropFirst(2).split(separator: " ")
            switch line.prefix(2) {
            case "o=" where words.count >= 6, "c=" where words.count >= 3:
                let host = words[words.count - 1].prefix { $0 != "/" }
                let isOther = Self(host: host).map { $0 != self } ?? false
                if words[words.count - 2] != rawValue || isOther { found.append(String(line)) }
            case "a=" where line.hasPrefix("a=control:"):
                guard let family = Self(url: String(line.dropFirst("a=control:".count))), family != self else {
                    continue
                }
                found.append(String(line))
            default: break
            }
        }
        return found
    }
}
