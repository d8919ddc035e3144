/// A seeded non-conformity by name: the emulator shows it on demand, and the test cases that name it must notice.
///
/// Each is a static member, `static let acceptsPasswordText = Mutant("acceptsPasswordText")`, so that a case cannot
/// name one that is not there; the emulator also keeps the line that says what is wrong with it.
public struct Mutant: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ name: String) { rawValue = name }
}

extension Mutant: CustomStringConvertible {
    public var description: String { rawValue }
}
