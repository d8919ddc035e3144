"""`glasseye score` against golden values, and against a second evaluator on cases drawn by seeds."""

import json
import random

import pytest

import second_evaluator
from conftest import ROOT

GOLDEN = ROOT / "Tests/ScoringTests/Fixtures/mot-golden"
TRACKING = sorted(path.parent for path in GOLDEN.glob("*/gt.txt"))
# Real numbers may differ by so much.
TOLERANCE = 1e-9
# What golden files tell beside what is scored.
BESIDE = {"case", "about", "optional_mot17_preprocessing", "not_the_answer_sum_of_cameras"}
SEEDS = range(1, 21)


def same(expected, found, path=""):
    """Whole numbers exactly, others nearly; keys of `found` may be more."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            if key not in BESIDE:
                assert key in found, f"{path}/{key} is missing"
                same(value, found[key], f"{path}/{key}")
    elif isinstance(expected, list):
        assert len(expected) == len(found), path
        for place, (one, other) in enumerate(zip(expected, found)):
            same(one, other, f"{path}[{place}]")
    elif isinstance(expected, float):
        assert isinstance(found, (int, float)) and abs(expected - found) <= TOLERANCE, f"{path}: {expected}, {found}"
    else:
        assert type(expected) is type(found) and expected == found, f"{path}: {expected}, {found}"


@pytest.fixture
def score(glasseye):
    def run(*arguments):
        done = glasseye("score", *arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def expected(case):
    return json.loads((GOLDEN / case / "expected.json").read_text())


@pytest.mark.parametrize("folder", TRACKING, ids=lambda folder: folder.name)
def test_a_golden_case_has_its_values(score, folder):
    found = score("--truth", folder / "gt.txt", "--tracks", folder / "tracker.txt")
    same(expected(folder.name), found)
    assert [key for key in expected(folder.name) if key in found] == list(found), "keys, and their order"


def test_cases_together_are_one_benchmark(score):
    wanted = json.loads((GOLDEN / "combined.json").read_text())
    found = score(*(argument for case in wanted["cases"] for argument in ("--case", GOLDEN / case)))
    assert found["cases"] == wanted["cases"]
    same(wanted, found)


def test_ids_of_cameras_are_global(score):
    wanted = expected("multicam")
    found = score("--cameras", GOLDEN / "multicam")
    same(wanted, found)
    assert found["joined"]["identity"]["IDF1"] < wanted["not_the_answer_sum_of_cameras"]["IDF1"] - 0.1


def test_open_set_identification_and_comparison_have_their_values(score):
    same(expected("openset"), score("--open-set", GOLDEN / "openset/scores.csv", "--comparisons",
                                    GOLDEN / "openset/comparisons.csv"))


def test_rows_on_distractors_go_where_the_benchmark_says_so(score):
    wanted = expected("ignore-distractor")["optional_mot17_preprocessing"]
    folder = GOLDEN / "ignore-distractor"
    found = score("--truth", folder / "gt.txt", "--tracks", folder / "tracker.txt", "--ignore", "mot17")
    wanted["hota"] = {"mean": wanted.pop("hota_mean")}
    same(wanted, found)


def drawn(seed, folder):
    """A sequence by chance: crowding, misses, clutter, exchanged ids, rows of flag 0, frames without rows."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    truth, tracks = [], []
    frames, people, width = chance.randint(1, 60), chance.randint(0, 9), chance.choice([150, 400, 1200])
    places = {one: [chance.uniform(0, width), chance.uniform(0, 300), chance.uniform(20, 60), chance.uniform(40, 120)]
              for one in range(people)}
    names = {one: chance.randint(0, 10 ** chance.randint(1, 9)) * 50 + one for one in places}
    miss, clutter, flip, jitter = (chance.choice([0, 0.1, 0.4]), chance.choice([0, 0.3]), chance.choice([0, 0.05, 0.2]),
                                   chance.choice([0, 2, 12]))
    dark = {frame for frame in range(frames + 1) if chance.random() < 0.1}
    blank = chance.choice(["", " "])
    for frame in range(1, frames + 1):
        if chance.random() < flip and people > 1:
            one, other = chance.sample(list(places), 2)
            names[one], names[other] = names[other], names[one]
        for one, box in places.items():
            box[0] += chance.gauss(0, 4)
            box[1] += chance.gauss(0, 2)
            if chance.random() < 0.9:
                flag = 0 if chance.random() < 0.05 else 1
                truth.append([frame, one + 1, *(f"{value:.3f}" for value in box), flag, 1, "1.0"])
            if frame not in dark and chance.random() >= miss:
                near = [value + chance.gauss(0, jitter) for value in box]
                near[2:] = [abs(value) + 1 for value in near[2:]]
                shown = [f"{value:.3f}" if chance.random() < 0.9 else f"{value:e}" for value in near]
                tracks.append([frame, names[one], *shown, f"{chance.random():.4f}", -1, -1, -1])
        if chance.random() < clutter:
            tracks.append([frame, -1 - frame % 3, f"{chance.uniform(0, width):.2f}", "50", "40", "90", "0.1", -1, -1, -1])
    for name, rows in (("gt.txt", truth), ("tracker.txt", tracks)):
        chance.shuffle(rows)
        text = "".join(("," + blank).join(map(str, row)) + "\n" for row in rows)
        (folder / name).write_text(text if chance.random() < 0.5 else text.rstrip("\n"))
    return folder


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drawn_case_has_the_values_of_the_second_evaluator(score, tmp_path, seed):
    folder = drawn(seed, tmp_path / "case")
    sequence = second_evaluator.Sequence.of(folder / "gt.txt", folder / "tracker.txt")
    found = score("--truth", folder / "gt.txt", "--tracks", folder / "tracker.txt")
    same({**sequence.counts(), **second_evaluator.score([sequence])}, found)


