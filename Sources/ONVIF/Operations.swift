/// Every operation that the emulator implements; each service lists its own beside its folder's enum.
package enum Operations {
    package static let all: [OperationEntry] =
        DeviceService.all + MediaService.all + Media2Service.all + PTZService.all + ImagingService.all
        + EventService.all + DeviceIOService.all
}
