extension AnalyticsType {
    /// What describes the pictures in metadata streams. The standard knows such modules, but has no name for one.
    ///
    /// Source: ONVIF Analytics 26.06 §6.3.3.7 GetSupportedMetadata, §5 Scene Description.
    static let sceneDescription: AnalyticsType = {
        var type = AnalyticsType(
            role: .module, name: "SceneDescription", parameters: [], message: nil, isFixed: true,
            maximumInstances: { $0.hasScene ? 1 : 0 }, schedule: { _ in nil }, alarm: { _, _ in nil })
        type.namespace = .ge
        return type
    }()
}

extension DeviceModel {
    /// Objects in metadata streams have a place on the earth, once the device knows its own.
    var tellsPlaces: Bool {
        analytics?.hasScene == true && (system.maximumGeoLocations > 0 || ptz?.placement != nil)
    }
}
