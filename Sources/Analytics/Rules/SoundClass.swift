package import Metadata
package import Truth

/// What analytics make of the sounds of a scene.
package enum SoundClass {
    /// - Parameter event: of kind `sound`, whose value is the word of a sound mark.
    /// - Returns: a word of `tt:AudioClassification`; nil for what it has no word for.
    package static func of(_ event: TruthEvent) -> Likely<String>? {
        guard event.kind == .sound else { return nil }
        return switch event.value {
        case "glass": Likely("GlassBreaking")
        case "alarm": Likely("Alarm")
        default: nil
        }
    }
}
