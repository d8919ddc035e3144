package import XML

extension DeviceService {
    /// The older list of services and features, still the first thing that many clients ask for.
    ///
    /// Source: ONVIF Core 26.06 §8.1.2.4 GetCapabilities, annex A.
    package struct GetCapabilities: ServiceOperation {
        package static let service = Service.device
        package static let access = AccessClass.preAuth

        /// `tt:CapabilityCategory`.
        package enum Category: String, CaseIterable, Sendable {
            case all = "All"
            case analytics = "Analytics"
            case device = "Device"
            case events = "Events"
            case imaging = "Imaging"
            case media = "Media"
            case ptz = "PTZ"
        }

        package var categories: [Category]

        package init(_ request: XMLElement) throws(Fault) {
            categories = []
            for child in request.children("Category") {
                guard let category = Category(rawValue: child.trimmedText) else {
                    throw .sender("InvalidArgVal", reason: "\"\(child.trimmedText)\" is no capability category")
                }
                categories.append(category)
            }
        }

        /// - Throws: `ActionNotSupported/NoSuchService` if the device lacks what was asked for by name.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            let all = categories.isEmpty || categories.contains(.all)
            let services: [Category: Service] = [
                .analytics: .analytics, .device: .device, .events: .events, .imaging: .imaging, .media: .media,
                .ptz: .ptz,
            ]
            let offered = device.services
            if !all {
                for category in categories where !(services[category].map(offered.contains) ?? false) {
                    throw .receiver(
                        "ActionNotSupported", "NoSuchService", reason: "the device has no \(category.rawValue) service")
                }
            }
            let asked = offered.filter { service in
                all || categories.contains { services[$0] == service }
            }
            return Response(
                model: device.model, hasIPv6: device.identity.isIPv6, maximumProfiles: device.media.maximumProfiles,
                addresses: asked.map { ($0, call.address($0.path)) }, isWhole: all)
        }

