package import XML

/// Every operation that the emulator implements; each service lists its own beside its folder's enum.
package enum Operations {
    package static let all: [OperationEntry] =
        DeviceService.all + MediaService.all + Media2Service.all + PTZService.all + ImagingService.all
        + EventService.all + DeviceIOService.all + AnalyticsService.all + SecurityService.all + ThermalService.all
        + ReceiverService.all

    /// More than one where services share a message, as Device and Device IO do those of relays.
    private static let byName: [String: [String: [OperationEntry]]] = {
        var table: [String: [String: [OperationEntry]]] = [:]
        for entry in all {
            let others = table[entry.namespace.uri]?[entry.name] ?? []
            precondition(!others.contains { $0.service == entry.service }, "\(entry.name) is listed twice")
            table[entry.namespace.uri, default: [:]][entry.name, default: []].append(entry)
        }
        return table
    }()

    /// The operation that a request element asks for; of several services, that of the path.
    package static func entry(for request: XMLElement, path: String? = nil) -> OperationEntry? {
        let entries = byName[request.namespace]?[request.name]
        return entries?.first { $0.service.path == path } ?? entries?.first
    }

    static func capabilities(of service: Service) -> OperationEntry? {
        byName[service.namespace.uri]?["GetServiceCapabilities"]?.first
    }
}
