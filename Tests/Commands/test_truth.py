"""Truth against the pictures of finished clips: they may not drift apart.

ffmpeg decodes frames of a committed clip, and of the same moments without anything that moves. Where the two differ, something
is seen: its edges have to be those of the visible box that truth has there. Shadows lie on the ground, so that only the
upper part of a box says where it ends to the left and right.
"""

import gzip
import json
import subprocess

import pytest

from conftest import BINARY, ROOT

CLIPS = sorted(path for path in ROOT.glob("Recordings/*/*.mp4"))
# Pixels that an edge may be off: codec and rounding.
TOLERANCE = 2
# Steps of luma and chroma from which a pixel counts as changed: within a box, where a foot may hardly differ from the ground, and
# beyond it, where coding leaves traces; and how many such pixels are something.
WITHIN, BEYOND = (20, 11, 2), (36, 18, 10)
# Pixels around a box in which nobody else may be, and which are looked at.
MARGIN = 12
# Pixels; smaller ones have no clear edges after coding.
SMALLEST = 60
# Part of a box, from above, that shadows do not reach.
UPPER = 0.6
# Objects of a clip that are looked at, at least and at most.
ENOUGH, PLENTY = 8, 60
# Parts of them that agree: of truth at least; and of those, with truth that is a little off or of two frames later, at most.
TRUE, OFF, LATE = 0.8, 0.75, 0.5


class Picture:
    def __init__(self, data, width, height):
        self.width, self.height = width, height
        chroma = width // 2 * (height // 2)
        self.luma = data[:width * height]
        self.blue = data[width * height:width * height + chroma]
        self.red = data[width * height + chroma:]

    def difference(self, other, x, y):
        """Steps of luma, and of the chroma that differs more."""
        at = y * self.width + x
        chroma = y // 2 * (self.width // 2) + x // 2
        return (abs(self.luma[at] - other.luma[at]),
                max(abs(self.blue[chroma] - other.blue[chroma]), abs(self.red[chroma] - other.red[chroma])))


