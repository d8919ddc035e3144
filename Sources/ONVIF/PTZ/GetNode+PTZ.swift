package import XML

extension PTZService {
    /// Source: ONVIF PTZ 26.06 §5.1.3 GetNode.
    package struct GetNode: ServiceOperation {
        package static let service = Service.ptz
        package static let access = AccessClass.readMedia

        package var nodeToken: String

        package init(_ request: XMLElement) throws(Fault) {
            nodeToken = try request.token("NodeToken")
        }

        /// - Throws: `NoEntity`.
        package func apply(to device: inout DeviceState, _ call: Call) throws(Fault) -> Response {
            guard let node = device.model.ptz, nodeToken == PTZState.nodeToken else {
                throw .sender("InvalidArgVal", "NoEntity", reason: "there is no PTZ node \"\(nodeToken)\"")
            }
            return Response(node: node)
        }

        package struct Response: ResponseMessage, Equatable {
            package var node: PTZModel

            package func write(to writer: inout XMLWriter) {
                writer.node(node)
            }
        }
    }
}
