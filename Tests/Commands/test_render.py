"""`glasseye render`: clips of scenes, and the truth that goes with them."""

import gzip
import json
import pathlib
import re
import signal
import subprocess

import jsonschema
import pytest

from conftest import BINARY, ROOT

SCENES = sorted(path.parent.name for path in ROOT.glob("Recordings/*/scene.yaml"))
# The chart is for tests that draw it themselves.
RECORDED = [scene for scene in SCENES if scene != "chart"]
SCHEMAS = {name: json.loads((ROOT / f"docs/truth-{name}.schema.json").read_text()) for name in ("frame", "event")}


def cameras(glasseye, scene):
    done = glasseye("render", scene, "--list")
    assert done.returncode == 0, done.stderr
    return [line.split()[0] for line in done.stdout.splitlines()[3:]]


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="session")
def short(tmp_path_factory):
    """A second of the first scene, small, with everything that goes with it."""
    folder = tmp_path_factory.mktemp("clip")
    listed = subprocess.run([BINARY, "render", SCENES[0], "--list"], capture_output=True, text=True, cwd=ROOT, check=True)
    camera = listed.stdout.splitlines()[3].split()[0]
    arguments = ["render", SCENES[0], "--camera", camera, "--start", "8", "--seconds", "1", "--size", "640x360"]
    done = subprocess.run(
        [BINARY, *arguments, "--out", folder / "clip.mp4", "--poster", folder / "clip.jpg", "--json"],
        capture_output=True, text=True, cwd=ROOT, check=True)
    return folder, arguments, json.loads(done.stdout)


def test_a_clip_plays(short):
    folder, _, result = short
    probe = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", folder / "clip.mp4"],
        capture_output=True, text=True, check=True)
    video, sound = json.loads(probe.stdout)["streams"]
    assert (video["codec_name"], video["width"], video["height"]) == ("h264", 640, 360)
    assert int(video["nb_read_frames"]) == result["frames"] == 25
    assert video["has_b_frames"] == 0
    assert (sound["codec_name"], sound["sample_rate"], sound["channels"]) == ("aac", "16000", 1)
    decoded = subprocess.run(
        ["ffmpeg", "-v", "warning", "-i", folder / "clip.mp4", "-f", "null", "-"], capture_output=True, text=True)
    assert (decoded.returncode, decoded.stderr) == (0, "")


def test_each_kind_of_truth_is_there(short):
    folder, _, result = short
    names = ["clip.clip.json", "clip.events.jsonl", "clip.gt.txt", "clip.jpg", "clip.metadata.xml", "clip.mp4",
             "clip.truth.jsonl"]
    assert sorted(files(folder)) == names
    assert sorted(pathlib.Path(file["name"]).name for file in result["files"]) == names
    frames = [json.loads(line) for line in (folder / "clip.truth.jsonl").read_text().splitlines()]
    assert [frame["f"] for frame in frames] == list(range(25))
    assert all(abs(frame["t"] - 8 - frame["f"] / 25) < 1e-6 for frame in frames)
    rows = [line.split(",") for line in (folder / "clip.gt.txt").read_text().splitlines()]
    assert [(int(row[0]) - 1, int(row[1])) for row in rows] == [
        (frame["f"], thing["id"]) for frame in frames for thing in frame["obj"]]
    assert (folder / "clip.metadata.xml").read_text().count("<tt:Frame ") == 25
    sheet = json.loads((folder / "clip.clip.json").read_text())
    assert (sheet["scene"], sheet["start"], sheet["frames"]) == (SCENES[0], 8, 25)


def test_the_same_scene_makes_the_same_bytes(short, glasseye, tmp_path):
    folder, arguments, _ = short
    done = glasseye(*arguments, "--out", tmp_path / "clip.mp4", "--poster", tmp_path / "clip.jpg")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path) == files(folder)


def test_compressed_truth_is_the_same(short, glasseye, tmp_path):
    folder, arguments, _ = short
    done = glasseye(*arguments, "--out", tmp_path / "clip.mp4", "--gzip")
    assert done.returncode == 0, done.stderr
    for name in ("clip.truth.jsonl", "clip.metadata.xml"):
        assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) == (folder / name).read_bytes()


