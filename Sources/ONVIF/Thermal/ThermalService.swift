/// Radiometry and colour palettes (`tth:`): ONVIF Thermal 26.06.
package enum ThermalService {
    static let all: [OperationEntry] = []
}
