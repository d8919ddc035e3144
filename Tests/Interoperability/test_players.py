"""ffmpeg, ffprobe and GStreamer watch our streams."""

import json
import re
import subprocess
import urllib.request

import pytest
from conftest import PATIENCE

FRAMES = 200


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_ffmpeg_decodes_200_frames_without_an_error_line(camera, transport):
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-rtsp_transport", transport, "-i", camera.stream(), "-map", "0:v",
         "-frames:v", str(FRAMES), "-f", "framecrc", "-"], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stderr == ""
    assert done.returncode == 0
    assert len([line for line in done.stdout.splitlines() if not line.startswith("#")]) == FRAMES


@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_ffprobe_sees_picture_and_sound_as_they_are(camera, transport):
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-rtsp_transport", transport, "-show_streams", "-of", "json", camera.stream()],
        capture_output=True, text=True, timeout=PATIENCE)
    assert done.stderr == ""
    streams = {stream["codec_type"]: stream for stream in json.loads(done.stdout)["streams"]}
    assert (streams["video"]["codec_name"], streams["video"]["width"], streams["video"]["height"]) == ("h264", 1280, 720)
    assert streams["video"]["avg_frame_rate"] == "25/1"
    assert streams["audio"]["codec_name"] == "aac"


@pytest.mark.parametrize("protocol", ["tcp", "udp"])
def test_gstreamer_plays_to_the_end_that_we_ask_for(camera, protocol):
    done = subprocess.run(
        ["gst-launch-1.0", "rtspsrc", f"location={camera.streams[1]}", f"user-id={camera.user}",
         f"user-pw={camera.password}", f"protocols={protocol}", "!", "rtph264depay", "!", "h264parse", "!",
         "avdec_h264", "!", "fakesink", "num-buffers=100", "silent=false", "-v"],
        capture_output=True, text=True, timeout=PATIENCE)
    assert gstreamer_is_content(done), done.stderr
    assert len(re.findall(r"chain .*bytes", done.stdout)) >= 100
    assert "width=(int)640, height=(int)360" in done.stdout


def frames_by_ffmpeg(address, *options):
    """Decodes 200 frames; neither ffmpeg nor we may have anything to say about it."""
    done = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", *options, "-i", address, "-map", "0:v", "-frames:v", str(FRAMES),
         "-f", "framecrc", "-"], capture_output=True, text=True, timeout=PATIENCE)
    assert done.stderr == ""
    assert done.returncode == 0
    return len([line for line in done.stdout.splitlines() if not line.startswith("#")])


def with_credentials(camera, address):
    return address.replace("://", f"://{camera.user}:{camera.password}@")


def test_ffmpeg_watches_through_the_web_port(camera):
    address = with_credentials(camera, camera.on_web_port("rtsp"))
    assert frames_by_ffmpeg(address, "-rtsp_transport", "http") == FRAMES


def test_ffmpeg_watches_through_https(secure_camera):
    address = with_credentials(secure_camera, secure_camera.on_web_port("rtspsh").replace("rtspsh://", "rtsp://"))
    assert frames_by_ffmpeg(address, "-rtsp_transport", "https") == FRAMES


def test_ffmpeg_watches_over_rtsps(secure_camera):
    assert frames_by_ffmpeg(with_credentials(secure_camera, secure_camera.secure_streams[0])) == FRAMES


def gstreamer_is_content(done):
    """Whether GStreamer ended without a fault, or with one of its own.

    GStreamer 1.22 goes from PAUSE to CLOSE without waiting and may flush its own PAUSE away ("gst_rtspsrc_pause (): Could
    not send message. (Received end-of-file)"), after all was seen and on a connection that lives on.
    """
    places = re.findall(r"^\S+gstrtspsrc\.c\(\d+\): (\w+) \(\)", done.stderr, re.MULTILINE)
    is_own_race = "gst_rtspsrc_pause" in places and set(places) <= {"gst_rtspsrc_pause", "gst_rtspsrc_try_send"}
    return is_own_race or (done.returncode == 0 and "ERROR" not in done.stdout + done.stderr)


@pytest.mark.parametrize("scheme", ["rtsph", "rtspsh", "rtsps"])
def test_gstreamer_watches_through_http_and_tls(secure_camera, scheme):
    camera = secure_camera
    address = camera.secure_streams[1] if scheme == "rtsps" else camera.on_web_port(scheme, 1)
    done = subprocess.run(
        ["gst-launch-1.0", "rtspsrc", f"location={address}", f"user-id={camera.user}", f"user-pw={camera.password}",
         "tls-validation-flags=0", "!", "rtph264depay", "!", "h264parse", "!", "avdec_h264", "!", "fakesink",
         "num-buffers=100", "silent=false", "-v"], capture_output=True, text=True, timeout=PATIENCE)
    assert gstreamer_is_content(done), done.stderr
    assert "Got EOS" in done.stdout
    assert len(re.findall(r"chain .*bytes", done.stdout)) >= 100


@pytest.mark.parametrize("protocol", ["tcp", "udp"])
def test_gstreamer_watches_srtp(secure_camera, protocol):
    camera = secure_camera
    done = subprocess.run(
        ["gst-launch-1.0", "rtspsrc", f"location={camera.secure_streams[1]}?no-mki", f"user-id={camera.user}",
         f"user-pw={camera.password}", f"protocols={protocol}", "tls-validation-flags=0", "!", "rtph264depay", "!",
         "h264parse", "!", "avdec_h264", "!", "fakesink", "num-buffers=100", "silent=false", "-v"],
        capture_output=True, text=True, timeout=PATIENCE)
    assert gstreamer_is_content(done), done.stderr
    assert "Got EOS" in done.stdout
    assert len(re.findall(r"chain .*bytes", done.stdout)) >= 100
    assert "application/x-srtp" in done.stdout


def test_ffmpeg_watches_srtp_with_the_key_of_the_description(secure_camera):
    assert frames_by_ffmpeg(with_credentials(secure_camera, secure_camera.secure_streams[0]) + "?sdes") == FRAMES


def test_wrong_password_sees_nothing_through_the_web_port(camera):
    address = with_credentials(camera, camera.on_web_port("rtsp")).replace(camera.password, "wrong")
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-rtsp_transport", "http", address], capture_output=True, text=True,
        timeout=PATIENCE)
    assert done.returncode != 0
    assert "401" in done.stderr


def test_wrong_password_sees_nothing(camera):
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-rtsp_transport", "tcp", camera.stream().replace(camera.password, "wrong")],
        capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode != 0
    assert "401" in done.stderr


def test_snapshot_by_digest_is_a_picture_of_the_stream(camera, tmp_path):
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, camera.snapshots[0], camera.user, camera.password)
    opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords))
    picture = tmp_path / "snapshot.jpg"
    picture.write_bytes(opener.open(camera.snapshots[0], timeout=PATIENCE).read())
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0", picture],
        capture_output=True, text=True, timeout=PATIENCE)
    assert done.stdout.strip() == "mjpeg,1280,720"