        package struct Response: ResponseMessage {
            let model: DeviceModel
            let hasIPv6: Bool
            let maximumProfiles: Int
            let addresses: [(service: Service, address: String)]
            let isWhole: Bool

            package func write(to writer: inout XMLWriter) {
                writer.element(.tds, "Capabilities") { writer in
                    // The schema wants this order.
                    for service in [Service.analytics, .device, .events, .imaging, .media, .ptz] {
                        guard let address = addresses.first(where: { $0.service == service })?.address else { continue }
                        switch service {
                        case .analytics: writeAnalytics(address, to: &writer)
                        case .device: writeDevice(address, to: &writer)
                        case .events: writeEvents(address, to: &writer)
                        case .media: writeMedia(address, to: &writer)
                        case .imaging: writer.element(.tt, "Imaging") { $0.element(.tt, "XAddr", address) }
                        case .ptz: writer.element(.tt, "PTZ") { $0.element(.tt, "XAddr", address) }
                        case .media2, .deviceIO, .security, .thermal, .receiver: break
                        }
                    }
                    if isWhole, let deviceIO = addresses.first(where: { $0.service == .deviceIO })?.address {
                        let receiver = addresses.first { $0.service == .receiver }?.address
                        writer.element(.tt, "Extension") { writer in
                            writeDeviceIO(deviceIO, to: &writer)
                            if let receiver { writeReceiver(receiver, to: &writer) }
                        }
                    }
                }
            }

            private func writeDevice(_ address: String, to writer: inout XMLWriter) {
                writer.element(.tt, "Device") { writer in
                    writer.element(.tt, "XAddr", address)
                    writer.element(.tt, "Network") { writer in
                        writer.element(.tt, "IPFilter", model.network.hasIPFilter)
                        writer.element(.tt, "ZeroConfiguration", model.network.hasZeroConfiguration)
                        writer.element(.tt, "IPVersion6", hasIPv6)
                        writer.element(.tt, "DynDNS", model.network.hasDynamicDNS)
                    }
                    writer.element(.tt, "System") { writeSystem(to: &$0) }
                    writer.element(.tt, "IO") { writer in
                        writer.element(.tt, "InputConnectors", model.io.inputs.count)
                        writer.element(.tt, "RelayOutputs", model.io.relays.count)
                    }
                    writer.element(.tt, "Security") { writer in
                        writer.element(.tt, "TLS1.1", false)
                        writer.element(.tt, "TLS1.2", model.security?.hasTLS12 ?? false)
                        writer.element(.tt, "OnboardKeyGeneration", model.security?.generatesKeys ?? false)
                        writer.element(.tt, "AccessPolicyConfig", model.system.hasAccessPolicy)
                        for feature in ["X.509Token", "SAMLToken", "KerberosToken", "RELToken"] {
                            writer.element(.tt, feature, false)
                        }
                        if model.system.hasRemoteUser { writeSecurityExtension(to: &writer) }
                    }
                }
            }

            private func writeSecurityExtension(to writer: inout XMLWriter) {
                writer.element(.tt, "Extension") { writer in
                    writer.element(.tt, "TLS1.0", false)
                    writer.element(.tt, "Extension") { writer in
                        writer.element(.tt, "Dot1X", false)
                        writer.element(.tt, "RemoteUserHandling", true)
                    }
                }
            }

            private func writeAnalytics(_ address: String, to writer: inout XMLWriter) {
                writer.element(.tt, "Analytics") { writer in
                    writer.element(.tt, "XAddr", address)
                    writer.element(.tt, "RuleSupport", model.analytics?.has(.rule) == true)
                    writer.element(.tt, "AnalyticsModuleSupport", model.analytics?.has(.module) == true)
                }
            }

            private func writeReceiver(_ address: String, to writer: inout XMLWriter) {
                writer.element(.tt, "Receiver") { writer in
                    writer.element(.tt, "XAddr", address)
                    writer.element(.tt, "RTP_Multicast", false)
                    writer.element(.tt, "RTP_TCP", false)
                    writer.element(.tt, "RTP_RTSP_TCP", true)
                    writer.element(.tt, "SupportedReceivers", model.receivers ?? 0)
                    writer.element(.tt, "MaximumRTSPURILength", ReceiverState.addressLimit)
                }
            }

            private func writeSystem(to writer: inout XMLWriter) {
                writer.element(.tt, "DiscoveryResolve", true)
                writer.element(.tt, "DiscoveryBye", true)
                writer.element(.tt, "RemoteDiscovery", model.system.hasRemoteDiscovery)
                writer.element(.tt, "SystemBackup", false)
                writer.element(.tt, "SystemLogging", model.system.hasLog)
                writer.element(.tt, "FirmwareUpgrade", false)
                writer.element(.tt, "SupportedVersions") { writer in
                    writer.element(.tt, "Major", Service.version.major)
                    writer.element(.tt, "Minor", Service.version.minor)
                }
                writer.element(.tt, "Extension") { writer in
                    writer.element(.tt, "HttpFirmwareUpgrade", model.hasHTTPFirmwareUpgrade)
                    writer.element(.tt, "HttpSystemBackup", model.hasHTTPBackup)
                    writer.element(.tt, "HttpSystemLogging", model.hasHTTPLog)
                    writer.element(.tt, "HttpSupportInformation", model.hasHTTPSupportInformation)
                }
            }

            private func writeEvents(_ address: String, to writer: inout XMLWriter) {
                writer.element(.tt, "Events") { writer in
                    writer.element(.tt, "XAddr", address)
                    writer.element(.tt, "WSSubscriptionPolicySupport", true)
                    writer.element(.tt, "WSPullPointSupport", model.events.maximumPullPoints > 0)
                    writer.element(.tt, "WSPausableSubscriptionManagerInterfaceSupport", false)
                }
            }

            private func writeMedia(_ address: String, to writer: inout XMLWriter) {
                writer.element(.tt, "Media") { writer in
                    writer.element(.tt, "XAddr", address)
                    writer.element(.tt, "StreamingCapabilities") { writer in
                        writer.element(.tt, "RTPMulticast", model.multicast)
                        writer.element(.tt, "RTP_TCP", false)
                        writer.element(.tt, "RTP_RTSP_TCP", true)
                    }
                    writer.element(.tt, "Extension") { writer in
                        writer.element(.tt, "ProfileCapabilities") { writer in
                            writer.element(.tt, "MaximumNumberOfProfiles", maximumProfiles)
                        }
                    }
                }
            }

            private func writeDeviceIO(_ address: String, to writer: inout XMLWriter) {
                writer.element(.tt, "DeviceIO") { writer in
                    writer.element(.tt, "XAddr", address)
                    writer.element(.tt, "VideoSources", model.videos.count)
                    writer.element(.tt, "VideoOutputs", model.io.videoOutputs.count)
                    writer.element(.tt, "AudioSources", model.audio == nil ? 0 : 1)
                    writer.element(.tt, "AudioOutputs", model.loudspeaker == nil ? 0 : 1)
                    writer.element(.tt, "RelayOutputs", model.io.relays.count)
                }
            }
        }
    }
}
