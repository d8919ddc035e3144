/// Video analytics configuration (`tan:`): ONVIF Analytics 26.06.
package enum AnalyticsService {
    static let all: [OperationEntry] = [
        OperationEntry(CreateAnalyticsModules.self),
        OperationEntry(CreateRules.self),
        OperationEntry(DeleteAnalyticsModules.self),
        OperationEntry(DeleteRules.self),
        OperationEntry(GetAnalyticsModuleOptions.self),
        OperationEntry(GetAnalyticsModules.self),
        OperationEntry(GetRuleOptions.self),
        OperationEntry(GetRules.self),
        OperationEntry(GetServiceCapabilities.self),
        OperationEntry(GetSupportedAnalyticsModules.self),
        OperationEntry(GetSupportedMetadata.self),
        OperationEntry(GetSupportedRules.self),
        OperationEntry(ModifyAnalyticsModules.self),
        OperationEntry(ModifyRules.self),
    ]
}
