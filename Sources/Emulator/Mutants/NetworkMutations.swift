import ONVIF
import XML

extension Mutation {
    static let networkMutations: [Mutation] = [
        Mutation(
            .hostnameMissing, "GetHostname answers without HostnameInformation",
            .omits("HostnameInformation", from: "GetHostname")),
        Mutation(
            .hostnameWithoutFromDHCP, "GetHostname leaves FromDHCP out",
            .omits("FromDHCP", from: "GetHostname")),
        Mutation(
            .setHostnameForgets, "SetHostname changes nothing",
            .forgets("SetHostname")),
        Mutation(
            .setHostnameRefuses, "SetHostname refuses every name",
            .refuses("SetHostname")),
        Mutation(
            .setHostnameNeverRefuses, "SetHostname answers where it should refuse",
            .neverRefuses("SetHostname")),
        Mutation(
            .setHostnameForgetsSubcode, "the fault of SetHostname lacks its second subcode",
            .forgetsSubcode("SetHostname")),
        Mutation(
            .setHostnameTakesAnyName, "SetHostname refuses an invalid name, but takes it",
            .exchange(operation: "SetHostname", service: .device) { exchange in
                exchange.after.network.hostname = exchange.request.child("Name")?.text ?? ""
            }),
        Mutation(
            .setHostnameStaysFromDHCP, "the host name is said to come from DHCP after SetHostname",
            .exchange(operation: "GetHostname", service: .device) {
                $0.edit { $0.change("FromDHCP") { $0.text = "true" } }
            }),
        Mutation(
            .dnsWithoutFromDHCP, "GetDNS leaves FromDHCP out",
            .omits("FromDHCP", from: "GetDNS")),
        Mutation(
            .dnsWithInvalidAddress, "GetDNS lists an address of three parts",
            .lists("DNSManual", "10.1.1", in: "GetDNS")),
        Mutation(
            .setDNSForgets, "SetDNS changes nothing",
            .forgets("SetDNS")),
        Mutation(
            .setDNSRefuses, "SetDNS refuses everything",
            .refuses("SetDNS")),
        Mutation(
            .setDNSKeepsDHCP, "SetDNS leaves FromDHCP true",
            .exchange(operation: "SetDNS", service: .device) { $0.after.network.dns.isFromDHCP = true }),
        Mutation(
            .setDNSNeverRefuses, "SetDNS answers where it should refuse",
            .neverRefuses("SetDNS")),
        Mutation(
            .setDNSForgetsSubcode, "the fault of SetDNS lacks its second subcode",
            .forgetsSubcode("SetDNS")),
        Mutation(
            .setDNSTakesInvalidAddress, "SetDNS refuses an invalid address, but takes it",
            .exchange(operation: "SetDNS", service: .device) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.after.network.dns.manual = [.ipv4("10.1.1")]
            }),
        Mutation(
            .ntpWithoutFromDHCP, "GetNTP leaves FromDHCP out",
            .omits("FromDHCP", from: "GetNTP")),
        Mutation(
            .ntpWithInvalidAddress, "GetNTP lists an address of three parts",
            .lists("NTPManual", "10.1.1", in: "GetNTP")),
        Mutation(
            .setNTPForgets, "SetNTP changes nothing",
            .forgets("SetNTP")),
        Mutation(
            .setNTPRefuses, "SetNTP refuses everything",
            .refuses("SetNTP")),
        Mutation(
            .setNTPKeepsDHCP, "SetNTP leaves FromDHCP true",
            .exchange(operation: "SetNTP", service: .device) { $0.after.network.ntp.isFromDHCP = true }),
        Mutation(
            .setNTPNeverRefuses, "SetNTP answers where it should refuse",
            .neverRefuses("SetNTP")),
        Mutation(
            .setNTPForgetsSubcode, "the fault of SetNTP lacks its second subcode",
            .forgetsSubcode("SetNTP")),
        Mutation(
            .setNTPTakesInvalidAddress, "SetNTP refuses an invalid address, but takes it",
            .exchange(operation: "SetNTP", service: .device) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.after.network.ntp.manual = [.ipv4("10.1.1")]
            }),
        Mutation(
            .gatewayMissing, "GetNetworkDefaultGateway answers without NetworkGateway",
            .omits("NetworkGateway", from: "GetNetworkDefaultGateway")),
        Mutation(
            .gatewayWithInvalidAddress, "GetNetworkDefaultGateway lists an address of three parts",
            .exchange(operation: "GetNetworkDefaultGateway", service: .device) {
                $0.edit { response in
                    response.change("NetworkGateway") { gateway in
                        gateway.children = [
                            XMLElement(namespace: XMLNamespace.tt.uri, name: "IPv4Address", text: "10.1.1")
                        ]
                    }
                }
            }),
        Mutation(
            .setGatewayNeverRefuses, "SetNetworkDefaultGateway answers where it should refuse",
            .neverRefuses("SetNetworkDefaultGateway")),
        Mutation(
            .setGatewayForgetsSubcode, "the fault of SetNetworkDefaultGateway lacks its second subcode",
            .forgetsSubcode("SetNetworkDefaultGateway")),
        Mutation(
            .setGatewayTakesInvalidAddress, "SetNetworkDefaultGateway refuses an invalid address, but takes it",
            .exchange(operation: "SetNetworkDefaultGateway", service: .device) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.after.network.gateways = ["10.1.1"]
            }),
        Mutation(
            .networkProtocolsWithoutHTTP, "GetNetworkProtocols leaves HTTP out",
            .exchange(operation: "GetNetworkProtocols", service: .device) { $0.hideProtocol("HTTP") }),
        Mutation(
            .networkProtocolsWithoutRTSP, "GetNetworkProtocols leaves RTSP out",
            .exchange(operation: "GetNetworkProtocols", service: .device) { $0.hideProtocol("RTSP") }),
        Mutation(
            .networkProtocolsHideDisabled, "GetNetworkProtocols leaves disabled protocols out",
            .exchange(operation: "GetNetworkProtocols", service: .device) { exchange in
                let disabled = exchange.before.network.protocols.filter { !$0.isEnabled }.map(\.name.rawValue)
                for name in disabled { exchange.hideProtocol(name) }
            }),
        Mutation(
            .networkProtocolsHidePortOfDisabled, "GetNetworkProtocols lists disabled protocols without a port",
            .exchange(operation: "GetNetworkProtocols", service: .device) { exchange in
                exchange.edit { response in
                    for index in response.children.indices
                    where response.children[index].child("Enabled")?.text == "false" {
                        response.children[index].remove("Port")
                    }
                }
            }),
        Mutation(
            .setNetworkProtocolsForgets, "SetNetworkProtocols changes nothing",
            .forgets("SetNetworkProtocols")),
        Mutation(
            .setNetworkProtocolsRefuses, "SetNetworkProtocols refuses everything",
            .refuses("SetNetworkProtocols")),
        Mutation(
            .setNetworkProtocolsForgetsPort, "SetNetworkProtocols keeps the ports as they were",
            .exchange(operation: "SetNetworkProtocols", service: .device) { exchange in
                for index in exchange.after.network.protocols.indices {
                    exchange.after.network.protocols[index].ports = exchange.before.network.protocols[index].ports
                }
            }),
        Mutation(
            .setNetworkProtocolsNeverDisables, "SetNetworkProtocols leaves every protocol enabled",
            .exchange(operation: "SetNetworkProtocols", service: .device) { exchange in
                for index in exchange.after.network.protocols.indices {
                    exchange.after.network.protocols[index].isEnabled = true
                }
            }),
        Mutation(
            .setNetworkProtocolsNeverRefuses, "SetNetworkProtocols answers where it should refuse",
            .neverRefuses("SetNetworkProtocols")),
        Mutation(
            .setNetworkProtocolsForgetsSubcode, "the fault of SetNetworkProtocols lacks its second subcode",
            .forgetsSubcode("SetNetworkProtocols")),
        Mutation(
            .setNetworkProtocolsAddsHTTPS, "SetNetworkProtocols refuses HTTPS, but lists it from then on",
            .exchange(operation: "SetNetworkProtocols", service: .device) { exchange in
                guard case .failure = exchange.result else { return }
                exchange.after.network.protocols.append(
                    NetworkState.NetworkProtocol(name: .https, isEnabled: true, ports: [443]))
            }),
        Mutation(
            .mindsPrefixes, "a request with unusual prefixes is refused",
            .wording { XMLWording($0).hasForeignPrefixes }),
        Mutation(
            .mindsDefaultNamespaces, "a request with default namespaces is refused",
            .wording { XMLWording($0).hasDefaultNamespace }),
        Mutation(
            .mindsRedeclaredPrefixes, "a request that declares a prefix twice is refused",
            .wording { XMLWording($0).redeclaresPrefix }),
    ]
}

extension Exchange {
    /// Leaves the protocol of that name out of the answer.
    fileprivate mutating func hideProtocol(_ name: String) {
        edit { response in response.children.removeAll { $0.child("Name")?.text == name } }
    }
}

extension Mutation.Rule {
    /// The answer has one server, of that IPv4 address.
    fileprivate static func lists(_ element: String, _ address: String, in operation: String) -> Self {
        .exchange(operation: operation, service: .device) { exchange in
            exchange.edit { response in
                let tt = XMLNamespace.tt.uri
                for index in response.children.indices {
                    response.children[index].children.append(
                        XMLElement(
                            namespace: tt, name: element,
                            children: [
                                XMLElement(namespace: tt, name: "Type", text: "IPv4"),
                                XMLElement(namespace: tt, name: "IPv4Address", text: address),
                            ]))
                }
            }
        }
    }
}
