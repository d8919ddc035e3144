"""`glasseye inspect --stream` against our own cameras, sound and with a flaw, and against a scripted server."""

import json
import socket
import struct
import threading
import time

import pytest


def inspect(glasseye, url, *arguments):
    done = glasseye("inspect", url, "--stream", "--for", "4s", "--json", *arguments)
    return done, json.loads(done.stdout)


def test_streams_of_a_device_are_compared_with_their_configuration(served, glasseye):
    devices, _ = served("Profiles/fixed-box.yaml")
    done, document = inspect(glasseye, devices[0]["deviceService"])
    assert done.returncode == 0, done.stdout
    assert document["errors"] == 0
    first = document["streams"][0]
    video = next(media["figures"] for media in first["media"] if media["figures"]["kind"] == "video")
    assert first["claims"]["video"]["width"] == video["width"]
    assert video["lost"] == 0
    assert video["decodingErrors"] == 0
    assert abs(video["frameRate"] - first["claims"]["video"]["frameRateLimit"]) < 0.5
    assert "secret" not in done.stdout


@pytest.mark.parametrize("transport", ["udp", "tcp", "http", "ws"])
def test_a_stream_comes_over_each_transport(served, glasseye, transport):
    devices, _ = served("Profiles/fixed-box.yaml")
    done, document = inspect(glasseye, devices[0]["deviceService"], "--transport", transport)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(stream["media"][0]["figures"]["frames"] > 50 for stream in document["streams"])


@pytest.mark.parametrize("mutant,kind", [
    ("rtspSendsGarbledPictures", "decoding"), ("rtspSendsBrokenPackets", "malformedRTP"),
    ("rtspStreamIsSilent", "silence"), ("rtspHangsUp", "hungUp"), ("rtspRefusesTeardown", "teardown"),
])
def test_a_flaw_is_found(served, glasseye, mutant, kind):
    devices, _ = served("Profiles/fixed-box.yaml", "--mutant", mutant)
    done, document = inspect(glasseye, devices[0]["streams"][0])
    stream = document["streams"][0]
    findings = stream["findings"] + [finding for media in stream["media"] for finding in media["findings"]]
    assert kind in {finding["kind"] for finding in findings if finding["severity"] == "error"}
    assert done.returncode == 1


class GroupCamera(threading.Thread):
    """An RTSP server of one session that sends silence as G.711 to a group on the loopback interface."""

    GROUP = "239.255.77.1"
    # Samples of a packet: 20 ms at 8 kHz.
    SAMPLES = 160

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
        spare = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        spare.bind(("127.0.0.1", 0))
        self.port = spare.getsockname()[1] & ~1
        spare.close()
        self.ended = threading.Event()

    def run(self):
        connection, _ = self.listener.accept()
        with connection, connection.makefile("rb") as lines:
            while (start := lines.readline()):
                headers = dict(line.decode().strip().split(": ", 1) for line in iter(lines.readline, b"\r\n"))
                method = start.split()[0].decode()
                body = ""
                answer = [f"CSeq: {headers['CSeq']}", "Session: 1;timeout=60"]
                if method == "DESCRIBE":
                    body = (f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 {self.GROUP}/1\r\nt=0 0\r\n"
                            f"m=audio {self.port} RTP/AVP 0\r\na=control:a\r\n")
                    answer.append(f"Content-Length: {len(body)}")
                if method == "SETUP":
                    answer.append(f"Transport: RTP/AVP;multicast;destination={self.GROUP};port={self.port}-{self.port + 1}")
                connection.sendall(("\r\n".join(["RTSP/1.0 200 OK", *answer, "", body])).encode())
                if method == "PLAY":
                    threading.Thread(target=self.send, daemon=True).start()
                if method == "TEARDOWN":
                    self.ended.set()

    def send(self):
        start = time.monotonic()
        for number in range(100_000):
            if self.ended.wait(max(0, start + number * 0.02 - time.monotonic())):
                return
            head = struct.pack(">BBHII", 0x80, 0, number & 0xFFFF, number * self.SAMPLES, 7)
            self.sender.sendto(head + b"\xff" * self.SAMPLES, (self.GROUP, self.port))


def test_a_group_is_joined(glasseye):
    camera = GroupCamera()
    camera.start()
    url = f"rtsp://127.0.0.1:{camera.listener.getsockname()[1]}/s"
    done, document = inspect(glasseye, url, "--transport", "multicast", "--interface", "127.0.0.1")
    assert done.returncode == 0, done.stdout
    figures = document["streams"][0]["media"][0]["figures"]
    assert figures["packets"] > 150
    assert figures["lost"] == 0
    assert camera.ended.is_set()


def test_people_get_a_table_and_sentences(served, glasseye):
    devices, _ = served("Profiles/fixed-box.yaml")
    done = glasseye("inspect", devices[0]["deviceService"], "--stream", "--for", "2s")
    assert done.returncode == 0
    assert "Nothing is wrong." in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert "\033" not in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("arguments,code,words", [
    (["rtsp://h/s"], 64, "--stream"),
    (["rtsp://h/s", "--stream", "--transport", "pigeon"], 64, "transport"),
    (["rtsp://h/s", "--stream", "--profile", "p"], 64, "--profile"),
    (["rtsp://h/s", "--stream", "--for", "0s"], 64, "for"),
    (["rtsp://127.0.0.1:1/s", "--stream"], 2, "no connection"),
    (["127.0.0.1:1", "--stream"], 2, "127.0.0.1"),
])
def test_what_cannot_be_inspected_is_said(glasseye, arguments, code, words):
    done = glasseye("inspect", *arguments)
    assert done.returncode == code
    assert words in done.stdout + done.stderr