def test_truth_may_lie_elsewhere_or_be_left_out(short, glasseye, tmp_path):
    _, arguments, _ = short
    (tmp_path / "clips").mkdir()
    (tmp_path / "truth").mkdir()
    glasseye(*arguments, "--out", tmp_path / "clips/a.mp4", "--truth", tmp_path / "truth", "--no-sound")
    glasseye(*arguments, "--out", tmp_path / "clips/b.mp4", "--no-truth", "--overlay")
    assert sorted(files(tmp_path / "clips")) == ["a.mp4", "b.mp4"]
    assert len(files(tmp_path / "truth")) == 5


@pytest.mark.parametrize("scene", RECORDED)
def test_what_recordings_tell_follows_the_schemas(scene):
    """Every line that is committed."""
    clips = sorted((ROOT / "Recordings" / scene).glob("*.mp4"))
    assert clips, "run Recordings/make"
    judges = {name: jsonschema.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}
    for clip in clips:
        frames = gzip.decompress(clip.with_suffix(".truth.jsonl.gz").read_bytes()).decode().splitlines()
        sheet = json.loads(clip.with_suffix(".clip.json").read_text())
        assert len(frames) == sheet["frames"]
        # Each line takes the judge some milliseconds: all keys come up in every fifth frame.
        for line in frames[::5]:
            judges["frame"].validate(json.loads(line))
        for line in clip.with_suffix(".events.jsonl").read_text().splitlines():
            judges["event"].validate(json.loads(line))
    broken = json.loads(frames[0]) | {"t": -1}
    assert list(judges["frame"].iter_errors(broken))


@pytest.mark.parametrize("arguments,code,words", [
    (["SCENE", "--camera", "CAMERA"], 64, "--out"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.avi"], 64, ".mp4"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--size", "641x360"], 64, "size"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--rate", "0"], 64, "1 to 120"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--seconds", "0"], 64, "more than 0"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--quality", "52"], 64, "51"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--panorama", "400:0:1"], 64, "panorama"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--no-truth", "--gzip"], 64, "--no-truth"),
    (["SCENE", "--camera", "nobody", "--out", "x.mp4"], 2, "CAMERA"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--start", "3000"], 2, "lasts"),
    (["no-such-scene", "--out", "x.mp4"], 2, "SCENE"),
    (["SCENE", "--camera", "CAMERA", "--out", "none/x.mp4"], 2, "none/x.mp4"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--truth", "none"], 2, "none: cannot be written"),
    (["SCENE", "--camera", "CAMERA", "--out", "x.mp4", "--poster", "none/x.jpg"], 2, "none: cannot be written"),
    (["README.md", "--out", "x.mp4"], 2, "README.md"),
])
def test_what_cannot_be_rendered_is_said(glasseye, tmp_path, arguments, code, words):
    known = {"SCENE": SCENES[0], "CAMERA": cameras(glasseye, SCENES[0])[0]}
    place = {name: tmp_path / name for name in ("x.mp4", "x.avi", "none/x.mp4", "none/x.jpg", "none")}
    done = glasseye("render", *[known.get(word, place.get(word, word)) for word in arguments])
    assert done.returncode == code, done.stderr
    assert known.get(words, words) in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_clip_that_was_stopped(glasseye, tmp_path):
    camera = cameras(glasseye, SCENES[0])[0]
    command = [BINARY, "render", SCENES[0], "--camera", camera, "--out", tmp_path / "x.mp4"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    # Until it has begun to write.
    while not list(tmp_path.iterdir()):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "nothing was written" in errors
    assert list(tmp_path.iterdir()) == []


def test_a_panorama_tells_profiles_of_itself(glasseye, tmp_path):
    camera = cameras(glasseye, SCENES[0])[0]
    done = glasseye("render", SCENES[0], "--camera", camera, "--seconds", "0.2", "--size", "720x180",
                    "--panorama", "360:-60:30", "--out", tmp_path / "all.mp4")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "all.panorama.yaml").read_text()
    assert re.findall(r"^  (\w+): (.*)$", text, re.M) == [
        ("clip", "all.mp4"), ("horizontal", "360.0"), ("top", "30.0"), ("bottom", "-60.0")]