def test_drawn_cases_together_have_the_values_of_the_second_evaluator(score, tmp_path):
    folders = [drawn(seed, tmp_path / str(seed)) for seed in SEEDS]
    sequences = [second_evaluator.Sequence.of(folder / "gt.txt", folder / "tracker.txt") for folder in folders]
    same(second_evaluator.score(sequences),
         score(*(argument for folder in folders for argument in ("--case", folder))))


@pytest.mark.parametrize("seed", [100, 200, 300])
def test_drawn_cameras_have_the_values_of_the_second_evaluator(score, tmp_path, seed):
    for camera in (1, 2, 10):
        drawn(seed + camera, tmp_path / f"cam{camera}")
    same(second_evaluator.cameras(tmp_path), score("--cameras", tmp_path))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_drawn_searches_have_the_values_of_the_second_evaluator(score, tmp_path, seed):
    chance = random.Random(seed)
    lines = ["probe,mated,mate,candidates"]
    for probe in range(chance.randint(20, 400)):
        mate = f"g{chance.randrange(40)}" if probe % 3 == 0 else ""
        people = chance.sample(range(40), chance.choice([0, 1, 5, 30, 30, 30]))
        likes = {f"g{one}": round(chance.gauss(0.4, 0.1), 3) for one in people}
        if mate in likes:
            likes[mate] = round(chance.gauss(0.6, 0.15), 3)
        answer = sorted(likes.items(), key=lambda one: -one[1])
        lines.append(f"p{probe},{1 if mate else 0},{mate}," + " ".join(f"{name}:{value}" for name, value in answer))
    searches = tmp_path / "scores.csv"
    searches.write_text("\n".join(lines) + "\n")
    pairs = tmp_path / "comparisons.csv"
    pairs.write_text("genuine,score\n" + "".join(
        f"{kind},{chance.gauss(0.3 + 0.3 * kind, 0.1):.3f}\n" for kind in [1] * 50 + [0] * chance.randint(11, 3000)))
    wanted = {**second_evaluator.open_set(searches), "verification": second_evaluator.comparisons(pairs)}
    same(wanted, score("--open-set", searches, "--comparisons", pairs))


@pytest.mark.parametrize("text, words", [
    ("1,1,5,5,10,10,1,1,1\n\n1,1,6,5,10,10,1,1,1\n", "line 3: id 1 is in frame 1 already"),
    ("1,1,5,5,10,10,1,1,1\n2,1,5,five,10,10,1,1,1\n", "line 2: field 4 is no finite number"),
    ("0,1,5,5,10,10,1,1,1\n", "line 1: frame 0.0"),
    ("1,1.5,5,5,10,10,1,1,1\n", "line 1: id 1.5 is no whole number"),
    ("1,1,5,5,-10,10,1,1,1\n", "line 1: width and height"),
    ("1,1,5,5,10\n", "line 1: 5 numbers"),
    ("1,1,5,5,10,1e400,1\n", "line 1: field 6"),
])
def test_a_broken_line_is_named(glasseye, tmp_path, text, words):
    truth, tracks = tmp_path / "gt.txt", tmp_path / "tracker.txt"
    truth.write_text(text)
    tracks.write_text("")
    done = glasseye("score", "--truth", truth, "--tracks", tracks)
    assert done.returncode == 2 and done.stdout == ""
    assert f"{truth}, {words}" in done.stderr, done.stderr


def test_what_to_score_must_be_said(glasseye, tmp_path):
    assert glasseye("score").returncode == 64
    assert glasseye("score", "--truth", "gt.txt").returncode == 64
    assert glasseye("score", "--truth", "a", "--tracks", "b", "--cameras", "c").returncode == 64
    done = glasseye("score", "--cameras", tmp_path)
    assert done.returncode == 2 and "cam1" in done.stderr
