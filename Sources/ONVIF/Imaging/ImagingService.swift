/// Imaging settings and focus (`timg:`): ONVIF Imaging 26.06.
package enum ImagingService {
    static let all: [OperationEntry] = []
}
