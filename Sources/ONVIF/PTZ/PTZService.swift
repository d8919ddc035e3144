/// Pan, tilt and zoom (`tptz:`): ONVIF PTZ 26.06.
package enum PTZService {
    static let all: [OperationEntry] = []
}
