"""A camera that tells what it sees: its boxes land on what moves in its pictures, by the time of RTCP alone.

The reader of the stream is our own and knows nothing of the emulator; GStreamer takes the same metadata.
"""

import base64
import calendar
import hashlib
import re
import socket
import struct
import subprocess
import threading
import time

import numpy
import pytest
import yaml
from lxml import etree

from conftest import PATIENCE, ROOT

# Bytes of packets that hold some frames.
ENOUGH = 600_000

TT = "{http://www.onvif.org/ver10/schema}"
BOX = ROOT / "Profiles" / "analytics-box.yaml"
# Seconds of the stream that are looked at.
WATCHED = 8
SIZE = (640, 360)


class Stream:
    """RTP and RTCP of video and metadata, interleaved in one RTSP connection (RFC 2326 §10.12)."""

    def __init__(self, url, user="admin", password="secret"):
        self.url, self.user, self.password = url, user, password
        host, port = re.match(r"rtsp://([^:/]+):(\d+)", url).groups()
        self.socket = socket.create_connection((host, int(port)), timeout=PATIENCE)
        self.buffer, self.number, self.challenge = b"", 0, None
        self.packets = {}
        sdp = self.ask("DESCRIBE", url, Accept="application/sdp")[1]
        controls = re.findall(r"m=(\w+).*?a=control:(\S+)", sdp, re.S)
        base = re.search(r"^a=control:(rtsp\S+)", sdp.split("m=")[0], re.M)
        session = None
        for channel, media in ((0, "video"), (2, "application")):
            control = next(one for kind, one in controls if kind == media)
            if not control.startswith("rtsp://"):
                control = f"{(base.group(1) if base else url).rstrip('/')}/{control}"
            headers = {"Transport": f"RTP/AVP/TCP;unicast;interleaved={channel}-{channel + 1}"}
            if session:
                headers["Session"] = session
            head = self.ask("SETUP", control, **headers)[0]
            session = re.search(r"Session: ([^;\r]+)", head).group(1)
        self.parameters = re.search(r"sprop-parameter-sets=([^;\r\n]+)", sdp).group(1).split(",")
        self.ask("PLAY", url, Session=session)

    def read(self, count):
        while len(self.buffer) < count:
            more = self.socket.recv(1 << 16)
            assert more, "the camera hung up"
            self.buffer += more
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def ask(self, method, url, **headers):
        for _ in range(2):
            self.number += 1
            lines = [f"{method} {url} RTSP/1.0", f"CSeq: {self.number}"]
            lines += [f"{key}: {value}" for key, value in headers.items()]
            if self.challenge:
                lines.append("Authorization: " + self.digest(method, url))
            self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            head, body = self.answer()
            if " 401 " not in head.splitlines()[0]:
                assert " 200 " in head.splitlines()[0], head
                return head, body
            self.challenge = next(
                line for line in head.splitlines() if "Digest" in line and ("MD5" in line or "algorithm" not in line))
        raise AssertionError("the camera does not take the password")

    def answer(self):
        while True:
            first = self.read(1)
            if first == b"$":
                self.keep()
                continue
            head = first
            while not head.endswith(b"\r\n\r\n"):
                head += self.read(1)
            head = head.decode()
            length = re.search(r"Content-Length: (\d+)", head, re.I)
            return head, self.read(int(length.group(1))).decode() if length else ""

    def digest(self, method, url):
        def field(name):
            found = re.search(name + r'="?([^",]+)"?', self.challenge)
            return found.group(1) if found else None

        def md5(*parts):
            return hashlib.md5(":".join(parts).encode()).hexdigest()

        realm, nonce = field("realm"), field("nonce")
        inner, outer = md5(self.user, realm, self.password), md5(method, url)
        text = f'Digest username="{self.user}", realm="{realm}", nonce="{nonce}", uri="{url}"'
        if field("qop"):
            response = md5(inner, nonce, "00000001", "0a4f113b", "auth", outer)
            return f'{text}, qop=auth, nc=00000001, cnonce="0a4f113b", response="{response}"'
        return f'{text}, response="{md5(inner, nonce, outer)}"'

    def keep(self):
        channel, length = struct.unpack(">BH", self.read(3))
        self.packets.setdefault(channel, []).append(self.read(length))

    def watch(self, seconds):
        """From the first frame on: truth that lies beside a recording has to be read first."""
        end = time.monotonic() + PATIENCE
        while not any(b"<tt:Frame" in packet for packet in self.packets.get(2, [])):
            assert time.monotonic() < end, "no frame came"
            self.packets[0] = self.packets.get(0, [])[-500:]
            self.next()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.next()

    def next(self):
        assert self.read(1) == b"$"
        self.keep()

    def clock(self, channel):
        """From an RTP timestamp to seconds since 1970, by the sender reports (RFC 3550 §6.4.1)."""
        reports = [packet for packet in self.packets.get(channel + 1, []) if packet[1] == 200]
        assert reports, "no sender report came"
        seconds, fraction, ticks = struct.unpack(">III", reports[-1][8:20])
        utc = seconds - 2_208_988_800 + fraction / 2**32
        return lambda stamp: utc + ((stamp - ticks + 2**31) % 2**32 - 2**31) / 90_000

    def units(self, channel):
        """Payloads joined up to the marker, with the RTP timestamp."""
        joined = []
        for packet in self.packets[channel]:
            marker, stamp = packet[1] >> 7, struct.unpack(">I", packet[4:8])[0]
            joined.append(packet[12 + 4 * (packet[0] & 15):])
            if marker:
                yield stamp, joined
                joined = []