def pictures(file, width, height, choose):
    """Decoded by ffmpeg."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", file, "-vf", f"select='{choose}'", "-vsync", "0", "-f", "rawvideo", "-pix_fmt",
         "yuv420p", "-"], capture_output=True, check=True)
    size = width * height * 3 // 2
    return [Picture(done.stdout[at:at + size], width, height) for at in range(0, len(done.stdout), size)]


def apart(box, others):
    """Whether nobody else is near."""
    x, y, width, height = box
    return all(ox > x + width + MARGIN or ox + ow < x - MARGIN or oy > y + height + MARGIN or oy + oh < y - MARGIN
               for ox, oy, ow, oh in others)


class Region:
    """Where the picture differs from the background, around a box."""

    def __init__(self, picture, background, box):
        x, y, width, height = box
        self.left, self.top = max(0, int(x) - MARGIN), max(0, int(y) - MARGIN)
        self.right = min(picture.width, int(x + width) + MARGIN)
        self.bottom = min(picture.height, int(y + height) + MARGIN)
        self.rows = [[picture.difference(background, column, row) for column in range(self.left, self.right)]
                     for row in range(self.top, self.bottom)]

    def has(self, change, left, top, right, bottom):
        """Whether enough changed pixels lie between these edges."""
        luma, chroma, least = change
        columns = slice(max(0, round(left) - self.left), max(0, round(right) - self.left))
        rows = self.rows[max(0, round(top) - self.top):max(0, round(bottom) - self.top)]
        return sum(y > luma or c > chroma for row in rows for y, c in row[columns]) >= least

    def agrees(self, box):
        """Something is seen just within each edge, and nothing beyond it."""
        x, y, width, height = box
        upper = y + height * UPPER
        edge = TOLERANCE + 1
        return (self.has(WITHIN, x, y, x + width, y + edge)
                and self.has(WITHIN, x, y, x + edge, y + height)
                and self.has(WITHIN, x + width - edge, y, x + width, y + height)
                and not self.has(BEYOND, x, self.top, x + width, y - TOLERANCE)
                and not self.has(BEYOND, self.left, y, x - TOLERANCE, upper)
                and not self.has(BEYOND, x + width + TOLERANCE, y, self.right, upper))


def candidates(frame, width, height):
    """Whoever is seen whole and alone."""
    boxes = [(thing["id"], thing.get("parent"), thing["box"]) for thing in frame["obj"]]
    for thing in frame["obj"]:
        if "vbox" not in thing or thing["vis"] < 0.97 or thing["cut"] > 0 or "parent" in thing:
            continue
        x, y, w, h = thing["vbox"]
        if h < SMALLEST or w < SMALLEST / 4 or x < MARGIN or y < MARGIN or x + w > width - MARGIN or y + h > height - MARGIN:
            continue
        if apart((x, y, w, h), [box for id, parent, box in boxes if thing["id"] not in (id, parent)]):
            yield thing


def head(clip):
    """Where the head of the dome looks at home, as Recordings/make has it; the other cameras are fixed."""
    return ["--tilt=-14"] if clip.stem.startswith("dome") else []


@pytest.fixture(scope="module", params=CLIPS, ids=lambda clip: f"{clip.parent.name}-{clip.stem}")
def samples(request, tmp_path_factory):
    """Regions of a clip with the box that truth has there, and the box of two frames later."""
    clip = request.param
    sheet = json.loads(clip.with_suffix(".clip.json").read_text())
    frames = [json.loads(line) for line in gzip.decompress(clip.with_suffix(".truth.jsonl.gz").read_bytes()).splitlines()]
    width, height, rate = sheet["width"], sheet["height"], sheet["rate"]
    background = tmp_path_factory.mktemp("background") / "empty.mp4"
    subprocess.run(
        [BINARY, "render", clip.parent / "scene.yaml", "--camera", sheet["camera"], "--empty", "--rate", "1",
         "--no-truth", "--no-sound", "--quality", "8", "--size", f"{width}x{height}", *head(clip), "--out", background],
        check=True, capture_output=True)
    empty = pictures(background, width, height, "1")
    seen = pictures(clip, width, height, f"not(mod(n,{rate}))")
    assert len(empty) == len(seen)
    found = []
    for second, (picture, still) in enumerate(zip(seen, empty)):
        frame = frames[second * rate]
        later = {thing["id"]: thing.get("vbox") for thing in frames[min(second * rate + 2, len(frames) - 1)]["obj"]}
        for thing in candidates(frame, width, height):
            found.append((Region(picture, still, thing["vbox"]), thing["vbox"], later.get(thing["id"])))
    if not any(frame["obj"] for frame in frames):
        pytest.skip("nobody is there")
    step = max(1, len(found) // PLENTY)
    return found[::step]


def share(samples, box_of):
    return sum(region.agrees(box_of(box, later)) for region, box, later in samples) / len(samples)


def test_what_truth_says_is_where_the_picture_has_it(samples):
    if len(samples) < ENOUGH:
        pytest.skip(f"only {len(samples)} are seen whole and alone")
    right = share(samples, lambda box, _: box)
    assert right >= TRUE
    # The same measure finds truth that is a little off.
    for dx, dy in ((5, 0), (-5, 0), (0, 5), (0, -5)):
        assert share(samples, lambda box, _: [box[0] + dx, box[1] + dy, *box[2:]]) <= OFF * right, (dx, dy)


def test_the_measure_finds_truth_of_two_frames_later(samples):
    moving = [sample for sample in samples if sample[2] and abs(sample[1][0] - sample[2][0]) > 2 * TOLERANCE]
    if len(moving) < ENOUGH:
        pytest.skip(f"only {len(moving)} move across the picture")
    assert share(moving, lambda _, later: later) <= LATE


def test_there_is_something_to_measure():
    """Not every clip may be skipped."""
    measured = 0
    for clip in CLIPS:
        sheet = json.loads(clip.with_suffix(".clip.json").read_text())
        lines = gzip.decompress(clip.with_suffix(".truth.jsonl.gz").read_bytes()).splitlines()
        found = [thing for line in lines[::sheet["rate"]]
                 for thing in candidates(json.loads(line), sheet["width"], sheet["height"])]
        measured += len(found) >= ENOUGH
    assert measured >= 3
