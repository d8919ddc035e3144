/// Media configuration and streaming (`trt:`): ONVIF Media 26.06.
package enum MediaService {
    static let all: [OperationEntry] = []
}
