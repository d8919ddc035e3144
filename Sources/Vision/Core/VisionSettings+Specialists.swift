extension VisionSettings {
    /// The whole core: it finds faces, compares them with a gallery where there is one, and reads plates.
    ///
    /// - Parameter gallery: who may be named; nil where nobody is to be.
    package init(gallery: FaceGallery?) {
        self.init()
        faceSpecialist = { FaceRecognizer(gallery: gallery) }
        plateSpecialist = { PlateWatch() }
    }
}
