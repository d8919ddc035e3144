/// Which drawing made a picture.
package enum GeneratorVersion {
    /// Goes up by one with every change after which an unchanged scene gives another frame, truth or sound; recordings are
    /// then made again.
    package static let current = 1
}
