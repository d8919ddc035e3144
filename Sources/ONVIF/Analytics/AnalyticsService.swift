/// Video analytics configuration (`tan:`): ONVIF Analytics 26.06.
package enum AnalyticsService {
    static let all: [OperationEntry] = []
}
