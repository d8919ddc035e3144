"""The WSDiscovery library finds the camera by type and by scope."""

from wsdiscovery import QName, Scope
from wsdiscovery.discovery import ThreadedWSDiscovery

NETWORK = "http://www.onvif.org/ver10/network/wsdl"
DEVICE = "http://www.onvif.org/ver10/device/wsdl"


def search(**query):
    client = ThreadedWSDiscovery()
    client.start()
    try:
        return client.searchServices(timeout=2, **query)
    finally:
        client.stop()


def addresses(services):
    return [address for service in services for address in service.getXAddrs()]


def test_the_camera_is_found_by_either_type(camera):
    for name in [QName(NETWORK, "NetworkVideoTransmitter"), QName(DEVICE, "Device")]:
        assert addresses(search(types=[name])) == [camera.device_service]


def test_the_camera_is_found_by_a_scope_and_tells_all_of_them(camera):
    found = search(scopes=[Scope("onvif://www.onvif.org/location/city")])
    assert addresses(found) == [camera.device_service]
    scopes = {str(scope.getValue()) for scope in found[0].getScopes()}
    assert {"onvif://www.onvif.org/Profile/Streaming", "onvif://www.onvif.org/Profile/T",
            "onvif://www.onvif.org/type/ptz"} <= scopes


def test_the_camera_keeps_silent_when_somebody_else_is_asked_for(camera):
    assert search(types=[QName(NETWORK, "NetworkVideoDisplay")]) == []
    assert search(scopes=[Scope("onvif://www.onvif.org/location/countryside")]) == []
