"""onvif-zeep-async, the client of Home Assistant, takes the camera on as Home Assistant does."""

import asyncio
import datetime

from onvif import ONVIFCamera


def test_home_assistant_takes_the_camera_on(camera):
    asyncio.run(take_on(camera))


def test_home_assistant_pulls_events(camera):
    asyncio.run(pull_events(camera))


async def take_on(camera):
    client = ONVIFCamera(camera.host, camera.http_port, camera.user, camera.password)
    try:
        await client.update_xaddrs()
        device = await client.create_devicemgmt_service()
        capabilities = await device.GetCapabilities({"Category": "All"})
        assert capabilities["Media"]["XAddr"] and capabilities["Events"]["WSPullPointSupport"]
        interfaces = await device.GetNetworkInterfaces()
        assert len(interfaces[0].Info.HwAddress.split(":")) == 6
        clock = (await device.GetSystemDateAndTime()).UTCDateTime
        told = datetime.datetime(
            clock.Date.Year, clock.Date.Month, clock.Date.Day, clock.Time.Hour, clock.Time.Minute, clock.Time.Second,
            tzinfo=datetime.timezone.utc)
        # Home Assistant warns from five seconds on.
        assert abs((datetime.datetime.now(datetime.timezone.utc) - told).total_seconds()) < 5
        information = await device.GetDeviceInformation()
        assert information.Manufacturer == "Glasseye"

        media = await client.create_media_service()
        assert (await media.GetServiceCapabilities()).SnapshotUri
        profiles = [p for p in await media.GetProfiles() if p.VideoEncoderConfiguration.Encoding == "H264"]
        assert len(profiles) == 2
        ptz = await client.create_ptz_service()
        for profile in profiles:
            assert profile.PTZConfiguration is not None
            assert await ptz.GetPresets(profile.token) in ([], None)
        uri = await media.GetStreamUri({
            "StreamSetup": {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}},
            "ProfileToken": profiles[0].token})
        assert uri.Uri == camera.streams[0]
        snapshot = await client.get_snapshot(profiles[0].token)
        assert snapshot.startswith(b"\xff\xd8\xff")

        await ptz.ContinuousMove({
            "ProfileToken": profiles[0].token, "Velocity": {"PanTilt": {"x": 0.5, "y": 0}, "Zoom": {"x": 0}}})
        await ptz.Stop({"ProfileToken": profiles[0].token, "PanTilt": True, "Zoom": True})
    finally:
        await client.close()


async def pull_events(camera):
    client = ONVIFCamera(camera.host, camera.http_port, camera.user, camera.password)
    try:
        await client.update_xaddrs()
        lost = []
        manager = await client.create_pullpoint_manager(datetime.timedelta(seconds=600), lambda: lost.append(True))
        await manager.set_synchronization_point()
        service = manager.get_service()
        answer = await service.PullMessages({"MessageLimit": 100, "Timeout": datetime.timedelta(seconds=5)})
        topics = {message.Topic._value_1 for message in answer.NotificationMessage}
        assert "tns1:VideoSource/MotionAlarm" in topics
        await manager.shutdown()
        assert lost == []
    finally:
        await client.close()
