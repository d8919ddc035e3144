/// Operations of the standard that no device here performs, and why.
package struct MissingOperations: Sendable {
    /// As `Service.title` has it, or the name of a service that is missing whole.
    package let service: String
    package let reason: String
    package let names: [String]

    package static let all: [MissingOperations] = [
        MissingOperations(
            service: "Recording", reason: "recordings come with the verification of retention claims", names: [])
    ]
}
