extension FeatureDiscovery {
    /// Source: Feature Discovery Specification, "Device Management Service Capabilities", "HTTPS Support".
    mutating func discoverDevice() async {
        let flags: [(Feature, XPath, inverted: Bool)] = [
            (.ntp, "tds:Capabilities/tds:Network/@NTP", false),
            (.zeroConfiguration, "tds:Capabilities/tds:Network/@ZeroConfiguration", false),
            (.dynamicDNS, "tds:Capabilities/tds:Network/@DynDNS", false),
            (.ipFilter, "tds:Capabilities/tds:Network/@IPFilter", false),
            (.dhcpv6, "tds:Capabilities/tds:Network/@DHCPv6", false),
            (.usernameToken, "tds:Capabilities/tds:Security/@UsernameToken", false),
            (.httpDigest, "tds:Capabilities/tds:Security/@HttpDigest", false),
            (.defaultAccessPolicy, "tds:Capabilities/tds:Security/@DefaultAccessPolicy", false),
            (.remoteUserHandling, "tds:Capabilities/tds:Security/@RemoteUserHandling", false),
            (.discovery, "tds:Capabilities/tds:System/@DiscoveryNotSupported", true),
            (.systemLogging, "tds:Capabilities/tds:System/@SystemLogging", false),
            (.httpFirmwareUpgrade, "tds:Capabilities/tds:System/@HttpFirmwareUpgrade", false),
            (.httpSystemBackup, "tds:Capabilities/tds:System/@HttpSystemBackup", false),
            (.httpSystemLogging, "tds:Capabilities/tds:System/@HttpSystemLogging", false),
            (.httpSupportInformation, "tds:Capabilities/tds:System/@HttpSupportInformation", false),
            (.userConfiguration, "tds:Capabilities/tds:System/@UserConfigNotSupported", true),
            (.networkConfiguration, "tds:Capabilities/tds:System/@NetworkConfigNotSupported", true),
        ]
        let present: [(Feature, XPath)] = [
            (.maximumUsers, "tds:Capabilities/tds:Security/@MaxUsers"),
            (.maximumUserNameLength, "tds:Capabilities/tds:Security/@MaxUserNameLength"),
            (.maximumPasswordLength, "tds:Capabilities/tds:Security/@MaxPasswordLength"),
            (.auxiliaryCommands, "tds:Capabilities/tds:Misc/@AuxiliaryCommands[normalize-space()]"),
        ]
        let probe = await probe("GetServiceCapabilities")
        guard let answer = probe.answer else {
            undefine(
                flags.map(\.0) + present.map(\.0) + [.bye, .ipv6], "GetServiceCapabilities: \(probe.summary)")
            await discoverTypes()
            await discoverHTTPS()
            await discoverRelays()
            return
        }
        for (feature, path, inverted) in flags { note(feature, ifSet: path, in: answer, inverted: inverted) }
        for (feature, path) in present { note(feature, ifThere: path, in: answer) }
        note(.bye, ifSet: "tds:Capabilities/tds:System/@DiscoveryBye", in: answer)
        if !has(.discovery) { note(.bye, .notSupported, "Discovery is not supported") }
        note(.ipv6, ifSet: "tds:Capabilities/tds:Network/@IPVersion6", in: answer)
        if !has(.networkConfiguration) { note(.ipv6, .notSupported, "Network Configuration is not supported") }
        // "If HTTP digest authentication is assumed as supported, [it] will be used … whenever necessary."
        await link.setAuthentication(has(.httpDigest) ? .httpDigest : .usernameToken)
        await discoverTypes()
        await discoverHTTPS()
        await discoverRelays()
    }

