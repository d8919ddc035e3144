import Foundation
import XML

/// What three numbers of a colour are.
enum ColorSpace {
    case ycbcr
    case rgb

    /// Nil for one that is not known.
    ///
    /// - Parameter name: `RGB`, `YCbCr`, or a URI that ends so.
    init?(_ name: String?) {
        guard let name else { return nil }
        if name.uppercased().hasSuffix("RGB") {
            self = .rgb
        } else if name.uppercased().hasSuffix("YCBCR") {
            self = .ycbcr
        } else {
            return nil
        }
    }
}

extension MetadataObject {
    /// Takes what an object looks like.
    mutating func take(_ appearance: XMLElement, _ space: ColorSpace) {
        colors = appearance.child("Color")?.colors(space) ?? []
        types = appearance.child("Class").map(Self.types) ?? []
        geoLocation = appearance.child("GeoLocation").flatMap { place in
            guard let longitude = place.number("lon"), let latitude = place.number("lat") else { return nil }
            return GeoPosition(longitude: longitude, latitude: latitude, elevation: place.number("elevation"))
        }
        vehicle = appearance.child("VehicleInfo").flatMap { info in
            info.child("Type").map {
                VehicleInfo(type: Likely($0), color: info.child("Color")?.colors(space).first)
            }
        }
        plate = appearance.child("LicensePlateInfo")?.child("PlateNumber").map { LicensePlateInfo(number: Likely($0)) }
        face = appearance.child("HumanFace").map { HumanFace($0) }
        body = appearance.child("HumanBody").map { HumanBody($0, space) }
        image = appearance.child("Image").flatMap { element in
            Data(base64Encoded: element.text, options: .ignoreUnknownCharacters).map(Array.init)
        }
    }

    /// Of `Type`, else of the deprecated `ClassCandidate` and `OtherTypes`; the most likely first.
    private static func types(_ element: XMLElement) -> [Likely<String>] {
        var types = element.children("Type").map(Likely.init)
        let candidates = element.children("ClassCandidate") + (element.child("Extension")?.children("OtherTypes") ?? [])
        for candidate in types.isEmpty ? candidates : [] {
            guard let name = candidate.child("Type")?.trimmedText, !name.isEmpty else { continue }
            let likelihood = candidate.child("Likelihood").flatMap { MetadataNumber.value($0.text) } ?? 1
            types.append(Likely(old[name] ?? name, likelihood))
        }
        // Stable, so that the order of the sender breaks ties.
        return types.enumerated().sorted { ($1.element.likelihood, $0.offset) < ($0.element.likelihood, $1.offset) }
            .map(\.element)
    }

    /// Words of the deprecated `tt:ClassType`, in those of `tt:ObjectType`.
    private static let old = ["Face": "HumanFace", "Vehical": "Vehicle"]
}

extension Likely where Value == String {
    /// A `tt:StringLikelihood`; one without likelihood is certain.
    init(_ element: XMLElement) { self.init(element.trimmedText, element.number("Likelihood") ?? 1) }
}

extension HumanFace {
    fileprivate init(_ element: XMLElement) {
        self.init()
        let angles = element.child("PoseAngle")?.child("PoseAngles")
        yaw = angles?.number("yaw")
        pitch = angles?.number("pitch")
        roll = angles?.number("roll")
        expression = element.child("Expression")?.trimmedText
        hasBeard = element.child("FacialHair")?.child("Beard")?.truth
        let accessory = element.child("Accessory")
        wearsGlasses = accessory?.child("Opticals")?.child("Wear")?.truth
        wearsHat = accessory?.child("Hat")?.child("Wear")?.truth
        wearsMask = accessory?.child("Mask")?.child("Wear")?.truth
    }
}

extension HumanBody {
    fileprivate init(_ element: XMLElement, _ space: ColorSpace) {
        self.init()
        height = element.child("BodyMetric")?.child("Height").flatMap { MetadataNumber.value($0.text) }.map { $0 / 100 }
        let clothing = element.child("Clothing")
        upperColor = clothing?.child("Tops")?.child("Color")?.colors(space).first
        lowerCategory = clothing?.child("Bottoms")?.child("Category")?.trimmedText
        lowerColor = clothing?.child("Bottoms")?.child("Color")?.colors(space).first
        shoesColor = clothing?.child("Shoes")?.child("Color")?.colors(space).first
        // `Belonging` is the deprecated one.
        bag = (element.child("Belongings")?.child("Bag") ?? element.child("Belonging")?.child("Bag")).map {
            $0.child("Category")?.trimmedText ?? ""
        }
    }
}

extension XMLElement {
    /// The number of an attribute; nil for what is none.
    func number(_ name: String) -> Double? { attribute(name).flatMap(MetadataNumber.value) }

    /// An `xs:boolean`.
    fileprivate var truth: Bool? {
        switch trimmedText {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// The clusters of a `tt:ColorDescriptor` whose space is known.
    fileprivate func colors(_ space: ColorSpace) -> [MetadataColor] {
        children("ColorCluster").compactMap { cluster in
            guard let color = cluster.child("Color"), let x = color.number("X"), let y = color.number("Y"),
                let z = color.number("Z")
            else { return nil }
            let weight =
                cluster.child("Weight").flatMap { MetadataNumber.value($0.text) } ?? color.number("Likelihood") ?? 1
            let name = color.attribute("Colorspace")
            switch name == nil ? space : ColorSpace(name) {
            case .ycbcr: return MetadataColor(y: x, cb: y, cr: z, weight: weight)
            case .rgb: return MetadataColor(red: x, green: y, blue: z, weight: weight)
            case nil: return nil
            }
        }
    }
}
