"""Cameras that publish their events to an MQTT broker, which comes and goes."""

import contextlib
import datetime
import getpass
import json
import re
import signal
import socket
import subprocess
import threading
import time

import pytest

from conftest import PATIENCE, ROOT
from test_state import Client

TEV = "http://www.onvif.org/ver10/events/wsdl"
WSNT = "http://docs.oasis-open.org/wsn/b-2"
DIALECT = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
TOPIC = "Gate7/onvif-ej/VideoSource/MotionAlarm/&VideoSource_1"
# Motion comes and goes: an event every half second.
PERIOD = datetime.timedelta(seconds=0.5)
PROFILE = f"""
manufacturer: Glasseye
model: Publisher
firmware: "1.0"
hardware: GE-PUB
name: Publisher
location: test
claims: [T]
recordings:
  - {ROOT}/Recordings/clock-360p.mp4
audio: false
events:
  motion: {{ every: 1, for: 0.5 }}
  brokers: 4
security: {{}}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Broker:
    """Debian's mosquitto with ports of its own: each protocol, and one for subscribers."""

    def __init__(self, folder, persistent):
        self.folder = folder
        self.ports = {name: free_port() for name in ("subscriber", "mqtt", "mqtts", "ws", "wss")}
        tls = f"certfile {folder}/broker.pem\nkeyfile {folder}/broker.key\n"
        listeners = {"subscriber": "", "mqtt": "", "mqtts": tls, "ws": "protocol websockets\n",
                     "wss": "protocol websockets\n" + tls}
        lines = f"user {getpass.getuser()}\nallow_anonymous true\nqueue_qos0_messages true\n"
        if persistent:
            lines += f"persistence true\npersistence_location {folder}/\nautosave_on_changes true\nautosave_interval 1\n"
        for name, settings in listeners.items():
            lines += f"listener {self.ports[name]} 127.0.0.1\n{settings}"
        (folder / "mosquitto.conf").write_text(lines)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=broker", "-keyout", folder / "broker.key", "-out", folder / "broker.pem"],
            check=True, capture_output=True)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/sbin/mosquitto", "-c", self.folder / "mosquitto.conf"], cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + PATIENCE
        for port in self.ports.values():
            while True:
                assert self.process.poll() is None and time.monotonic() < end
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=PATIENCE)

    def subscribe(self, *arguments):
        return ["timeout", str(PATIENCE), "mosquitto_sub", "-h", "127.0.0.1", "-p", str(self.ports["subscriber"]),
                "-t", "#", "-q", "2", "-F", "%q %t %p", *arguments]


class Wire:
    """What lies between camera and broker, and can be cut."""

    def __init__(self, target):
        self.target = target
        self.is_cut = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            try:
                if self.is_cut:
                    raise OSError
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()
                continue
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def add(camera, address, qos=2):
    camera.ask(
        f'<AddEventBroker xmlns="{TEV}"><EventBroker><Address>{address}</Address><TopicPrefix>Gate7</TopicPrefix>'
        f'<PublishFilter><TopicExpression xmlns="{WSNT}" xmlns:tns1="http://www.onvif.org/ver10/topics" '
        f'Dialect="{DIALECT}">tns1:VideoSource/MotionAlarm</TopicExpression></PublishFilter>'
        f"<QoS>{qos}</QoS></EventBroker></AddEventBroker>")


def broker_told(camera):
    """Status of the broker, and the figures of its queue."""
    answer = camera.ask(f'<GetEventBrokers xmlns="{TEV}"/>')
    queue = dict(re.findall(r'(Waiting|Limit|Delivered|Dropped)="(\d+)"', answer))
    return re.search(r"Status>(\w+)<", answer).group(1), {name: int(value) for name, value in queue.items()}


def read(line):
    """Time and state of an event, whose form is checked."""
    qos, topic, payload = line.split(" ", 2)
    event = json.loads(payload)
    assert topic == TOPIC
    assert list(event) == ["UtcTime", "Source", "Data"]
    assert list(event["Source"].values()) == ["VideoSource_1"]
    assert list(event["Data"]) == ["State"] and isinstance(event["Data"]["State"], bool)
    return datetime.datetime.fromisoformat(event["UtcTime"].replace("Z", "+00:00")), event["Data"]["State"]


def follow_each_other(events):
    """Each event once, none missing, in its order; they are due by the clock and told some milliseconds later.

    The first tells what held when the broker was added, or its subscriber came, and is of that time.
    """
    steps = [round((after[0] - before[0]) / PERIOD) for before, after in zip(events[1:], events[2:])]
    is_soon = events[0][0] <= events[1][0] <= events[0][0] + 1.1 * PERIOD
    return is_soon and steps == [1] * len(steps) and all(a[1] != b[1] for a, b in zip(events, events[1:]))


@pytest.fixture
def camera(served, tmp_path):
    profile = tmp_path / "publisher.yaml"
    profile.write_text(PROFILE)
    devices, _ = served(profile)
    return Client(devices[0]["deviceService"])


@pytest.fixture
def brokers(tmp_path):
    started = []

    def start(persistent):
        folder = tmp_path / "broker"
        folder.mkdir()
        started.append(Broker(folder, persistent))
        return started[-1]

    yield start
    for broker in started:
        broker.process.kill()
        broker.process.wait(timeout=PATIENCE)


@pytest.mark.parametrize("scheme", ["mqtt", "mqtts", "ws", "wss"])
def test_events_arrive_as_json_by_each_protocol(camera, brokers, scheme):
    broker = brokers(persistent=False)
    resource = "/mqtt" if scheme.startswith("ws") else ""
    add(camera, f"{scheme}://127.0.0.1:{broker.ports[scheme]}{resource}")
    lines = subprocess.run(broker.subscribe("-C", "5"), capture_output=True, text=True, check=True).stdout.splitlines()
    # The first may be what the broker retained.
    assert follow_each_other([read(line) for line in lines])
    assert {line.split()[0] for line in lines} == {"2"}
    assert broker_told(camera)[0] == "Connected"


@pytest.mark.parametrize("persistent", [False, True], ids=["without-persistence", "with-persistence"])
@pytest.mark.parametrize("qos", [0, 1, 2])
def test_what_happens_while_the_broker_is_killed_arrives_once_and_in_its_order(camera, brokers, persistent, qos):
    broker = brokers(persistent)
    wire = Wire(broker.ports["mqtt"])
    add(camera, f"mqtt://127.0.0.1:{wire.port}", qos)
    seen = subprocess.run(broker.subscribe("-C", "3"), capture_output=True, text=True, check=True).stdout.splitlines()
    # The next event is almost half a second away.
    wire.is_cut = True
    broker.kill()
    end = time.monotonic() + PATIENCE
    while True:
        status, queue = broker_told(camera)
        if queue["Waiting"] >= 5:
            break
        assert time.monotonic() < end
    assert status != "Connected" and queue["Limit"] == 1000 and queue["Dropped"] == 0
    broker.start()
    # Whoever subscribes is there before the camera is.
    subprocess.run(broker.subscribe("-c", "-i", "late", "-E", "-R"), check=True)
    wire.is_cut = False
    late = subprocess.run(
        broker.subscribe("-c", "-i", "late", "-C", "10", "-R"), capture_output=True, text=True, check=True)
    events = [read(line) for line in seen + late.stdout.splitlines()]
    assert follow_each_other(events), [f"{time} {state}" for time, state in events]
    assert broker_told(camera)[1]["Dropped"] == 0
