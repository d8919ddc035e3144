/// A drawn test person: nobody real, all from numbers.
package struct Subject: Hashable, Sendable {
    /// What the scene calls it; its identity in the truth.
    package var name: String
    /// Global id, from 1.
    package var id: Int
    package var appearance: Appearance
    /// What it does, in order of time; the first says when it appears.
    package var course: Course
}

/// How a subject looks; all of it follows from a seed unless the scene says otherwise.
package struct Appearance: Hashable, Sendable {
    package enum Pattern: String, Hashable, Sendable, CaseIterable { case plain, stripes, checks, halves }
    package enum Bag: String, Hashable, Sendable, CaseIterable { case none, backpack, shoulder, suitcase }
    package enum Hat: String, Hashable, Sendable, CaseIterable { case none, cap, beanie, brim }
    package enum Lower: String, Hashable, Sendable, CaseIterable { case trousers, shorts, skirt }

    /// Metres.
    package var height: Double
    /// 0.8 slim … 1.25 broad.
    package var build: Double
    package var upper: RGB
    package var lower: RGB
    package var shoes: RGB
    package var pattern: Pattern
    package var secondary: RGB
    package var lowerKind: Lower
    package var bag: Bag
    package var bagColor: RGB
    package var hat: Hat
    package var hatColor: RGB
    package var glasses: Bool
    package var mask: Bool
    package var face: FaceIdentity
}

/// The numbers that make a face that of one subject and no other.
package struct FaceIdentity: Hashable, Sendable {
    /// 0…1 each, in the order of `FaceIdentity.Parameter`.
    package var values: [Double]

    package enum Parameter: Int, CaseIterable, Sendable {
        case headWidth, headHeight, jaw, skinTone, skinHue, hairColor, hairStyle, hairLine, eyeDistance, eyeHeight,
            eyeSize, eyeShape, eyeColor, browThickness, browAngle, browHeight, noseLength, noseWidth, mouthHeight,
            mouthWidth, lips, ears, beard, mole, cheeks, glassesStyle
    }

    package subscript(_ parameter: Parameter) -> Double { values[parameter.rawValue] }
}

/// The way that a subject or vehicle goes.
package struct Course: Hashable, Sendable {
    package enum Step: Hashable, Sendable {
        /// In a straight line, metres a second.
        case go(to: GroundPoint, speed: Double)
        /// Stands, facing a heading if given, seconds.
        case stay(seconds: Double, heading: Double?)
        /// Out of the world, seconds.
        case away(seconds: Double)
        /// Puts down what it carries; takes no time.
        case drop(thing: String)
        /// Takes it again.
        case take(thing: String)
    }

    /// Seconds of the scene at which it appears.
    package var start: Double
    package var from: GroundPoint
    package var steps: [Step]
}

/// A vehicle with a plate of an invented layout.
package struct Vehicle: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case car, van, bus, truck, bicycle }

    package var name: String
    package var id: Int
    package var kind: Kind
    package var color: RGB
    /// Seven signs of 33: no I, O, Q.
    package var plate: String
    /// 0…1.
    package var dirt: Double = 0
    package var lights = false
    package var course: Course
}

/// Something that can be left behind.
package struct Thing: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable { case suitcase, backpack, box }

    package var name: String
    package var id: Int
    package var kind: Kind
    package var color: RGB
    /// Where it stands at the beginning; nil while a subject carries it.
    package var at: GroundPoint?
    /// The subject that carries it at the beginning.
    package var carrier: String?
}

/// An area on the ground that events tell of.
package struct Zone: Hashable, Sendable {
    package var name: String
    /// At least three.
    package var corners: [GroundPoint]
    /// Seconds after which staying is loitering; nil for no such event.
    package var loitering: Double?
    package var countsPeople = false
}

/// A line on the ground that events tell of.
package struct Line: Hashable, Sendable {
    package var name: String
    package var from: GroundPoint
    package var to: GroundPoint
}

/// A camera in the world.
package struct SceneCamera: Hashable, Sendable {
    package var name: String
    package var position: Vector3
    /// Degrees in the world; the zero of a head's own pan.
    package var pan: Double
    /// Degrees; up is positive.
    package var tilt: Double
    package var roll: Double = 0
    /// Horizontal, degrees, at the widest.
    package var fieldOfView: Double
    /// Focal length over that of the widest, at most.
    package var maximumZoom: Double = 1
    package var distortion: Double = 0
    /// Pixels.
    package var width: Int
    package var height: Int
    /// Frames a second.
    package var rate: Int

    /// What it sees.
    ///
    /// - Parameters:
    ///   - pan: degrees from its own zero.
    ///   - tilt: degrees above its own zero.
    ///   - roll: degrees clockwise from its own zero.
    ///   - zoom: focal length over that of the widest.
    /// - Returns: the view at the camera's own size.
    package func view(pan: Double = 0, tilt: Double = 0, roll: Double = 0, zoom: Double = 1) -> CameraView {
        let tangent = Trigonometry.tangent(fieldOfView / 2) / zoom
        return CameraView(
            position: position, pan: self.pan + pan, tilt: self.tilt + tilt, roll: self.roll + roll,
            fieldOfView: 2 * Trigonometry.arctangent(y: tangent, x: 1), width: width, height: height,
            distortion: distortion)
    }
}

/// What is heard.
package struct Soundscape: Hashable, Sendable {
    /// A sound with a known time.
    package struct Mark: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable { case tone, chirp, spoken, glass, horn, alarm }

        package var name: String
        package var kind: Kind
        /// Seconds of the scene.
        package var time: Double
        /// Seconds.
        package var duration: Double
        /// Hertz of a tone; digits of a spoken number.
        package var value: String
    }

    package enum Ambience: String, Hashable, Sendable, CaseIterable { case none, street, room, park, night }

    package var ambience = Ambience.none
    package var footsteps = true
    package var marks: [Mark] = []
}
