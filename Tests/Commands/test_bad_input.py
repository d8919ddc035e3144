"""Bad input: one clear message (where, what, how to mend it), exit code 2, nothing half started."""

import re
import socket
import subprocess

import pytest

from conftest import ROOT

DOME = ROOT / "Profiles/ptz-dome.yaml"
FREE = ["--http-port", "0", "--rtsp-port", "0", "--no-discovery"]


def refused(done, *words):
    """Exit code 2 and one message with these words; nothing on standard output, no stack trace."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


def changed(tmp_path, pattern, replacement):
    """The dome's profile with one place changed, its recordings still found.

    Returns the file and how a message names the place.
    """
    text = DOME.read_text().replace("../Recordings", str(ROOT / "Recordings"))
    place = re.search(pattern, text, flags=re.M)
    assert place, pattern
    profile = tmp_path / "changed.yaml"
    profile.write_text(text[: place.start()] + replacement + text[place.end() :])
    return profile, f"changed.yaml, line {text[: place.start()].count(chr(10)) + 1}"


def test_no_password(glasseye):
    refused(glasseye("serve", DOME, *FREE, password=None), "no password", "--password", "GLASSEYE_PASSWORD")


def test_profile_missing(glasseye):
    refused(glasseye("serve", "Profiles/nowhere.yaml", *FREE), "Profiles/nowhere.yaml", "no such device profile")


@pytest.mark.parametrize("pattern,replacement,words", [
    (r"^claims:.*", "claims: [S, X]", ['"X"', "S, T"]),
    (r"^firmware:.*", "firmwear: 1", ['unknown key "firmwear"', "firmware"]),
    (r"presets: 300", "presets: many", ['"presets" is "many"', "whole number from 0 to 1000"]),
    (r"zoom: \{ from: 1, to: 30", "zoom: { from: 30, to: 1", ['"to"', 'above "from"']),
    (r"^ptz:.*(\n  .*)+", "ptz: yes please", ['"ptz"', "keys pan, tilt"]),
    (r"brightness: \[0, 100\]", "brightness: [100, 0]", ["the lesser first"]),
])
def test_mistakes_in_a_profile(glasseye, tmp_path, pattern, replacement, words):
    profile, place = changed(tmp_path, pattern, replacement)
    refused(glasseye("serve", profile, *FREE), place, *words)


def test_a_key_too_few(glasseye, tmp_path):
    profile, _ = changed(tmp_path, r"^model:.*\n", "")
    refused(glasseye("serve", profile, *FREE), "changed.yaml, line ", '"model" is missing')


def test_a_profile_that_is_no_yaml(glasseye, tmp_path):
    profile, _ = changed(tmp_path, r"^name: ", "name: [")
    refused(glasseye("serve", profile, *FREE), "changed.yaml, line ", "not YAML")


def test_recording_missing(glasseye, tmp_path):
    profile, place = changed(tmp_path, r"dome-360p", "no-such-clip")
    refused(glasseye("serve", profile, *FREE), place, "no-such-clip.mp4", "no such file")


def test_recording_is_no_media_file(glasseye):
    refused(glasseye("serve", DOME, *FREE, "--recording", "Package.swift"), "--recording: Package.swift", "cannot be read")


def test_recording_of_an_unsupported_codec(glasseye, tmp_path):
    clip = tmp_path / "clip.mkv"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=160x120", "-c:v", "mpeg2video", clip], check=True)
    refused(glasseye("serve", DOME, *FREE, "--recording", clip), "mpeg2video", "ffmpeg ")


@pytest.mark.parametrize("option", ["--http-port", "--rtsp-port"])
def test_port_in_use(glasseye, tmp_path, option):
    ready = tmp_path / "ready.json"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ports = {"--http-port": "0", "--rtsp-port": "0", option: str(port)}
        done = glasseye("serve", DOME, "--no-discovery", "--ready-file", ready, *sum(map(list, ports.items()), []))
    refused(done, f"127.0.0.1:{port}", "in use", "another port")
    assert not ready.exists()


def test_address_of_another_machine(glasseye):
    refused(glasseye("serve", DOME, *FREE, "--address", "203.0.113.7"), "203.0.113.7", "cannot listen")


def test_ready_file_that_cannot_be_written(glasseye, tmp_path):
    refused(glasseye("serve", DOME, *FREE, "--ready-file", tmp_path / "no/folder/r.json"), "r.json", "cannot be written")


def test_unknown_mutant(glasseye):
    refused(glasseye("serve", DOME, *FREE, "--mutant", "isPerfect"), 'no mutant "isPerfect"')


@pytest.mark.parametrize("arguments", [
    ["serve"], ["serve", DOME, "--http-port", "70000"], ["serve", DOME, "--count", "0"], ["test"],
    ["test", "127.0.0.1", "--profile", "Z"], ["discover", "--wait", "-1"], ["report"], ["dance"],
])
def test_wrong_usage_is_exit_code_64(glasseye, arguments):
    assert glasseye(*arguments).returncode == 64


def test_device_out_of_reach(glasseye):
    done = glasseye("test", "127.0.0.1:9")
    assert done.returncode == 2
    assert "127.0.0.1:9: no connection" in done.stderr


def test_report_of_something_else(glasseye):
    refused(glasseye("report", "Package.swift"), "Package.swift", "no report")
    refused(glasseye("report", "nowhere.json"), "nowhere.json", "cannot be read")
