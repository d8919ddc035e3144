import ArgumentParser
import Conformance
import Foundation

struct Discover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find ONVIF devices on the network by WS-Discovery.",
        discussion: "Exit codes: 0 a device was found, 1 none was, 2 the network could not be asked.")

    @Option(help: "Address of this machine whose network is asked; all networks without it.")
    var interface: String?

    @Option(help: "Ask this host alone, by unicast.")
    var host: String?

    @Option(help: "Port of WS-Discovery.")
    var port = DiscoveryClient.standardPort

    @Option(help: "Seconds to wait for answers.")
    var wait = 3.0

    @Option(help: "Only devices with this scope, such as onvif://www.onvif.org/location/city; repeat for more.")
    var scope: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard wait > 0, wait <= 300 else { throw ValidationError("--wait is \(wait); give seconds above 0, up to 300") }
    }

    func run() async throws {
        var found: [FoundDevice] = []
        do {
            let interfaces: [String?] =
                host == nil && interface == nil ? try DiscoveryClient.interfaces().map(Optional.some) : [interface]
            for device in try await ask(interfaces) where !found.contains(where: { $0.endpoint == device.endpoint }) {
                found.append(device)
            }
        } catch {
            throw failure("\(error)")
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(found.map(Row.init)), as: UTF8.self))
        } else if found.isEmpty {
            print(
                "No device answered within \(wait) s. Is one on this network? --interface chooses the network to ask.")
        } else {
            let rows = found.map(Row.init).map { [$0.name, $0.location, $0.addresses.first ?? "", $0.endpoint] }
            print(
                Table(columns: ["name", "location", "device service", "endpoint"]).text(rows.sorted { $0[2] < $1[2] }))
        }
        if found.isEmpty { throw ExitCode.negative }
    }

    /// Asks on all interfaces at once; one that cannot be asked does not keep the others from answering.
    private func ask(_ interfaces: [String?]) async throws -> [FoundDevice] {
        try await withThrowingTaskGroup(of: Result<[FoundDevice], any Error>.self) { group in
            for interface in interfaces {
                group.addTask {
                    do {
                        let client = DiscoveryClient(interface: interface, port: port)
                        return .success(try await client.probe(scopes: scope, host: host, within: .seconds(wait)))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var results: [Result<[FoundDevice], any Error>] = []
            for try await result in group { results.append(result) }
            let answers = results.compactMap { try? $0.get() }
            if answers.isEmpty, let first = results.first { return try first.get() }
            return answers.flatMap(\.self)
        }
    }

    /// A found device as people and programs read it.
    private struct Row: Encodable {
        let name: String
        let location: String
        let addresses: [String]
        let endpoint: String
        let types: [String]
        let scopes: [String]

        init(_ device: FoundDevice) {
            name = device.scope("name") ?? ""
            location = device.scope("location") ?? ""
            addresses = device.addresses
            endpoint = device.endpoint
            types = device.types.sorted()
            scopes = device.scopes
        }
    }
}