    /// Source: Feature Discovery Specification, "Discovery Types Support": a unicast Probe for anything.
    private mutating func discoverTypes() async {
        let features: [(Feature, String)] = [
            (.typeDevice, "tds:Device"), (.typeNetworkVideoTransmitter, "dn:NetworkVideoTransmitter"),
        ]
        guard found[.discovery]?.state != .notSupported else {
            for (feature, _) in features { note(feature, .notSupported, "Discovery is not supported") }
            return
        }
        guard let port = link.target.discoveryPort else {
            undefine(features.map(\.0), "WS-Discovery was not asked")
            return
        }
        let authority = link.target.authority
        let host =
            authority.hasPrefix("[") ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        // Several devices may share the host: ours is the one that names our address.
        let isOurs: @Sendable (FoundDevice) -> Bool = { device in
            device.addresses.contains { Target(url: $0).authority == authority }
        }
        do {
            let matches = try await DiscoveryClient(port: port)
                .probe(host: String(host), within: probeTimeout) { $0.contains(where: isOurs) }
            guard let ours = matches.first(where: isOurs) else {
                undefine(features.map(\.0), "Probe: no match with \(authority) in XAddrs within \(probeTimeout)")
                return
            }
            for (feature, type) in features {
                note(
                    feature, ours.types.contains(type) ? .supported : .notSupported,
                    "ProbeMatch: Types = \(ours.types.sorted().joined(separator: " "))")
            }
        } catch {
            undefine(features.map(\.0), "Probe: \(error)")
        }
    }

    private mutating func discoverHTTPS() async {
        guard has(.networkConfiguration) else {
            note(.https, .notSupported, "Network Configuration is not supported")
            return
        }
        let probe = await ask("GetNetworkProtocols", in: .device)
        guard let answer = probe.answer else {
            undefine([.https], "GetNetworkProtocols: \(probe.summary)")
            return
        }
        note(.https, ifThere: "tds:NetworkProtocols[tt:Name='HTTPS' and tt:Enabled='true']", in: answer)
    }

    private mutating func discoverRelays() async {
        let probe = await probe("GetCapabilities", "<tds:Category>All</tds:Category>")
        guard let answer = probe.answer else {
            note(.relayOutputs, .notSupported, "GetCapabilities: \(probe.summary)")
            return
        }
        note(.relayOutputs, ifSet: "tds:Capabilities/tt:Device/tt:IO/tt:RelayOutputs", in: answer)
    }

    /// Source: Feature Discovery Specification, "Event service features", "Get Event Properties".
    mutating func discoverEvents() async {
        guard has(.events) else { return }
        let probe = await probe("GetServiceCapabilities", in: .events)
        if let answer = probe.answer {
            note(
                .persistentNotificationStorage, ifSet: "tev:Capabilities/@PersistentNotificationStorage", in: answer)
            note(.maxPullPoints, ifThere: "tev:Capabilities/@MaxPullPoints", in: answer)
            note(.eventBroker, ifSet: "tev:Capabilities/@MaxEventBrokers", in: answer)
            if answer.exists("tev:Capabilities/@MaxNotificationProducers") {
                note(.basicNotification, ifSet: "tev:Capabilities/@MaxNotificationProducers", in: answer)
            } else {
                note(.basicNotification, .supported, "GetServiceCapabilities: MaxNotificationProducers is absent")
            }
            if answer.exists("tev:Capabilities/@MaxPullPoints") {
                note(.pullPoints, ifSet: "tev:Capabilities/@MaxPullPoints", in: answer)
            } else {
                let claims = scopes.contains(Profile.s.scope)
                note(
                    .pullPoints, claims ? .supported : .notSupported,
                    "GetServiceCapabilities: MaxPullPoints is absent; the scopes \(claims ? "have" : "lack") "
                        + Profile.s.scope)
            }
        } else {
            undefine(
                [.persistentNotificationStorage, .maxPullPoints, .eventBroker, .basicNotification, .pullPoints],
                "GetServiceCapabilities of events: \(probe.summary)")
        }
        await discoverTopics()
    }

