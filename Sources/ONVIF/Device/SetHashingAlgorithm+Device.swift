package import Authentication
package import XML

extension DeviceService {
    /// Chooses what the digest challenges of HTTP and RTSP offer from now on.
    ///
    /// Source: ONVIF Core 26.06 §5.9.3.1 SetHashingAlgorithm.
    package struct SetHashingAlgorithm: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.writeSystem
        /// As the capability `HashingAlgorithms` lists them.
        static let supported = DigestAuthentication.Algorithm.allCases.map(\.rawValue).joined(separator: " ")

        package var algorithms: [DigestAuthentication.Algorithm]

        /// - Throws: `InvalidArgVal` for an unknown algorithm or none.
        package init(_ request: XMLElement) throws(Fault) {
            algorithms = []
            for name in try request.string("Algorithm").split(whereSeparator: { $0 == " " || $0 == "," }) {
                guard let algorithm = DigestAuthentication.Algorithm(rawValue: String(name)) else {
                    throw .sender("InvalidArgVal", reason: "the hashing algorithm \"\(name)\" is not supported")
                }
                algorithms.append(algorithm)
            }
            guard !algorithms.isEmpty else { throw .sender("InvalidArgVal", reason: "no hashing algorithm is named") }
        }

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> EmptyResponse {
            device.system.hashingAlgorithms = algorithms
            return EmptyResponse()
        }
    }
}
