/// Media2 configuration and streaming (`tr2:`): ONVIF Media2 26.06.
package enum Media2Service {
    static let all: [OperationEntry] = []
}
