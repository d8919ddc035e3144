import Foundation
import XML

extension EventTopic {
    static let ptz = [presetInvoked, presetReached, presetAborted, presetLeft, presetTours]

    /// Source: ONVIF PTZ 26.06, Events, PTZ presets.
    package static let presetInvoked = preset("Invoked")
    package static let presetReached = preset("Reached")
    package static let presetAborted = preset("Aborted")
    package static let presetLeft = preset("Left")

    private static func preset(_ name: String) -> EventTopic {
        EventTopic(
            "tns1:PTZController/PTZPresets/\(name)", source: [("PTZConfigurationToken", "tt:ReferenceToken")],
            data: [("PresetToken", "tt:ReferenceToken"), ("PresetName", "tt:Name")],
            when: { ($0.ptz?.maximumPresets ?? 0) > 0 })
    }

    /// Every tour of the head, once for each media profile that moves it.
    ///
    /// Source: ONVIF PTZ 26.06, Events, PresetTours.
    package static let presetTours = EventTopic(
        property: "tns1:PTZController/PTZPresetTours/Configuration",
        source: [("ProfileToken", "tt:ReferenceToken"), ("PresetTourToken", "tt:ReferenceToken")],
        data: [("StateChange", "xs:boolean")], when: \.hasPresetTours,
        nextChange: { device, now in device.ptz?.settled(at: now).run?.nextChange }
    ) { device, now in
        guard let head = device.ptz?.settled(at: now), !head.tours.isEmpty else { return [] }
        let profiles = device.media.profiles.filter { $0[.ptz] == PTZState.configurationToken }
        let tours = head.tours.map { tour in
            (tour.token, [Event.Item("StateChange", "\(tour.stateChanged)"), head.item(of: tour)])
        }
        return profiles.flatMap { profile in
            tours.map { token, data in
                Value(
                    source: [Event.Item("ProfileToken", profile.token), Event.Item("PresetTourToken", token)],
                    data: data)
            }
        }
    }
    .with(element: "PresetTour", "tt:PTZPresetTour")
}

extension PTZState {
    fileprivate func item(of tour: PTZTour) -> Event.Item {
        var writer = XMLWriter()
        writer.presetTour(tour, of: self, as: .tt)
        let document = writer.document(root: .tt, "Data", vocabulary: XMLNamespace.messages)
        let element = try? XMLParser.parse(document).children.first
        let empty = XMLElement(namespace: XMLNamespace.tt.uri, name: "PresetTour")
        return Event.Item("PresetTour", element: element ?? empty)
    }
}
