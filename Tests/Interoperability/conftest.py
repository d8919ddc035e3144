"""Cameras of ours for clients that others wrote. Run by CI/test in a network of its own (CI/own-network)."""

import json
import os
import pathlib
import signal
import subprocess
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("GLASSEYE", ROOT / ".build" / "release" / "glasseye"))
ADDRESS = os.environ.get("GLASSEYE_TEST_ADDRESS", "198.51.100.1")
USER, PASSWORD = "admin", "Secret-1"
# No client needs longer for what it is asked here; seconds.
PATIENCE = 60


class Camera:
    """A served camera: the addresses that `glasseye serve --json` told."""

    def __init__(self, device):
        self.device_service = device["deviceService"]
        self.host, port = self.device_service.split("/")[2].split(":")
        self.http_port = int(port)
        self.streams = device["streams"]
        self.secure_streams = device.get("secureStreams", [])
        self.secure_device_service = device.get("secureDeviceService")
        self.snapshots = device["snapshots"]
        self.user, self.password = USER, PASSWORD

    def stream(self, index=0):
        """A stream's address with credentials in it, as players want it."""
        return self.streams[index].replace("rtsp://", f"rtsp://{USER}:{PASSWORD}@")

    def on_web_port(self, scheme, index=0):
        """A stream's address on the port of the web service, where RTSP is tunnelled; over TLS on that of HTTPS."""
        service = self.secure_device_service if scheme == "rtspsh" else self.device_service
        path = self.streams[index].split("/", 3)[3]
        return f"{scheme}://{service.split('/')[2]}/{path}"


def serve(profile, *options):
    """A camera of that profile, until the fixture ends."""
    process = subprocess.Popen(
        [BINARY, "serve", ROOT / "Profiles" / profile, "--address", ADDRESS, "--http-port", "0", "--rtsp-port", "0",
         "--json", *options],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "GLASSEYE_PASSWORD": PASSWORD})
    # A camera that never says that it is ready must not hold up the tests.
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    lines = []
    # The object ends with a brace in the first column; the output ends early only if the camera could not start.
    for line in process.stdout:
        lines.append(line)
        if line.rstrip() == "}":
            break
    watchdog.cancel()
    yield Camera(json.loads("".join(lines))["devices"][0])
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0, "the camera did not end cleanly"


@pytest.fixture(scope="session")
def camera():
    """The PTZ dome, until the end of the session."""
    yield from serve("ptz-dome.yaml")


@pytest.fixture(scope="session")
def secure_camera():
    """A camera with HTTPS and RTSPS, until the end of the session."""
    yield from serve("guard-box.yaml", "--https-port", "0", "--rtsps-port", "0", "--no-discovery")
