import ONVIF
import XML

extension Mutation {
    static let deviceMutations: [Mutation] = [
        Mutation(
            .systemTimeWithoutDates, "UTCDateTime and LocalDateTime are missing though the time is set by hand",
            .exchange(operation: "GetSystemDateAndTime", service: .device) { exchange in
                exchange.edit { response in
                    response.change("DateTimeType") { $0.text = "Manual" }
                    response.remove("UTCDateTime")
                    response.remove("LocalDateTime")
                }
            }),
        Mutation(
            .systemTimeMonthThirteen, "the month of UTCDateTime is 13",
            .exchange(operation: "GetSystemDateAndTime", service: .device) { exchange in
                exchange.edit { $0.change("UTCDateTime") { $0.change("Month") { $0.text = "13" } } }
            }),
        Mutation(
            .deviceInformationWithoutSerialNumber, "SerialNumber is left out",
            .exchange(operation: "GetDeviceInformation", service: .device) { $0.edit { $0.remove("SerialNumber") } }),
        Mutation(
            .deviceInformationWithEmptyModel, "Model is empty",
            .exchange(operation: "GetDeviceInformation", service: .device) {
                $0.edit { $0.change("Model") { $0.text = "" } }
            }),
        Mutation(
            .servicesWithoutDevice, "GetServices leaves the device service out",
            .exchange(operation: "GetServices", service: .device) { exchange in
                exchange.edit { response in
                    response.children.removeAll { $0.child("Namespace")?.text == XMLNamespace.tds.uri }
                }
            }),
        Mutation(
            .servicesNeverWithCapabilities, "GetServices never sends Capabilities",
            .exchange(operation: "GetServices", service: .device) { $0.edit { $0.remove("Capabilities") } }),
        Mutation(
            .networkInterfacesEmpty, "GetNetworkInterfaces lists none",
            .exchange(operation: "GetNetworkInterfaces", service: .device) {
                $0.edit { $0.remove("NetworkInterfaces") }
            }),
        Mutation(
            .networkInterfaceWithoutToken, "the network interface has no token",
            .exchange(operation: "GetNetworkInterfaces", service: .device) {
                $0.edit { $0.change("NetworkInterfaces") { $0.attributes = [] } }
            }),
    ]
}
