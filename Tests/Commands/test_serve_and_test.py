"""Serving and testing from the command line, as the README shows it."""

import json
import os
import signal
import subprocess
import time

import pytest

from conftest import PATIENCE, ROOT


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_what_it_serves_and_ends_cleanly(served, end):
    devices, told = served("Profiles/ptz-dome.yaml", end=end)
    assert [device["name"] for device in devices] == ["ptz-dome"]
    assert devices[0]["deviceService"].endswith("/onvif/device_service")
    assert devices[0]["deviceService"] in told
    assert "ffplay" in told
    assert "secret" not in told


def test_several_profiles_are_several_cameras(served):
    devices, _ = served("Profiles/ptz-dome.yaml", "Profiles/fixed-box.yaml", "--count", "2")
    assert [device["name"] for device in devices] == ["ptz-dome"] * 2 + ["fixed-box"] * 2
    assert len({device["deviceService"] for device in devices}) == 4


def test_a_clip_of_the_users_own(served, tmp_path):
    clip = tmp_path / "own.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=d=2:s=320x240:r=10", "-c:v", "libx264", "-bf", "0",
         "-g", "10", "-pix_fmt", "yuv420p", clip], check=True)
    devices, _ = served("Profiles/fixed-box.yaml", "--recording", clip)
    stream = devices[0]["streams"][0].replace("rtsp://", "rtsp://admin:secret@")
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-select_streams", "v", "-show_entries",
         "stream=codec_name,width,height", "-of", "csv=p=0", stream], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout.strip() == "h264,320,240"


def test_a_sound_camera_passes_and_reports_say_so(served, glasseye, tmp_path):
    devices, _ = served("Profiles/fixed-box.yaml")
    files = [f"--{kind}={tmp_path}/reports/r.{kind}" for kind in ["junit", "html", "json"]]
    done = glasseye("test", devices[0]["deviceService"], "--profile", "S,T", "--only", "DEVICE-1-*", *files)
    assert done.returncode == 0, done.stdout
    report = json.loads((tmp_path / "reports/r.json").read_text())
    assert report["device"]["model"] == "Box 720"
    assert {"pass"} == {next(iter(result["verdict"])) for result in report["results"]}
    for kind in ["junit", "html", "json"]:
        text = (tmp_path / f"reports/r.{kind}").read_text()
        assert "DEVICE-1-1-13" in text
        assert "secret" not in text
    merged = glasseye("report", tmp_path / "reports/r.json", tmp_path / "reports/r.json", "--html", tmp_path / "all.html")
    assert merged.returncode == 0
    assert "Box 720" in merged.stdout


def test_a_camera_with_a_flaw_fails_with_exit_code_1(served, glasseye):
    devices, _ = served("Profiles/fixed-box.yaml", "--mutant", "deviceInformationWithEmptyModel")
    done = glasseye("test", devices[0]["deviceService"], "--only", "DEVICE-3-1-9")
    assert done.returncode == 1
    assert "expected tds:Model with a value; found an empty one" in done.stdout


@pytest.mark.parametrize("password,words", [("wrong", 'refuses user "admin"'), (None, "wants credentials")])
def test_wrong_credentials_are_no_verdict_on_the_device(served, glasseye, password, words):
    devices, _ = served("Profiles/fixed-box.yaml")
    done = glasseye("test", devices[0]["deviceService"], password=password)
    assert done.returncode == 2
    assert words in done.stderr
    assert " fail " not in done.stdout.replace("0 fail", "")


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_viewers_are_held_and_measured(glasseye, transport):
    done = glasseye(
        "bench", "rtsp", "--viewers", "6", "--cameras", "2", "--seconds", "1", "--settle", "0.2", "--rate", "50",
        "--transport", transport, "--json", password=None)
    assert done.returncode == 0, done.stderr
    (run,) = json.loads(done.stdout)["runs"]
    assert (run["held"], run["failed"], run["lost"]) == (6, 0, 0)
    assert run["packetsPerSecond"] > 0 and run["serverCPU"] > 0 and run["serverMemory"] > 0
    assert run["firstKey"]["max"] > 0


def test_no_server_is_no_figure(glasseye):
    done = glasseye("bench", "rtsp", "rtsp://127.0.0.1:1/x", "--viewers", "2", "--seconds", "1")
    assert done.returncode == 2
    assert "no connection" in done.stderr


def test_viewers_that_come_and_go_leave_nothing_behind(served, glasseye):
    devices, _ = served("Profiles/fixed-box.yaml")
    url = devices[0]["streams"][0]

    def descriptors():
        return len(os.listdir(f"/proc/{served.process.pid}/fd"))

    counts = []
    for _ in range(3):
        done = glasseye(
            "bench", "rtsp", url, "--viewers", "40", "--seconds", "0.5", "--settle", "0", "--rate", "200", "--json")
        assert done.returncode == 0, done.stderr
        # Connections are gone when the server has heard of it.
        deadline = time.monotonic() + PATIENCE
        while counts and descriptors() > counts[0] and time.monotonic() < deadline:
            pass
        counts.append(descriptors())
    assert counts[1] <= counts[0] and counts[2] <= counts[0]
