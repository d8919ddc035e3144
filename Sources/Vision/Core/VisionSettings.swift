/// What the core is told before it begins.
package struct VisionSettings: Sendable {
    package var findsFaces = true
    package var findsPlates = true
    /// Makes who looks at faces; without one there are none.
    package var faceSpecialist: (@Sendable () -> any FaceSpecialist)?
    /// Makes who looks at plates; without one there are none.
    package var plateSpecialist: (@Sendable () -> any PlateSpecialist)?
    /// People at whose faces is looked in one picture, at most.
    package var facesPerPicture = 1
    /// Vehicles at whose plates is looked in one picture, at most.
    package var platesPerPicture = 1

    package init() {}
}
