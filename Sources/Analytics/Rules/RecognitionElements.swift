import Foundation
import Metadata
import ONVIF
import XML

/// What events of recognition hold.
///
/// Source: ONVIF Analytics 26.06 §13.1 Generic parameters for recognition rule engines.
extension RuleObject {
    /// The items of every recognition.
    func items(likelihood: Double, label: ListLabel?, more: [Event.Item], includesImage: Bool) -> [Event.Item] {
        var items = [Event.Item("Likelihood", XMLWriter.string(likelihood))]
        if let label { items.append(Event.Item("Label", label.rawValue)) }
        items += more
        items.append(Event.Item("ObjectId", element: .objectId(id)))
        if let parent = object.parent { items.append(Event.Item("ParentObjectId", element: .objectId(parent))) }
        items.append(Event.Item("BoundingBox", element: .rectangle("BoundingBox", box)))
        if includesImage, let image = object.image {
            items.append(Event.Item("Image", element: .tt("Image", text: Data(image).base64EncodedString())))
        }
        return items
    }
}

extension XMLElement {
    static func tt(
        _ name: String, _ attributes: [(String, String)] = [], _ children: [XMLElement] = [], text: String = ""
    ) -> XMLElement {
        XMLElement(
            namespace: XMLNamespace.tt.uri, name: name,
            attributes: attributes.map { XMLAttribute(name: $0.0, value: $0.1) }, children: children, text: text)
    }

    static func objectId(_ id: Int) -> XMLElement { tt("ObjectId", [("ObjectId", String(id))]) }

    static func rectangle(_ name: String, _ box: MetadataBox) -> XMLElement {
        func number(_ value: Double) -> String { XMLWriter.string((value * 10_000).rounded() / 10_000) }
        return tt(
            name,
            [
                ("bottom", number(box.bottom)), ("top", number(box.top)), ("right", number(box.right)),
                ("left", number(box.left)),
            ])
    }

    /// `tt:StringLikelihood`.
    static func likely(_ name: String, _ value: Likely<String>) -> XMLElement {
        tt(name, [("Likelihood", XMLWriter.string(value.likelihood))], text: value.value)
    }

    static func plate(_ plate: LicensePlateInfo) -> XMLElement {
        tt("LicensePlateInfo", [], [likely("PlateNumber", plate.number)])
    }

    static func vehicle(_ vehicle: VehicleInfo) -> XMLElement {
        tt("VehicleInfo", [], [likely("Type", vehicle.type)])
    }
}
