/// An object of a frame: `tt:Object`.
///
/// Source: ONVIF Analytics 26.06 §5.4.1 Objects.
package struct MetadataObject: Hashable, Sendable {
    package var id: Int
    /// The object that it belongs to: the vehicle of a plate, the person of a face.
    package var parent: Int?
    /// Nil for an object that is known to be there, but not where.
    package var box: MetadataBox?
    /// The middle of its mass; the writer takes the middle of the box where there is none.
    package var centerOfGravity: MetadataPoint?
    /// What it may be, the most likely first; words of `tt:ObjectType`, or of others.
    package var types: [Likely<String>] = []
    /// The clusters of its colours.
    package var colors: [MetadataColor] = []
    package var vehicle: VehicleInfo?
    package var plate: LicensePlateInfo?
    package var face: HumanFace?
    package var body: HumanBody?
    /// Degrees and metres, WGS 84.
    package var geoLocation: GeoPosition?
    /// Metres a second.
    package var speed: Double?
    /// Where it moves, degrees −180…180 as the device sees it: 0 to its right, 90 away from it.
    package var direction: Double?
    /// It marks a place from which something was taken away.
    package var isRemoved = false
    /// It has come to rest.
    package var isIdle = false
    /// Whom a face or person is taken for. ONVIF has no element for it: it is written into the object's extension.
    package var identity: Likely<String>?
    /// A picture of it, JPEG or PNG, where it is sent along.
    package var image: [UInt8]?

    package init(id: Int, parent: Int? = nil, box: MetadataBox?, types: [Likely<String>] = []) {
        self.id = id
        self.parent = parent
        self.box = box
        self.types = types
    }
}

/// A value and how sure one is of it, 0…1.
package struct Likely<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    package var likelihood: Double

    package init(_ value: Value, _ likelihood: Double = 1) {
        self.value = value
        self.likelihood = likelihood
    }
}

/// A colour in YCbCr of JPEG, 0…255 each, with its share of the object.
///
/// Source: ONVIF Analytics 26.06 §5.4.5 Color descriptor.
package struct MetadataColor: Hashable, Sendable {
    package var y: Double
    package var cb: Double
    package var cr: Double
    package var weight: Double

    package init(y: Double, cb: Double, cr: Double, weight: Double = 1) {
        self.y = y
        self.cb = cb
        self.cr = cr
        self.weight = weight
    }

    /// A colour of red, green and blue, 0…255 each.
    ///
    /// Source: ISO/IEC 10918-5 §7 (JFIF) Conversion to and from RGB.
    package init(red: Double, green: Double, blue: Double, weight: Double = 1) {
        y = 0.299 * red + 0.587 * green + 0.114 * blue
        cb = 128 + (blue - y) / 1.772
        cr = 128 + (red - y) / 1.402
        self.weight = weight
    }
}

/// Source: ONVIF Analytics 26.06 §5.4.8 Vehicle information descriptor.
package struct VehicleInfo: Hashable, Sendable {
    /// `tt:VehicleType`: Bus, Car, Truck, Bicycle, Motorcycle …
    package var type: Likely<String>
    package var color: MetadataColor?

    package init(type: Likely<String>, color: MetadataColor? = nil) {
        self.type = type
        self.color = color
    }
}

/// Source: ONVIF Analytics 26.06 §5.4.12 License plate information descriptor.
package struct LicensePlateInfo: Hashable, Sendable {
    package var number: Likely<String>
    package init(number: Likely<String>) { self.number = number }
}

/// Degrees and metres, WGS 84.
package struct GeoPosition: Hashable, Sendable {
    package var longitude: Double
    package var latitude: Double
    package var elevation: Double?

    package init(longitude: Double, latitude: Double, elevation: Double? = nil) {
        self.longitude = longitude
        self.latitude = latitude
        self.elevation = elevation
    }
}
