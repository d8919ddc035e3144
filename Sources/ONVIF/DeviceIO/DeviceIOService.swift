/// Physical inputs and outputs (`tmd:`): ONVIF Device IO 26.06.
package enum DeviceIOService {
    static let all: [OperationEntry] = []
}
