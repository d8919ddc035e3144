package import Pictures

/// Finds and recognises the faces of people whom the core follows; one for each stream.
package protocol FaceSpecialist: AnyObject {
    /// Looks at a person; the core asks where it is worthwhile and the budget of the picture allows.
    ///
    /// - Parameters:
    ///   - picture: in full resolution.
    ///   - person: the id of the track.
    ///   - box: of the whole person, pixels of the picture; it may reach out of it.
    ///   - time: seconds of the stream.
    func look(at picture: YUVPicture, person: Int, box: VisionBox, time: Double)

    /// What is known of a person's face now: none, or one of kind `face` with the person as parent and, if it was
    /// compared, its identity.
    ///
    /// The box is where the person is now: a face that was seen in an earlier picture moves with it.
    func objects(of person: Int, box: VisionBox, time: Double) -> [VisionObject]

    /// The track has ended for good.
    func forget(person: Int)
}

/// Finds and reads the plates of vehicles that the core follows; one for each stream.
package protocol PlateSpecialist: AnyObject {
    /// Looks at a vehicle; the core asks where it is worthwhile and the budget of the picture allows.
    ///
    /// - Parameters:
    ///   - picture: in full resolution.
    ///   - vehicle: the id of the track.
    ///   - box: of the whole vehicle, pixels of the picture; it may reach out of it.
    ///   - time: seconds of the stream.
    func look(at picture: YUVPicture, vehicle: Int, box: VisionBox, time: Double)

    /// What is known of a vehicle's plates now: none, or some of kind `plate` with the vehicle as parent and, once
    /// something was read, their text.
    func objects(of vehicle: Int, box: VisionBox, time: Double) -> [VisionObject]

    /// The track has ended for good.
    func forget(vehicle: Int)
}

extension VisionObject {
    /// Added to a vehicle's id, it is that of its plate.
    package static let plateIDs = 1_000_000
    /// Added to a person's id, it is that of its face.
    package static let faceIDs = 2_000_000
}
