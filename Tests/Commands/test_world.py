"""A PTZ camera in a drawn world: it looks where it says, the right way round, and its lens brings detail near."""

import numpy
import pytest
import yaml

import views
from conftest import ROOT

FIELD = 62.0
SIZE = (320, 180)
ZOOMS = (1.0, 30.0)
CHART = ROOT / "Recordings/chart/scene.yaml"


def camera(scene, folder, name="dome"):
    """The profile of a small camera in a scene, both written to files; what the scene's own camera is stays."""
    folder.mkdir(parents=True, exist_ok=True)
    dome = next(one for one in scene["cameras"] if one["name"] == name)
    dome["width"], dome["height"] = SIZE
    (folder / "scene.yaml").write_text(yaml.safe_dump(scene, sort_keys=False))
    profile = yaml.safe_load((ROOT / "Profiles/ptz-dome.yaml").read_text())
    for key in ["recordings", "audio", "events", "imaging"]:
        profile.pop(key, None)
    profile["world"] = {"scene": "scene.yaml", "camera": name}
    profile["ptz"] = {
        "pan": {"from": -180, "to": 180, "speed": 500}, "tilt": {"from": -90, "to": 90, "speed": 500},
        "zoom": {"from": ZOOMS[0], "to": ZOOMS[1], "speed": 10}, "field-of-view": FIELD}
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(profile, sort_keys=False))
    return path


def tolerance(zoom=1.0):
    """0.1 degrees and 1 pixel, in pixels of the middle of the picture."""
    return 1 + 0.1 * numpy.radians(1) * views.focal_length(SIZE[0], FIELD, zoom)


@pytest.fixture
def chart(served, tmp_path):
    devices, _ = served(camera(yaml.safe_load(CHART.read_text()), tmp_path))
    return views.Head(devices[0], ZOOMS)


AROUND = [(pan if pan <= 180 else pan - 360, 8.0, 1.0) for pan in range(0, 361, 40)]
UP = [(20.0, tilt, 1.0) for tilt in (8.0, 26.0, 44.0, 62.0, 78.0, 90.0)] + [(-160.0, 76.0, 1.0)]


@pytest.mark.parametrize("poses", [AROUND, UP], ids=["around", "zenith"])
def test_a_commanded_move_is_seen_as_it_was_commanded(chart, poses):
    frames = []
    for pose in poses:
        chart.look(*pose)
        frames.append(chart.frame(size=SIZE))
    for before, pose, after, to_pose in zip(frames, poses, frames[1:], poses[1:]):
        error = views.disagreement(before, pose, after, to_pose, FIELD)
        print(pose, to_pose, f"{error:.3f} px of {tolerance():.3f}")
        assert error <= tolerance()
        lie = (to_pose[0], to_pose[1] + (0.5 if to_pose[1] < 45 else -0.5), to_pose[2])
        assert views.disagreement(before, pose, after, lie, FIELD) > tolerance()


def test_the_chart_moves_left_and_down_and_grows_and_is_no_mirror_image(chart):
    chart.look(0, 0)
    before = chart.frame(size=SIZE)
    focal = views.focal_length(SIZE[0], FIELD)
    chart.look(3, 0)
    right, _ = views.shift(before, chart.frame(size=SIZE))
    assert right == pytest.approx(-focal * numpy.tan(numpy.radians(3)), abs=tolerance())
    chart.look(0, 3)
    _, down = views.shift(before, chart.frame(size=SIZE))
    assert down == pytest.approx(focal * numpy.tan(numpy.radians(3)), abs=tolerance())
    chart.look(0, 0, 3)
    near = chart.frame(size=SIZE)
    # The wide picture enlarged by the factor, and by others.
    alike = {}
    for factor in (2.7, 3.0, 3.3, -3.0):
        x, y = numpy.meshgrid(numpy.arange(SIZE[0]) + 0.5 - SIZE[0] / 2, numpy.arange(SIZE[1]) + 0.5 - SIZE[1] / 2)
        enlarged = views.sample(
            before, x / factor + SIZE[0] / 2 - 0.5, y / abs(factor) + SIZE[1] / 2 - 0.5)
        alike[factor] = numpy.corrcoef(enlarged.ravel(), near.ravel())[0, 1]
    print(alike)
    assert max(alike, key=alike.get) == 3.0
    assert alike[3.0] > 0.8 and alike[3.0] > alike[-3.0] + 0.2


def test_stream_snapshot_and_both_profiles_show_the_same(chart):
    chart.look(75, 10)
    main, still = chart.frame(size=SIZE), chart.snapshot(size=SIZE)
    assert numpy.hypot(*views.shift(main, still)) < 0.2
    assert numpy.abs(main - still).mean() < 6
    sub = chart.frame(1, size=(SIZE[0] // 2, SIZE[1] // 2))
    halved = main.reshape(SIZE[1] // 2, 2, SIZE[0] // 2, 2).mean(axis=(1, 3))
    assert numpy.hypot(*views.shift(halved, sub)) < 0.5


def test_a_plate_that_cannot_be_read_at_1x_can_be_read_at_20x(served, tmp_path):
    """Two worlds that differ in one plate look the same at 1x; at 20x they do not."""
    heads = []
    for name, plate in [("one", "EEEEEEE"), ("other", "TTTTTTT")]:
        scene = yaml.safe_load(CHART.read_text())
        for key in ["charts", "signs", "ceilings", "buildings"]:
            scene.pop(key, None)
        scene["vehicles"] = [
            {"name": "car", "kind": "car", "color": "#3E6FA8", "plate": plate, "from": [0, 28], "start": -5,
             "course": [{"go": [0, 25], "speed": 10}, {"stay": 60}]}]
        scene["cameras"][0]["position"] = [0, 1, 0]
        heads.append(camera(scene, tmp_path / name))
    devices, _ = served(*heads)
    heads = [views.Head(device, ZOOMS) for device in devices]
    differences = {}
    for zoom in (1, 20):
        pictures = []
        for head in heads:
            head.look(0, -1.2, zoom)
            pictures.append(head.frame(size=SIZE))
        differences[zoom] = numpy.abs(pictures[0] - pictures[1])
    seen = {zoom: int((difference > 40).sum()) for zoom, difference in differences.items()}
    print(seen, {zoom: difference.max() for zoom, difference in differences.items()})
    assert seen[1] == 0 and seen[20] > 100
