"""Takes a camera on with onvif-python and prints what it learnt; a program of its own, see test_onvif_python.py."""

import json
import sys

from onvif import ONVIFClient

host, port, user, password = sys.argv[1:]
client = ONVIFClient(host, int(port), user, password)
device = client.devicemgmt()
information = device.GetDeviceInformation()
services = device.GetServices(IncludeCapability=True)
media = client.media()
profiles = media.GetProfiles()
uri = media.GetStreamUri(
    StreamSetup={"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}, ProfileToken=profiles[0].token)
ptz = client.ptz()
status = ptz.GetStatus(ProfileToken=profiles[0].token)
print(json.dumps({
    "model": information.Model,
    "services": len(services),
    "users": [user.Username for user in device.GetUsers()],
    "profiles": [profile.Name for profile in profiles],
    "stream": uri.Uri,
    "pan": status.Position.PanTilt.x,
    "encoders": len(client.media2().GetVideoEncoderConfigurations()),
    "brightness": client.imaging().GetImagingSettings(VideoSourceToken="VideoSource_1").Brightness,
}))
