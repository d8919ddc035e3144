import Certificates
import Foundation
package import XML

extension SecurityService {
    /// Source: ONVIF Security 26.06 §5.2.6.4.1 UploadCRL.
    package struct UploadCRL: SecurityOperation {
        package static let access = AccessClass.writeSystem

        private var der: Data
        private var alias: String?

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRevocationLists }

        package init(_ request: XMLElement) throws(Fault) {
            der = try request.der("Crl", orElse: "BadCRL", limit: KeystoreState.revocationListLimit)
            alias = try request.alias()
        }

        /// - Throws: `Action/MaximumNumberOfCRLsReached`, `InvalidArgVal/BadCRL`,
        ///   `InvalidArgVal/UnsupportedSignatureAlgorithm`.
        package func apply(
            to security: inout SecurityState, _ model: SecurityModel
        ) throws(Fault) -> IdentifierResponse {
            let list: RevocationList
            do {
                list = try RevocationList(der: der)
            } catch {
                throw .refused(error, malformed: "BadCRL")
            }
            try security.keystore.room(
                security.keystore.revocationLists.count, model.maximumRevocationLists, "revocation lists",
                "MaximumNumberOfCRLsReached")
            let id = security.keystore.newID("CRL")
            security.keystore.revocationLists.append(.init(id: id, alias: alias, list: list))
            return IdentifierResponse(element: "CrlID", id: id)
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.4.2 GetCRL.
    package struct GetCRL: SecurityOperation {
        package static let access = AccessClass.readSystemSecret

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRevocationLists }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CrlID")
        }

        /// - Throws: `InvalidArgVal/CRLID`.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> CRLsResponse {
            CRLsResponse(
                lists: [security.keystore.revocationLists[try security.keystore.revocationListIndex(id)]])
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.4.3 GetAllCRLs.
    package struct GetAllCRLs: SecurityOperation, EmptyRequest {
        package static let access = AccessClass.readSystemSecret
        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRevocationLists }
        package init() {}

        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> CRLsResponse {
            CRLsResponse(lists: security.keystore.revocationLists)
        }
    }

    /// `tas:CRL`, any number of times.
    package struct CRLsResponse: ResponseMessage, Equatable {
        let lists: [KeystoreState.StoredRevocationList]

        package func write(to writer: inout XMLWriter) {
            for list in lists {
                writer.element(.tas, "Crl") { writer in
                    writer.element(.tas, "CRLID", list.id)
                    // The schema wants the alias, which a client may leave out.
                    writer.element(.tas, "Alias", list.alias ?? "")
                    writer.element(.tas, "CRLContent", list.list.der.base64EncodedString())
                }
            }
        }
    }

    /// Source: ONVIF Security 26.06 §5.2.6.4.4 DeleteCRL.
    package struct DeleteCRL: SecurityOperation {
        package static let access = AccessClass.unrecoverable

        private var id: String

        package static func isSupported(by model: DeviceModel) -> Bool { model.hasRevocationLists }

        package init(_ request: XMLElement) throws(Fault) {
            id = try request.string("CrlID")
        }

        /// - Throws: `InvalidArgVal/CRLID`; nothing refers to a revocation list here.
        package func apply(to security: inout SecurityState, _ model: SecurityModel) throws(Fault) -> EmptyResponse {
            security.keystore.revocationLists.remove(at: try security.keystore.revocationListIndex(id))
            return EmptyResponse()
        }
    }
}

extension DeviceModel {
    fileprivate var hasRevocationLists: Bool { (security?.maximumRevocationLists ?? 0) > 0 }
}
