package import XML

extension MediaService {
    /// Source: ONVIF Media 26.06 §5.21 GetServiceCapabilities.
    package struct GetServiceCapabilities: EmptyRequest {
        package static let service = Service.media
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
            package var hasMulticast: Bool

            package init(_ media: MediaState) {
                maximumProfiles = media.maximumProfiles
                hasMulticast = media.hasMulticast
                canTurn = media.videos.indices.contains(where: media.canTurn)
                hasVideoSourceModes = media.videos.contains { !$0.modes.isEmpty }
            }

            package func write(to writer: inout XMLWriter) {
                let attributes = [
                    ("SnapshotUri", "true"), ("Rotation", canTurn ? "true" : "false"),
                    ("VideoSourceMode", hasVideoSourceModes ? "true" : "false"), ("OSD", "true"),
                    ("TemporaryOSDText", "false"), ("EXICompression", "false"),
                ]
                writer.element(.trt, "Capabilities", attributes) { writer in
                    writer.element(
                        .trt, "ProfileCapabilities", [("MaximumNumberOfProfiles", String(maximumProfiles))], "")
                    let streaming = [
                        ("RTPMulticast", hasMulticast ? "true" : "false"), ("RTP_TCP", "false"),
                        ("RTP_RTSP_TCP", "true"),
                        ("NonAggregateControl", "false"), ("NoRTSPStreaming", "false"),
                    ]
                    writer.element(.trt, "StreamingCapabilities", streaming, "")
                }
            }
        }
    }
}