def coded_pictures(stream):
    """Access units with start codes (RFC 6184 §5.6, §5.8), with their RTP timestamps."""
    head = b"".join(b"\0\0\0\1" + base64.b64decode(one) for one in stream.parameters)
    is_clean = False
    for stamp, payloads in stream.units(0):
        unit = b""
        for payload in payloads:
            if payload[0] & 31 == 28:
                if payload[1] & 0x80:
                    unit += b"\0\0\0\1" + bytes([payload[0] & 0xE0 | payload[1] & 31])
                unit += payload[2:]
            else:
                unit += b"\0\0\0\1" + payload
        is_clean = is_clean or any(payload[0] & 31 == 5 or payload[:1] and payload[0] & 31 == 28 and payload[1] & 159 == 133
                                   for payload in payloads)
        if is_clean:
            yield stamp, head + unit


def decoded(units, size):
    """The luma of each picture."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "h264", "-i", "-", "-vsync", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray",
         "-"], input=b"".join(units), capture_output=True, timeout=PATIENCE, check=True)
    pictures = numpy.frombuffer(done.stdout, numpy.uint8)
    return pictures.reshape(-1, size[1], size[0]).astype(numpy.int16)


def frames(documents):
    """The frames of documents, by their time in seconds since 1970."""
    found = {}
    for document in documents:
        for frame in etree.fromstring(document).iter(TT + "Frame"):
            seconds, fraction = re.match(r"(.*)\.(\d+)Z", frame.get("UtcTime")).groups()
            whole = calendar.timegm(time.strptime(seconds, "%Y-%m-%dT%H:%M:%S"))
            found[whole + float("0." + fraction)] = frame
    return found


def moving_boxes(frame, size):
    """Of people and vehicles that move and are in the picture: pixels."""
    for node in frame.iter(TT + "Object"):
        speed = node.find(f"{TT}Behaviour/{TT}Speed")
        if node.get("Parent") or speed is None or float(speed.text) < 0.8:
            continue
        box = node.find(f".//{TT}BoundingBox")
        x = [round((float(box.get(side)) + 1) / 2 * size[0]) for side in ("left", "right")]
        y = [round((1 - float(box.get(side))) / 2 * size[1]) for side in ("top", "bottom")]
        if x[0] > 8 and x[1] < size[0] - 8 and y[0] > 8 and y[1] < size[1] - 8 and y[1] - y[0] >= 16:
            yield x[0], y[0], x[1], y[1]


def fit(picture, background, boxes):
    """How much more of what is new in the picture is inside of boxes than around them, −1…1."""
    new = numpy.abs(picture - background) > 24
    fits = []
    for left, top, right, bottom in boxes:
        margin = 8
        around = new[top - margin:bottom + margin, left - margin:right + margin]
        inside = new[top:bottom, left:right]
        ring = (around.sum() - inside.sum()) / (around.size - inside.size)
        fits.append(inside.mean() - ring)
    return fits


def recorded(folder):
    """The same box with a recording that has its truth beside it."""
    profile = yaml.safe_load(BOX.read_text())
    del profile["world"]
    profile["recordings"] = [str(ROOT / "Recordings/plaza/dome-360p.mp4")]
    path = folder / "recorded.yaml"
    path.write_text(yaml.safe_dump(profile, sort_keys=False))
    return path


@pytest.fixture(params=["world", "recording"])
def taken(served, tmp_path, request):
    devices, _ = served(BOX if request.param == "world" else recorded(tmp_path))
    stream = Stream(devices[0]["streams"][-1])
    stream.watch(WATCHED)
    return stream


def test_boxes_land_on_what_moves_in_the_picture_of_their_time(taken):
    utc = taken.clock(0)
    coded = list(coded_pictures(taken))
    pictures = decoded([unit for _, unit in coded], SIZE)
    stamps = [utc(stamp) for stamp, _ in coded][:len(pictures)]
    told = frames(b"".join(parts) for _, parts in taken.units(2))
    background = numpy.median(pictures, axis=0).astype(numpy.int16)
    times = sorted(told)
    assert len(times) > WATCHED * 5
    # Each frame leads to one picture: no further from it than clocks read twice.
    apart = [min(abs(one - stamp) for stamp in stamps) for one in times if stamps[0] <= one <= stamps[-1]]
    off = sum(one > 0.002 for one in apart)
    print(f"{len(apart)} frames, {len(pictures)} pictures, {off} without theirs, {max(apart) * 1000:.3f} ms apart at the most")
    assert off <= len(apart) * 0.1
    means = {}
    for shift in range(-4, 5):
        fits = []
        for number, stamp in enumerate(stamps):
            near = min(times, key=lambda one: abs(one - stamp))
            if abs(near - stamp) < 0.002 and 0 <= number + shift < len(pictures):
                fits += fit(pictures[number + shift], background, moving_boxes(told[near], SIZE))
        means[shift] = numpy.mean(fits)
    print({shift: round(float(mean), 4) for shift, mean in means.items()}, len(fits), "boxes")
    assert len(fits) > 50
    assert max(means, key=means.get) == 0
    assert means[0] > 0.2


def test_a_client_that_we_did_not_write_takes_the_frames(served, tmp_path):
    devices, _ = served(recorded(tmp_path))
    url = devices[0]["streams"][-1]
    run = subprocess.Popen(
        ["gst-launch-1.0", "-q", "rtspsrc", f"location={url}", "user-id=admin", "user-pw=secret", "protocols=tcp",
         "name=s", "s.", "!", "application/x-rtp,media=application", "!", "rtpstreampay", "!", "fdsink", "fd=1",
         "s.", "!", "application/x-rtp,media=video", "!", "fakesink"], stdout=subprocess.PIPE)
    # A client that never gets enough must not hold up the tests.
    watchdog = threading.Timer(PATIENCE, run.kill)
    watchdog.start()
    data = run.stdout.read(ENOUGH)
    watchdog.cancel()
    run.kill()
    run.communicate()
    assert len(data) == ENOUGH
    # RFC 4571: two bytes of length before each packet.
    documents, joined = [], b""
    while len(data) > 2 and len(data) >= 2 + struct.unpack(">H", data[:2])[0]:
        length = struct.unpack(">H", data[:2])[0]
        packet, data = data[2:2 + length], data[2 + length:]
        joined += packet[12 + 4 * (packet[0] & 15):]
        if packet[1] >> 7:
            documents.append(joined)
            joined = b""
    told = frames(documents[1:])
    assert len(told) > 10
    assert {frame.get("Source") for frame in told.values()} == {"ground-truth"}
    kinds = {node.text for frame in told.values() for node in frame.iter(TT + "Type")}
    print(len(told), "frames of", sorted(kinds))
    assert {"Human", "HumanFace"} <= kinds
