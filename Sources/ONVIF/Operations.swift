package import XML

/// Every operation that the emulator implements; each service lists its own beside its folder's enum.
package enum Operations {
    package static let all: [OperationEntry] =
        DeviceService.all + MediaService.all + Media2Service.all + PTZService.all + ImagingService.all
        + EventService.all + DeviceIOService.all + AnalyticsService.all + SecurityService.all + ThermalService.all
        + ReceiverService.all

    private static let byName: [String: [String: OperationEntry]] = {
        var table: [String: [String: OperationEntry]] = [:]
        for entry in all {
            let previous = table[entry.namespace.uri, default: [:]].updateValue(entry, forKey: entry.name)
            precondition(previous == nil, "\(entry.name) is listed twice")
        }
        return table
    }()

    /// The operation that a request element asks for.
    package static func entry(for request: XMLElement) -> OperationEntry? {
        byName[request.namespace]?[request.name]
    }

    static func capabilities(of service: Service) -> OperationEntry? {
        byName[service.namespace.uri]?["GetServiceCapabilities"]
    }
}
