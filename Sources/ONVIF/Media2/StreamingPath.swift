/// Paths of the web server by which streams are reached.
package enum StreamingPath {
    /// The query of a stream's URL that asks for a description with the multicast groups in it.
    package static let multicastQuery = "multicast"
    /// Where RTSP over WebSocket is; the capability names it without a host (ONVIF Streaming 25.06 §5.1.1.5).
    package static let webSocket = "/onvif/rtsp"
}
