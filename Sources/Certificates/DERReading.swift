import Foundation
import SwiftASN1

/// Walking through ASN.1 structures that the libraries have no types for.
extension ASN1Node {
    /// The nodes inside a constructed one.
    var elements: [ASN1Node] {
        get throws(CertificateError) {
            guard case .constructed(let nodes) = content else { throw .malformed }
            return Array(nodes)
        }
    }

    /// The node inside an explicit tag.
    var inner: ASN1Node {
        get throws(CertificateError) {
            let nodes = try elements
            guard nodes.count == 1 else { throw .malformed }
            return nodes[0]
        }
    }

    /// The content of a primitive node, such as that of an octet string.
    var primitive: ArraySlice<UInt8> {
        get throws(CertificateError) {
            guard case .primitive(let bytes) = content else { throw .malformed }
            return bytes
        }
    }

    var objectIdentifier: String {
        get throws(CertificateError) {
            guard let identifier = try? ASN1ObjectIdentifier(derEncoded: self) else { throw .malformed }
            return identifier.description
        }
    }

    var integer: Int {
        get throws(CertificateError) {
            guard let value = try? Int(derEncoded: self) else { throw .malformed }
            return value
        }
    }

    func isTagged(_ number: UInt) -> Bool {
        identifier.tagClass == .contextSpecific && identifier.tagNumber == number
    }

    /// The object identifier and the parameters of an `AlgorithmIdentifier`.
    var algorithm: (identifier: String, parameters: ASN1Node?) {
        get throws(CertificateError) {
            let nodes = try elements
            guard let first = nodes.first else { throw .malformed }
            return (try first.objectIdentifier, nodes.count > 1 ? nodes[1] : nil)
        }
    }

    /// - Throws: `malformed` where the bytes are not one DER value.
    static func parse(_ der: some Collection<UInt8>) throws(CertificateError) -> ASN1Node {
        do {
            return try DER.parse(Array(der))
        } catch {
            throw .malformed
        }
    }
}
