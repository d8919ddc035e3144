/// What one camera sees in one frame, exactly.
public struct TruthFrame: Hashable, Codable, Sendable {
    /// Counted from 0.
    public var index: Int
    /// Seconds of the scene at the middle of the exposure.
    public var time: Double
    public var pose: TruthPose
    /// In order of their ids; what is neither in the picture nor cut by its edge is left out.
    public var objects: [TruthObject]

    public init(index: Int, time: Double, pose: TruthPose, objects: [TruthObject]) {
        self.index = index
        self.time = time
        self.pose = pose
        self.objects = objects
    }
}

/// Where a camera looks: pan to the right and tilt up in degrees of the world, roll clockwise, horizontal angle of view.
public struct TruthPose: Hashable, Codable, Sendable {
    public var pan: Double
    public var tilt: Double
    public var roll: Double
    public var fieldOfView: Double

    public init(pan: Double, tilt: Double, roll: Double, fieldOfView: Double) {
        self.pan = pan
        self.tilt = tilt
        self.roll = roll
        self.fieldOfView = fieldOfView
    }
}

/// A point of the picture: pixels from the left and from the top.
public struct TruthPoint: Hashable, Codable, Sendable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle of the picture: pixels; it may lie partly or wholly outside.
public struct TruthBox: Hashable, Codable, Sendable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// What an object is; the words of `tt:ObjectType` where it has one.
public enum TruthClass: String, Hashable, Codable, Sendable, CaseIterable {
    case human = "Human"
    case vehicle = "Vehicle"
    case licensePlate = "LicensePlate"
    case bag = "Bag"
    case other = "Other"
}

/// An object in one frame.
public struct TruthObject: Hashable, Codable, Sendable {
    /// The same in all cameras and for as long as the scene lasts, also after an absence.
    public var id: Int
    public var kind: TruthClass
    /// The whole object, also what is hidden or outside of the picture (amodal).
    public var box: TruthBox
    /// The part that is seen; nil where nothing is.
    public var visibleBox: TruthBox?
    /// Seen pixels over the pixels of the whole object, 0…1.
    public var visibility: Double
    /// Part of the box that lies outside of the picture, 0…1.
    public var cut: Double
    /// Metres: x to the east, z to the north, on the ground below the object; and its heading, degrees from north to east.
    public var world: TruthPlace
    /// The name of the subject or vehicle in the scene.
    public var identity: String
    /// What it looks like: `upper: red`, `bag: true` …
    public var attributes: [String: String]
    public var face: TruthFace?
    /// The signs of a plate.
    public var text: String?
    /// The id of the object that it belongs to: the vehicle of a plate.
    public var parent: Int?

    public init(
        id: Int, kind: TruthClass, box: TruthBox, visibleBox: TruthBox?, visibility: Double, cut: Double,
        world: TruthPlace, identity: String, attributes: [String: String] = [:], face: TruthFace? = nil,
        text: String? = nil, parent: Int? = nil
    ) {
        self.id = id
        self.kind = kind
        self.box = box
        self.visibleBox = visibleBox
        self.visibility = visibility
        self.cut = cut
        self.world = world
        self.identity = identity
        self.attributes = attributes
        self.face = face
        self.text = text
        self.parent = parent
    }
}

/// A place on the ground, metres, and a heading, degrees from north to east.
public struct TruthPlace: Hashable, Codable, Sendable {
    public var x: Double
    public var z: Double
    public var heading: Double

    public init(x: Double, z: Double, heading: Double) {
        self.x = x
        self.z = z
        self.heading = heading
    }
}

/// The face of a person as the camera sees it; nil in the object where it looks away.
public struct TruthFace: Hashable, Codable, Sendable {
    /// The front of the head, chin to hair line.
    public var box: TruthBox
    /// Left and right are the subject's own.
    public var leftEye: TruthPoint
    public var rightEye: TruthPoint
    public var nose: TruthPoint
    public var mouth: TruthPoint
    /// Degrees that the face is turned from the camera: to the subject's left, up, and clockwise in the picture.
    public var yaw: Double
    public var pitch: Double
    public var roll: Double
    /// Seen pixels over all pixels of the face, 0…1.
    public var visibility: Double
    public var wearsGlasses: Bool
    public var wearsMask: Bool
    public var expression: String

    public init(
        box: TruthBox, leftEye: TruthPoint, rightEye: TruthPoint, nose: TruthPoint, mouth: TruthPoint, yaw: Double,
        pitch: Double, roll: Double, visibility: Double, wearsGlasses: Bool, wearsMask: Bool, expression: String
    ) {
        self.box = box
        self.leftEye = leftEye
        self.rightEye = rightEye
        self.nose = nose
        self.mouth = mouth
        self.yaw = yaw
        self.pitch = pitch
        self.roll = roll
        self.visibility = visibility
        self.wearsGlasses = wearsGlasses
        self.wearsMask = wearsMask
        self.expression = expression
    }
}
