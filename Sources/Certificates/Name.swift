import Foundation
import SwiftASN1
import X509

/// A distinguished name (RFC 5280 §4.1.2.4).
package struct Name: Hashable, Sendable {
    let library: DistinguishedName

    init(_ library: DistinguishedName) { self.library = library }

    /// One `AttributeTypeAndValue`.
    package struct Attribute: Equatable, Sendable {
        /// A dotted object identifier.
        package var type: String
        /// UTF-8 text, or `#` and the DER encoding in hexadecimal digits (RFC 4514 §2.4).
        package var value: String

        package init(type: String, value: String) {
            self.type = type
            self.value = value
        }
    }

    /// - Parameter relativeNames: attributes that belong together stand in one list.
    /// - Throws: `invalidName` for a name without attributes or a value that its type cannot hold.
    package init(_ relativeNames: [[Attribute]]) throws(CertificateError) {
        var names: [RelativeDistinguishedName] = []
        for attributes in relativeNames {
            var parts: [RelativeDistinguishedName.Attribute] = []
            for attribute in attributes { parts.append(try Self.attribute(attribute)) }
            guard !parts.isEmpty else { throw .invalidName }
            names.append(RelativeDistinguishedName(parts))
        }
        guard !names.isEmpty else { throw .invalidName }
        library = DistinguishedName(names)
    }

    private static func attribute(
        _ attribute: Attribute
    ) throws(CertificateError) -> RelativeDistinguishedName.Attribute {
        do {
            let type = try ASN1ObjectIdentifier(dotRepresentation: attribute.type)
            guard !attribute.value.isEmpty, attribute.value.count <= valueLimit else {
                throw CertificateError.invalidName
            }
            if attribute.value.hasPrefix("#") {
                guard let der = Data(hexadecimal: attribute.value.dropFirst()) else {
                    throw CertificateError.invalidName
                }
                return .init(type: type, value: try ASN1Any(derEncoded: Array(der)))
            }
            switch attribute.type {
            case "2.5.4.6":
                guard attribute.value.count == countryLength else { throw CertificateError.invalidName }
                return try .init(type: type, printableString: attribute.value)
            case "2.5.4.5", "2.5.4.46": return try .init(type: type, printableString: attribute.value)
            case "0.9.2342.19200300.100.1.25", "1.2.840.113549.1.9.1":
                return try .init(type: type, ia5String: attribute.value)
            default: return .init(type: type, utf8String: attribute.value)
            }
        } catch {
            throw .invalidName
        }
    }

    /// The longest attribute value, characters.
    private static let valueLimit = 256
    /// A country is two letters of ISO 3166.
    private static let countryLength = 2

    /// The values of the common names, the most specific last.
    package var commonNames: [String] {
        library.flatMap { $0 }.filter { $0.type == .RDNAttributeType.commonName }.compactMap { String($0.value) }
    }

    /// Types of attributes by the short names of RFC 4514 and RFC 4519.
    package static let types = [
        "C": "2.5.4.6", "O": "2.5.4.10", "OU": "2.5.4.11", "ST": "2.5.4.8", "CN": "2.5.4.3", "L": "2.5.4.7",
        "STREET": "2.5.4.9", "DC": "0.9.2342.19200300.100.1.25", "UID": "0.9.2342.19200300.100.1.1",
        "serialNumber": "2.5.4.5", "dnQualifier": "2.5.4.46", "title": "2.5.4.12", "SN": "2.5.4.4", "GN": "2.5.4.42",
        "initials": "2.5.4.43", "pseudonym": "2.5.4.65", "generationQualifier": "2.5.4.44",
        "emailAddress": "1.2.840.113549.1.9.1",
    ]
}

extension Name: CustomStringConvertible {
    /// RFC 4514, the most specific part first.
    package var description: String { library.description }
}

extension Data {
    /// - Returns: nil for an odd number of digits, or something else than digits.
    init?(hexadecimal text: some StringProtocol) {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2), !digits.isEmpty else { return nil }
        self.init(capacity: digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            append(UInt8(high << 4 | low))
        }
    }
}
