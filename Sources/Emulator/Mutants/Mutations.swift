import ONVIF

/// Every mutation that the emulator can show; each service lists its own in a file beside this one.
extension Mutation {
    package static let all: [Mutation] =
        deviceMutations + discoveryMutations + capabilityMutations + networkMutations + systemMutations
        + securityMutations + eventMutations + subscriptionMutations + eventMessageMutations + mediaMutations
        + media2Mutations + media2ListMutations + streamingMutations + ptzMutations + imagingMutations
        + deviceIOMutations

    /// - Throws: `CameraError.unknownMutant`.
    static func named(_ name: String) throws(CameraError) -> Mutation {
        guard let mutation = all.first(where: { $0.mutant.rawValue == name }) else {
            throw .unknownMutant(name: name, known: all.map(\.mutant.rawValue).sorted())
        }
        return mutation
    }
}
