"""Cameras that keep what clients set, whenever their process is killed."""

import base64
import hashlib
import http.client
import json
import os
import random
import re
import secrets
import subprocess
import threading
import time
import urllib.parse

import pytest

from conftest import BINARY, PATIENCE, ROOT

CAMERAS = 4
CONNECTIONS = 3
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in [
        ("s", "http://www.w3.org/2003/05/soap-envelope"), ("tds", "http://www.onvif.org/ver10/device/wsdl"),
        ("trt", "http://www.onvif.org/ver10/media/wsdl"), ("tt", "http://www.onvif.org/ver10/schema")])


def message(body):
    """A request with a token of its own, as the user that the camera has from the start."""
    nonce = secrets.token_bytes(16)
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    digest = base64.b64encode(hashlib.sha1(nonce + created.encode() + b"secret").digest()).decode()
    return (
        f'<s:Envelope {NAMESPACES}><s:Header><Security xmlns="{WSSE}wssecurity-secext-1.0.xsd"><UsernameToken>'
        f'<Username>admin</Username><Password Type="{WSSE}username-token-profile-1.0#PasswordDigest">{digest}</Password>'
        f"<Nonce>{base64.b64encode(nonce).decode()}</Nonce>"
        f'<Created xmlns="{WSSE}wssecurity-utility-1.0.xsd">{created}</Created></UsernameToken></Security></s:Header>'
        f"<s:Body>{body}</s:Body></s:Envelope>")


