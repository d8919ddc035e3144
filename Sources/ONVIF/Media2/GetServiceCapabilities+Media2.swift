package import XML

extension Media2Service {
    /// Source: ONVIF Media2 26.06 §5.15 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.media2
        package static let access = AccessClass.preAuth
        package init() {}

        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            Response(device.media)
        }

        /// The capabilities themselves; GetServices of the Device service shows them too.
        package struct Response: ResponseMessage, Equatable {
            package var maximumProfiles: Int
            package var hasVideoSourceModes: Bool
            package var canTurn: Bool
            package var kinds: [MediaConfigurationKind]
            package var hasMasks: Bool
            package var hasMulticast: Bool
            package var hasSRTP: Bool

            package init(_ media: MediaState) {
                maximumProfiles = media.maximumProfiles
                hasMulticast = media.hasMulticast
                hasSRTP = media.securePort != nil
                canTurn = media.videos.indices.contains(where: media.canTurn)
                hasVideoSourceModes = media.videos.contains { !$0.modes.isEmpty }
                kinds = media.supportedKinds
                hasMasks = media.videos.allSatisfy(\.encodes)
            }

            package func write(to writer: inout XMLWriter) {
                let attributes = [
                    ("SnapshotUri", "true"), ("Rotation", canTurn ? "true" : "false"),
                    ("VideoSourceMode", hasVideoSourceModes ? "true" : "false"), ("OSD", "true"),
                    ("TemporaryOSDText", "false"), ("Mask", hasMasks ? "true" : "false"),
                ]
                writer.element(.tr2, "Capabilities", attributes) { writer in
                    let profiles = [
                        ("MaximumNumberOfProfiles", String(maximumProfiles)),
                        ("ConfigurationsSupported", kinds.map(\.rawValue).joined(separator: " ")),
                    ]
                    writer.element(.tr2, "ProfileCapabilities", profiles, "")
                    let streaming = [
                        ("RTSPStreaming", "true"), ("RTPMulticast", hasMulticast ? "true" : "false"),
                        ("RTP_RTSP_TCP", "true"), ("NonAggregateControl", "false"),
                        ("AutoStartMulticast", hasMulticast ? "true" : "false"),
                        ("SecureRTSPStreaming", hasSRTP ? "true" : "false"),
                        ("RTSPWebSocketUri", "ws:" + StreamingPath.webSocket),
                    ]
                    writer.element(.tr2, "StreamingCapabilities", streaming, "")
                }
            }
        }
    }
}