    private mutating func discoverTopics() async {
        let topics: [(Feature, [XPath])] = [
            (.profileChangedEvent, ["wstop:TopicSet/tns1:Media/ProfileChanged"]),
            (.configurationChangedEvent, ["wstop:TopicSet/tns1:Media/ConfigurationChanged"]),
            (.motionAlarmEvent, ["wstop:TopicSet/tns1:VideoSource/MotionAlarm"]),
            (.imageTooBlurryEvent, Self.tampering("ImageTooBlurry")),
            (.imageTooDarkEvent, Self.tampering("ImageTooDark")),
            (.imageTooBrightEvent, Self.tampering("ImageTooBright")),
            (.globalSceneChangeEvent, Self.tampering("GlobalSceneChange")),
        ]
        let probe = await ask("GetEventProperties", in: .events)
        guard let answer = probe.answer else {
            undefine(
                topics.map(\.0) + [.messageContentFilter, .onvifContentFilter], "GetEventProperties: \(probe.summary)")
            return
        }
        for (feature, paths) in topics {
            let path = paths.first { answer.exists($0) } ?? paths[0]
            note(feature, ifThere: path, in: answer)
        }
        note(.messageContentFilter, ifThere: "tev:MessageContentFilterDialect[normalize-space()]", in: answer)
        note(
            .onvifContentFilter,
            ifListed: ["http://www.onvif.org/ver10/tev/messageContentFilter/ItemFilter"],
            at: "tev:MessageContentFilterDialect", in: answer)
    }

    private static func tampering(_ topic: String) -> [XPath] {
        ["ImagingService", "AnalyticsService", "RecordingService"].map {
            "wstop:TopicSet/tns1:VideoSource/*[local-name()=\(topic)]/*[local-name()=\($0)]"
        }
    }

    /// Source: Feature Discovery Specification, "Device IO Features Support".
    mutating func discoverDeviceIO() async {
        guard has(.deviceIO) else { return }
        let probe = await probe("GetServiceCapabilities", in: .deviceIO)
        guard let answer = probe.answer else {
            undefine(
                [
                    .deviceIORelayOutputs, .deviceIODigitalInputs, .deviceIODigitalInputOptions,
                    .deviceIOSerialPorts, .deviceIORelayOutputOptions,
                ], "GetServiceCapabilities of device IO: \(probe.summary)")
            return
        }
        note(.deviceIORelayOutputs, ifSet: "tmd:Capabilities/@RelayOutputs", in: answer)
        note(.deviceIODigitalInputs, ifSet: "tmd:Capabilities/@DigitalInputs", in: answer)
        note(.deviceIODigitalInputOptions, ifSet: "tmd:Capabilities/@DigitalInputOptions", in: answer)
        note(.deviceIOSerialPorts, ifSet: "tmd:Capabilities/@SerialPorts", in: answer)
        guard has(.deviceIORelayOutputs) else {
            note(.deviceIORelayOutputOptions, .notSupported, "Relay Outputs is not supported")
            return
        }
        noteOperation(.deviceIORelayOutputOptions, await ask("GetRelayOutputOptions", in: .deviceIO))
    }

    /// Supported when the operation answers, not when it faults, undefined else.
    mutating func noteOperation(_ feature: Feature, _ probe: Probe) {
        let state: FeatureFinding.State =
            probe.answer != nil ? .supported : probe.fault != nil ? .notSupported : .undefined
        note(feature, state, probe.summary)
    }

    /// Source: Feature Discovery Specification, "Analytics Service".
    mutating func discoverAnalytics() async {
        guard has(.analytics) else { return }
        let flags: [(Feature, XPath)] = [
            (.analyticsRules, "tan:Capabilities/@RuleSupport"),
            (.analyticsRuleOptions, "tan:Capabilities/@RuleOptionsSupported"),
            (.analyticsModules, "tan:Capabilities/@AnalyticsModuleSupport"),
            (.analyticsModuleOptions, "tan:Capabilities/@AnalyticsModuleOptionsSupported"),
            (.analyticsMetadata, "tan:Capabilities/@SupportedMetadata"),
        ]
        let probe = await probe("GetServiceCapabilities", in: .analytics)
        guard let answer = probe.answer else {
            undefine(flags.map(\.0), "GetServiceCapabilities of analytics: \(probe.summary)")
            return
        }
        for (feature, path) in flags { note(feature, ifSet: path, in: answer) }
    }
}
