extension Vehicle {
    /// Where its plates are in a picture, without the lens's distortion: those that look at the lens, whatever may hide
    /// them.
    ///
    /// It stands on ground of that height, metres, and heads so many degrees from north to east. Four corners each, pixels:
    /// the upper left one as one reads it, then clockwise.
    package func plateCorners(
        at place: GroundPoint, ground: Double = 0, heading: Double, in view: CameraView
    ) -> [[SIMD2<Float>]] {
        let body = VehicleBody(self)
        let frame = BodyFrame(at: place.at(height: ground), heading: heading, seenBy: view)
        let eye = frame.inward(-frame.origin)
        let lens = Lens(view)
        let (w, h) = (PlateLayout.width / 2, PlateLayout.height / 2)
        return body.plates.compactMap { plate in
            guard dot(eye - plate.center, plate.normal) > 0 else { return nil }
            let corners = [(-w, h), (w, h), (w, -h), (-w, -h)].map { x, y in
                frame(plate.center + plate.right * x + plate.up * y)
            }
            guard corners.allSatisfy({ $0.z > PartSheet.near }) else { return nil }
            return corners.map { lens.pixel($0) }
        }
    }
}