class Client:
    """One connection to a camera."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(urllib.parse.urlparse(address).netloc, timeout=PATIENCE)

    def ask(self, body):
        headers = {"Content-Type": "application/soap+xml"}
        self.connection.request("POST", "/onvif/device_service", message(body), headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        assert response.status == 200, text
        return text


class Server:
    """`glasseye serve --state`, started again and again."""

    def __init__(self, folder, ready):
        self.ready = ready
        self.process = subprocess.Popen(
            [BINARY, "serve", "Profiles/ptz-dome.yaml", "--count", str(CAMERAS), "--http-port", "0", "--rtsp-port", "0",
             "--no-discovery", "--state", folder, "--ready-file", ready],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
            # Python ignores SIGXFSZ, and so does the child: a write beyond the limit fails, as on a full disk.
            restore_signals=False,
            env={**os.environ, "GLASSEYE_PASSWORD": "secret"})
        watchdog = threading.Timer(PATIENCE, self.process.kill)
        watchdog.start()
        for line in self.process.stdout:
            if line.startswith("Test it:"):
                break
        watchdog.cancel()
        self.cameras = [device["deviceService"] for device in json.loads(ready.read_text())["devices"]]

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def end(self):
        self.process.terminate()
        assert self.process.wait(timeout=PATIENCE) == 0


class Changes(threading.Thread):
    """Changes a camera without pause until the connection breaks; remembers what was acknowledged.

    Names and scopes are of this connection alone, so that what it wrote last must be there.
    """

    def __init__(self, address, name, enough):
        super().__init__()
        self.client = Client(address)
        self.name = name
        self.enough = enough
        self.scopes = []
        self.profile = None
        self.asked = 0

    def run(self):
        try:
            while True:
                self.asked += 1
                scope = f"onvif://www.onvif.org/{self.name}/{self.asked}"
                if len(self.scopes) > 3:
                    gone = self.scopes[0]
                    # From here on its fate is open until the answer says so.
                    self.scopes = self.scopes[1:]
                    self.client.ask(f"<tds:RemoveScopes><tds:ScopeItem>{gone}</tds:ScopeItem></tds:RemoveScopes>")
                elif self.asked == 2:
                    self.client.ask(
                        f"<trt:CreateProfile><trt:Name>{self.name}</trt:Name><trt:Token>{self.name}</trt:Token></trt:CreateProfile>")
                    self.profile = self.name
                else:
                    self.client.ask(f"<tds:AddScopes><tds:ScopeItem>{scope}</tds:ScopeItem></tds:AddScopes>")
                    self.scopes.append(scope)
                self.enough.release()
        except (OSError, http.client.HTTPException):
            pass


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_at_any_moment_loses_no_acknowledged_change(tmp_path, seed):
    chance = random.Random(seed)
    folder, ready = tmp_path / "state", tmp_path / "ready.json"
    expected = []
    hostnames = {}
    for life in range(2):
        server = Server(folder, ready)
        enough = threading.Semaphore(0)
        for camera, address in enumerate(server.cameras):
            hostnames[camera] = f"life{life}-camera{camera}"
            Client(address).ask(f"<tds:SetHostname><tds:Name>{hostnames[camera]}</tds:Name></tds:SetHostname>")
        writers = [
            (camera, Changes(address, f"l{life}c{camera}n{number}", enough))
            for camera, address in enumerate(server.cameras) for number in range(CONNECTIONS)]
        for _, writer in writers:
            writer.start()
        # The kill comes after a random number of answers and then at whatever the writers are doing.
        for _ in range(chance.randrange(CAMERAS * CONNECTIONS, 150)):
            assert enough.acquire(timeout=PATIENCE)
        server.kill()
        for _, writer in writers:
            writer.join(timeout=PATIENCE)
        expected += writers
    server = Server(folder, ready)
    for camera, address in enumerate(server.cameras):
        client = Client(address)
        assert hostnames[camera] in client.ask("<tds:GetHostname/>")
        scopes = set(re.findall(r"<tt:ScopeItem>([^<]*)<", client.ask("<tds:GetScopes/>")))
        profiles = set(re.findall(r'token="([^"]*)"', client.ask("<trt:GetProfiles/>")))
        for _, writer in (entry for entry in expected if entry[0] == camera):
            assert set(writer.scopes) <= scopes
            assert writer.profile is None or writer.profile in profiles
    server.end()


def test_an_orderly_end_keeps_everything_and_another_profile_is_refused(tmp_path, glasseye):
    folder, ready = tmp_path / "state", tmp_path / "ready.json"
    server = Server(folder, ready)
    Client(server.cameras[0]).ask("<tds:SetHostname><tds:Name>kept</tds:Name></tds:SetHostname>")
    server.end()
    clip = ROOT / "Recordings" / "clock-360p.mp4"
    done = glasseye(
        "serve", "Profiles/ptz-dome.yaml", "--http-port", 0, "--rtsp-port", 0, "--no-discovery", "--state", folder,
        "--recording", clip)
    assert done.returncode == 2
    assert "devices.sqlite" in done.stderr and "remove the file" in done.stderr
    server = Server(folder, ready)
    assert ">kept<" in Client(server.cameras[0]).ask("<tds:GetHostname/>")
    second = glasseye("serve", "Profiles/ptz-dome.yaml", "--http-port", 0, "--no-discovery", "--state", folder)
    assert second.returncode == 2
    assert "another process" in second.stderr
    server.end()


def test_a_full_disk_refuses_the_change_and_the_camera_serves_on(tmp_path):
    """The file may not grow: what cannot be kept is not acknowledged."""
    folder, ready = tmp_path / "state", tmp_path / "ready.json"
    server = Server(folder, ready)
    client = Client(server.cameras[0])
    subprocess.run(["prlimit", f"--pid={server.process.pid}", "--fsize=65536"], check=True)
    taken, refused = [], None
    for number in range(40):
        scope = f"onvif://www.onvif.org/x/{number}"
        try:
            client.ask(f"<tds:AddScopes><tds:ScopeItem>{scope}</tds:ScopeItem></tds:AddScopes>")
            taken.append(scope)
        except AssertionError as error:
            refused = str(error)
            break
    assert refused and "cannot store the change" in refused
    scopes = re.findall(r"<tt:ScopeItem>([^<]*)<", client.ask("<tds:GetScopes/>"))
    assert [scope for scope in scopes if "/x/" in scope] == taken
    server.kill()
    server = Server(folder, ready)
    scopes = re.findall(r"<tt:ScopeItem>([^<]*)<", Client(server.cameras[0]).ask("<tds:GetScopes/>"))
    assert [scope for scope in scopes if "/x/" in scope] == taken
    server.end()
