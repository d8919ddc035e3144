/// Why the kept state of devices cannot be used.
public enum StateError: Error, Equatable, Sendable {
    case cannotOpen(file: String, reason: String)
    case inUse(file: String)
    case anotherModel(file: String, device: String, kept: String, now: String)
    case unreadable(file: String, device: String, reason: String)
}

extension StateError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotOpen(let file, let reason):
            "\(file): cannot be used: \(reason); give --state a folder that can be written, or remove the file"
        case .inUse(let file):
            "\(file): another process keeps its state there; stop it or give --state another folder"
        case .anotherModel(let file, let device, let kept, let now):
            "\(file): device \(device) was kept as a \(kept) with other features than the \(now) of this profile; serve the profile as it was, or remove the file to start as from the factory"
        case .unreadable(let file, let device, let reason):
            "\(file): what device \(device) kept cannot be read: \(reason); use the program that wrote it, or remove the file to start as from the factory"
        }
    }
}
