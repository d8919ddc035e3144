import Crypto
import Foundation

/// A firmware as our cameras take it: a head of text lines, an empty line, and whatever follows as the image.
///
/// ```text
/// GLASSEYE-FIRMWARE 1
/// hardware: GE-PTZ-30
/// version: 2.0
/// sha256: the SHA-256 of the image, 64 hexadecimal digits
///
/// the image, any bytes
/// ```
/// The lines end in LF and come in this order. An emulated camera has nothing to reprogram: of the image only the digest
/// counts, and the version is what the camera shows from its next start on.
struct FirmwareFile: Equatable {
    /// The longest version, characters.
    static let versionLimit = 32
    private static let firstLine = "GLASSEYE-FIRMWARE 1"
    /// The longest head, bytes.
    private static let headLimit = 512

    var version: String

    /// Reads the bytes that were uploaded; nil for anything that is no whole firmware for that hardware.
    init?(_ file: [UInt8], hardwareID: String) {
        let head = file.prefix(Self.headLimit)
        guard let end = head.indices.dropLast().first(where: { head[$0] == 0x0A && head[$0 + 1] == 0x0A }),
            let text = String(bytes: head[..<end], encoding: .utf8)
        else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0] == Self.firstLine, Self.value(lines[1], "hardware") == hardwareID,
            let version = Self.value(lines[2], "version"), let digest = Self.value(lines[3], "sha256"),
            (1...Self.versionLimit).contains(version.count),
            version.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-+".contains($0)) }),
            digest.lowercased() == Self.digest(of: file[(end + 2)...])
        else { return nil }
        self.version = version
    }

    private static func value(_ line: Substring, _ key: String) -> String? {
        line.hasPrefix("\(key): ") ? String(line.dropFirst(key.count + 2)) : nil
    }

    private static func digest(of image: ArraySlice<UInt8>) -> String {
        SHA256.hash(data: Array(image)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
