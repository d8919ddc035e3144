import ONVIF
import XML

/// Pieces of answers that mutations put where they do not belong, each valid by itself.
extension XMLElement {
    /// An element of the ONVIF schema.
    static func tt(
        _ name: String, _ text: String = "", attributes: KeyValuePairs<String, String> = [:],
        _ children: [XMLElement] = []
    ) -> XMLElement {
        XMLElement(
            namespace: XMLNamespace.tt.uri, name: name,
            attributes: attributes.map { XMLAttribute(name: $0.key, value: $0.value) }, children: children, text: text)
    }

    /// The video source configuration as profiles of Media show it.
    static let videoSource = tt(
        "VideoSourceConfiguration", attributes: ["token": MediaState.videoSourceConfigurationToken],
        [
            tt("Name", "VideoSource"), tt("UseCount", "1"), tt("SourceToken", MediaState.videoSourceToken),
            tt("Bounds", attributes: ["x": "0", "y": "0", "width": "640", "height": "480"]),
        ])

    /// `tr2:Configurations` with a video source.
    static var videoSourceAlone: XMLElement {
        var source = videoSource
        source.namespace = XMLNamespace.tr2.uri
        source.name = "VideoSource"
        return XMLElement(namespace: XMLNamespace.tr2.uri, name: "Configurations", children: [source])
    }

    /// `tr2:AudioSource` as profiles of Media2 show it.
    static let audioSource = XMLElement(
        namespace: XMLNamespace.tr2.uri, name: "AudioSource",
        attributes: [XMLAttribute(name: "token", value: "AudioSourceConfiguration_1")],
        children: [
            tt("Name", "AudioSource"), tt("UseCount", "1"), tt("SourceToken", MediaState.audioSourceToken),
        ])

    /// `tr2:OSDs` with the token that the first new OSD gets.
    static let osd = XMLElement(
        namespace: XMLNamespace.tr2.uri, name: "OSDs", attributes: [XMLAttribute(name: "token", value: "OSD_1")],
        children: [
            tt("VideoSourceConfigurationToken", MediaState.videoSourceConfigurationToken), tt("Type", "Text"),
            tt("Position", [tt("Type", "UpperLeft")]),
            tt("TextString", [tt("Type", "Plain"), tt("PlainText", "Hall")]),
        ])

    /// `tt:PTZStatus` of a metadata stream with the position of the camera.
    static let ptzStatus = tt("PTZStatus", [tt("Status", "false"), tt("Position", "true")])

    private static func tt(_ name: String, _ children: [XMLElement]) -> XMLElement {
        tt(name, "", attributes: [:], children)
    }

    /// Whether an element of that name is below this one.
    func contains(_ name: String) -> Bool {
        children.contains { $0.name == name || $0.contains(name) }
    }

    /// Puts the element before the first child with one of the names, unless there is one of its own name.
    mutating func insert(_ element: XMLElement, before names: String...) {
        guard child(element.name) == nil else { return }
        children.insert(element, at: children.firstIndex { names.contains($0.name) } ?? children.endIndex)
    }

    /// Gives every `tt:SimpleItem` of that name another value.
    mutating func changeItem(_ name: String, to value: String) {
        change("SimpleItem") { item in
            if item.attribute("Name") == name { item.setAttribute("Value", value) }
        }
    }
}

extension DeviceState {
    /// Takes the configurations out of the profile that was made last.
    mutating func emptyNewestProfile(_ call: Call) {
        guard let token = media.profiles.last?.token else { return }
        let tr2 = XMLNamespace.tr2.uri
        func element(_ name: String, _ text: String, _ children: [XMLElement] = []) -> XMLElement {
            XMLElement(namespace: tr2, name: name, children: children, text: text)
        }
        let request = element(
            "RemoveConfiguration", "",
            [element("ProfileToken", token), element("Configuration", "", [element("Type", "All")])])
        _ = try? Media2Service.RemoveConfiguration(request).apply(to: &self, call)
    }
}
