"""A PTZ camera whose view is cut from a panorama looks where it says, all around, at the poles and at the seam."""

import subprocess

import numpy
import pytest
import yaml

import views
from conftest import ROOT

FIELD = 62.0
SIZE = (320, 180)
ZOOMS = (1.0, 30.0)
SPHERE = (1440, 720)


# What a claim of 0.1 degrees and 1 pixel is in pixels of the middle of the picture.
def tolerance(zoom=1.0):
    return 1 + 0.1 * numpy.radians(1) * views.focal_length(SIZE[0], FIELD, zoom)


def texture():
    """Waves through space, seen on a sphere: alike in all directions, without a seam and without poles."""
    chance = numpy.random.default_rng(7)
    width, height = SPHERE
    longitude = numpy.radians((numpy.arange(width) + 0.5) / width * 360 - 180, dtype=numpy.float32)
    latitude = numpy.radians(90 - (numpy.arange(height) + 0.5) / height * 180, dtype=numpy.float32)
    level = numpy.cos(latitude)[:, None]
    points = numpy.stack(
        [level * numpy.sin(longitude), numpy.sin(latitude)[:, None] + 0 * longitude, level * numpy.cos(longitude)])
    total = numpy.zeros((height, width), numpy.float32)
    for _ in range(90):
        wave = chance.normal(size=3)
        wave *= chance.uniform(40, 130) / numpy.linalg.norm(wave)
        total += numpy.cos(numpy.tensordot(wave.astype(numpy.float32), points, 1) + chance.uniform(0, 7))
    return numpy.clip(126 + 40 * total / total.std(), 16, 235).astype(numpy.uint8)


@pytest.fixture(scope="module")
def panorama(tmp_path_factory):
    folder = tmp_path_factory.mktemp("panorama")
    image = texture()
    chroma = bytes([128]) * (SPHERE[0] * SPHERE[1] // 2)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{SPHERE[0]}x{SPHERE[1]}", "-r", "25",
         "-i", "-", "-c:v", "libx264", "-crf", "8", "-bf", "0", "-g", "25", folder / "panorama.mp4"],
        input=(image.tobytes() + chroma) * 25, check=True)
    return folder, image.astype(float)


@pytest.fixture
def head(panorama, served):
    folder, _ = panorama
    profile = yaml.safe_load((ROOT / "Profiles/ptz-dome.yaml").read_text())
    for key in ["recordings", "world", "audio", "events", "imaging"]:
        profile.pop(key, None)
    profile["panorama"] = {
        "clip": "panorama.mp4", "horizontal": 360, "top": 90, "bottom": -90, "width": SIZE[0], "height": SIZE[1]}
    profile["ptz"]["tilt"] = {"from": -90, "to": 90, "speed": 500}
    profile["ptz"]["pan"]["speed"] = 500
    profile["ptz"]["zoom"] = {"from": ZOOMS[0], "to": ZOOMS[1], "speed": 10}
    profile["ptz"]["field-of-view"] = FIELD
    (folder / "ptz.yaml").write_text(yaml.safe_dump(profile))
    devices, _ = served(folder / "ptz.yaml")
    return views.Head(devices[0], ZOOMS)


# Once around at the horizon and through the seam, then over the poles.
AROUND = [(pan if pan <= 180 else pan - 360, 0.0, 1.0) for pan in range(0, 361, 40)]
POLES = [(25.0, tilt, 1.0) for tilt in (40.0, 58.0, 75.0, 90.0)] + [(-155.0, 76.0, 1.0), (-155.0, 60.0, 1.0)]
BELOW = [(100.0, tilt, 1.0) for tilt in (-40.0, -58.0, -76.0, -90.0)] + [(170.0, -85.0, 1.0), (-170.0, -68.0, 1.0)]
CLOSER = [(179.0, 10.0, 3.0), (-178.5, 12.0, 3.0), (-176.0, 12.5, 3.5)]


@pytest.mark.parametrize("poses", [AROUND, POLES, BELOW, CLOSER], ids=["around", "zenith", "nadir", "closer"])
def test_a_commanded_move_is_seen_as_it_was_commanded(head, poses):
    frames = []
    for pose in poses:
        head.look(*pose)
        frames.append(head.frame(size=SIZE))
    steps = list(zip(frames, poses, frames[1:], poses[1:]))
    errors = [views.disagreement(*step, FIELD) for step in steps]
    for step, error in zip(steps, errors):
        print(step[1], step[3], f"{error:.3f} px of {tolerance(step[3][2]):.3f}")
    assert all(error <= tolerance(step[3][2]) for step, error in zip(steps, errors))
    # A head that says half a degree more than it shows does not pass.
    liars = [(pan, tilt + (0.5 if tilt <= 0 else -0.5), zoom) for pan, tilt, zoom in poses[1:]]
    for (before, pose, after, _), lie in zip(steps, liars):
        assert views.disagreement(before, pose, after, lie, FIELD) > tolerance(lie[2])


def test_every_view_is_the_part_of_the_sphere_that_the_head_names(head, panorama):
    _, image = panorama
    height, width = image.shape
    for pose in [(0, 0, 1), (180, 0, 1), (-180, 20, 1), (-90, -45, 1), (90, 89, 1), (35, -90, 1), (10.5, -3.25, 6)]:
        head.look(*pose)
        frame = head.frame(size=SIZE)
        ray = views.directions(pose, SIZE, FIELD)
        longitude = numpy.degrees(numpy.arctan2(ray[..., 0], ray[..., 2]))
        latitude = numpy.degrees(numpy.arctan2(ray[..., 1], numpy.hypot(ray[..., 0], ray[..., 2])))
        expected = views.sample(
            image, (longitude + 180) / 360 * width - 0.5, (90 - latitude) / 180 * height - 0.5, wraps=True)
        error = numpy.hypot(*views.shift(expected, frame))
        print(pose, f"{error:.3f} px, {numpy.abs(expected - frame).mean():.2f} steps of luma")
        assert error <= tolerance(pose[2])
        assert numpy.abs(expected - frame).mean() < 12
        # No mirror: a turned or mirrored picture has little in common with what is expected.
        assert numpy.abs(expected[:, ::-1] - frame).mean() > 25
