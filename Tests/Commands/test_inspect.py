"""`glasseye inspect --stream` against our own cameras, sound and with a flaw."""

import json

import pytest

from test_serve_and_test import served  # noqa: F401 (a fixture)


def inspect(glasseye, url, *arguments):
    done = glasseye("inspect", url, "--stream", "--for", "4s", "--json", *arguments)
    return done, json.loads(done.stdout)


def test_streams_of_a_device_are_compared_with_their_configuration(served, glasseye):  # noqa: F811
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


@pytest.mark.parametrize("transport", ["udp", "tcp", "multicast", "http", "ws"])
def test_a_stream_comes_over_each_transport(served, glasseye, transport):  # noqa: F811
    devices, _ = served("Profiles/fixed-box.yaml")
    done, document = inspect(glasseye, devices[0]["deviceService"], "--transport", transport, "--interface", "127.0.0.1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(stream["media"][0]["figures"]["frames"] > 50 for stream in document["streams"])


@pytest.mark.parametrize("mutant,kind", [
    ("rtspSendsGarbledPictures", "decoding"), ("rtspSendsBrokenPackets", "malformedRTP"),
    ("rtspStreamIsSilent", "silence"), ("rtspHangsUp", "hungUp"), ("rtspRefusesTeardown", "teardown"),
])
def test_a_flaw_is_found(served, glasseye, mutant, kind):  # noqa: F811
    devices, _ = served("Profiles/fixed-box.yaml", "--mutant", mutant)
    done, document = inspect(glasseye, devices[0]["streams"][0])
    stream = document["streams"][0]
    findings = stream["findings"] + [finding for media in stream["media"] for finding in media["findings"]]
    assert kind in {finding["kind"] for finding in findings if finding["severity"] == "error"}
    assert done.returncode == 1


def test_people_get_a_table_and_sentences(served, glasseye):  # noqa: F811
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
