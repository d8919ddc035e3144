public import Documents

/// What is wrong with a device profile.
public typealias ProfileError = DocumentError
/// A mapping of a device profile.
typealias ProfileNode = DocumentNode
