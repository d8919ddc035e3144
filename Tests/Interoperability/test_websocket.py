"""A WebSocket client that others wrote carries RTSP, and ffmpeg decodes what came."""

import base64
import hashlib
import re
import ssl
import subprocess

import pytest
from conftest import PATIENCE
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

PATH = "/onvif/rtsp"
# Packets of video; several seconds.
PACKETS = 400
START = b"\x00\x00\x00\x01"


class Viewer:
    """RTSP in the messages of a WebSocket."""

    def __init__(self, socket, camera):
        self.socket, self.camera = socket, camera
        self.buffer, self.packets, self.sequence, self.challenge = b"", [], 0, None

    def take(self):
        """The next packet (channel, bytes) or response (head, body); a message has whole ones."""
        while True:
            if self.buffer[:1] == b"$":
                end = 4 + int.from_bytes(self.buffer[2:4], "big")
                packet, self.buffer = (self.buffer[1], self.buffer[4:end]), self.buffer[end:]
                return packet
            if self.buffer:
                head, _, rest = self.buffer.partition(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                length = int(length[1]) if length else 0
                self.buffer = rest[length:]
                return head.decode(), rest[:length]
            message = self.socket.recv(timeout=PATIENCE)
            assert isinstance(message, bytes), "the messages are binary"
            self.buffer = message

    def authorization(self, method, uri):
        def digest(text):
            return hashlib.md5(text.encode()).hexdigest()

        realm, nonce = self.challenge["realm"], self.challenge["nonce"]
        first = digest(f"{self.camera.user}:{realm}:{self.camera.password}")
        count, own = "00000001", "a1b2c3"
        response = digest(f"{first}:{nonce}:{count}:{own}:auth:{digest(f'{method}:{uri}')}")
        return (f'Digest username="{self.camera.user}", realm="{realm}", nonce="{nonce}", uri="{uri}", '
                f'response="{response}", qop=auth, nc={count}, cnonce="{own}"')

    def call(self, method, uri, **fields):
        while True:
            self.sequence += 1
            if self.challenge:
                fields["Authorization"] = self.authorization(method, uri)
            lines = [f"{method} {uri} RTSP/1.0", f"CSeq: {self.sequence}", *(f"{k}: {v}" for k, v in fields.items())]
            self.socket.send("".join(line + "\r\n" for line in [*lines, ""]).encode())
            while isinstance((answer := self.take())[0], int):
                self.packets.append(answer)
            head, body = answer
            if " 401 " not in head.splitlines()[0] or self.challenge:
                assert " 200 " in head.splitlines()[0], head
                return head, body
            challenge = next(line for line in head.splitlines() if "Digest" in line and "SHA" not in line)
            self.challenge = dict(re.findall(r'(\w+)="([^"]*)"', challenge))

    def video(self):
        """Plays the video track; what came as an H.264 byte stream."""
        base = self.camera.streams[0]
        _, description = self.call("DESCRIBE", base)
        head, _ = self.call("SETUP", f"{base}/trackID=0", Transport="RTP/AVP/TCP;unicast;interleaved=0-1")
        session = re.search(r"Session: *([^;\r]+)", head)[1]
        self.call("PLAY", base, Session=session)
        while len(self.packets) < PACKETS:
            if isinstance((packet := self.take())[0], int):
                self.packets.append(packet)
        self.call("TEARDOWN", base, Session=session)
        sets = re.search(r"sprop-parameter-sets=([^;\s]+)", description.decode())[1]
        units = [START + base64.b64decode(each) for each in sets.split(",")]
        return b"".join(units + [h264(packet[12:]) for channel, packet in self.packets if channel == 0])


def h264(payload):
    """RFC 6184 §5.6 single NAL unit packets and §5.8 FU-A."""
    if payload[0] & 31 != 28:
        return START + payload
    if payload[1] & 0x80:
        return START + bytes([payload[0] & 0xE0 | payload[1] & 31]) + payload[2:]
    return payload[2:]


@pytest.mark.parametrize("scheme", ["ws", "wss"])
def test_a_websocket_carries_a_stream_that_ffmpeg_decodes(secure_camera, scheme):
    service = secure_camera.device_service if scheme == "ws" else secure_camera.secure_device_service
    trust = None
    if scheme == "wss":
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    with connect(f"{scheme}://{service.split('/')[2]}{PATH}", subprotocols=["rtsp.onvif.org"], ssl=trust) as socket:
        assert socket.subprotocol == "rtsp.onvif.org"
        assert socket.ping().wait(PATIENCE)
        stream = Viewer(socket, secure_camera).video()
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "h264", "-i", "-", "-f", "framecrc", "-"], input=stream, capture_output=True,
        timeout=PATIENCE)
    assert done.stderr == b""
    assert len([line for line in done.stdout.splitlines() if not line.startswith(b"#")]) > 50


def test_a_client_without_the_subprotocol_is_refused(camera):
    with pytest.raises(InvalidStatus) as refusal:
        connect(f"ws://{camera.host}:{camera.http_port}{PATH}")
    assert refusal.value.response.status_code == 400
