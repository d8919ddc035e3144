"""`glasseye score` against golden values, and against a second evaluator on cases drawn by seeds."""

import gzip
import json
import random

import jsonschema
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


# MARK: other inputs, and reports

PLAZA = ROOT / "Recordings/plaza"


def test_truth_in_any_form_scores_one_against_itself(glasseye, tmp_path):
    truth = PLAZA / "north.truth.jsonl.gz"
    lines = tmp_path / "tracker.jsonl"
    lines.write_bytes(gzip.decompress(truth.read_bytes()))
    for tracks in (PLAZA / "north.metadata.xml.gz", lines, truth):
        done = glasseye("score", "--truth", truth, "--tracks", tracks, "--detail", "--json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert found["scene"] == "plaza" and found["hota"]["mean"]["HOTA"] > 0.999, found["hota"]["mean"]
        assert found["detection"]["AP50"] > 0.999 and found["counting"]["MAE"] == 0


def test_lines_of_trackers_follow_the_schema(tmp_path):
    judge = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/tracker-frame.schema.json").read_text()))
    for line in gzip.decompress((ROOT / "Recordings/street/plates.truth.jsonl.gz").read_bytes()).splitlines()[::100]:
        judge.validate(json.loads(line))
    for bad in ({"f": -1, "obj": []}, {"f": 0}, {"f": 0, "obj": [{"box": [1, 2, 3, 4]}]},
                {"f": 0, "obj": [{"id": 1, "box": [1, 2, 3]}]}, {"f": 0, "obj": [{"id": 1, "box": [1, 2, -3, 4]}]}):
        assert not judge.is_valid(bad), bad


def test_plates_read_from_truth_are_exact(glasseye):
    truth = ROOT / "Recordings/street/plates.truth.jsonl.gz"
    done = glasseye("score", "--truth", truth, "--tracks", truth, "--detail", "--json")
    plates = json.loads(done.stdout)["plates"]
    assert plates["exact_passes"] == plates["exact_frames"] == 1 and plates["passes"] >= 2


def test_events_are_found_by_themselves(glasseye, tmp_path):
    events = ROOT / "Recordings/street/kerb.events.jsonl"
    late = tmp_path / "late.jsonl"
    rows = [json.loads(line) for line in events.read_text().splitlines()]
    late.write_text("".join(json.dumps({**row, "time": row["time"] + 0.2}) + "\n" for row in rows))
    done = glasseye("score", "--events", events, "--found-events", late, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["events"]
    assert found["FN"] == found["FP"] == 0 and abs(found["delay_p50"] - 0.2) < 1e-9


def test_a_report_is_one_page_and_a_json(glasseye, tmp_path):
    folder = GOLDEN / "long-500"
    page, out = tmp_path / "report.html", tmp_path / "report.json"
    done = glasseye("score", "--truth", folder / "gt.txt", "--tracks", folder / "tracker.txt", "--html", page, "--out", out)
    assert done.returncode == 0 and done.stdout.startswith("HOTA 0.536") and done.stdout.count("\n") == 1, done.stdout
    text = page.read_text()
    assert "HOTA, DetA and AssA over alpha" in text and "http" not in text and "{{" not in text
    found = json.loads(out.read_text())
    same(expected("long-500"), found)
    low, high = found["intervals"]["HOTA"]
    assert low < found["hota"]["mean"]["HOTA"] < high


def test_cases_have_figures_for_their_conditions(glasseye, tmp_path):
    out = tmp_path / "report.json"
    names = ["perfect", "jittered", "id-switches", "crossing-swap", "long-500"]
    done = glasseye("score", *(argument for name in names for argument in ("--case", GOLDEN / name)),
                    "--label", "jittered:noise", "--label", "perfect:noise", "--out", out)
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text())
    assert [(group["kind"], group["name"], group["clips"]) for group in found["groups"]] == [("condition", "noise", 2)]
    assert found["intervals"]["unit"] == "scene" and len(found["clips"]) == 5


def test_less_than_is_asked_for_is_a_negative_verdict(glasseye):
    folder = GOLDEN / "long-500"
    pair = ("--truth", folder / "gt.txt", "--tracks", folder / "tracker.txt")
    assert glasseye("score", *pair, "--require", "HOTA=0.5", "--require", "MOTA=0.77").returncode == 0
    done = glasseye("score", *pair, "--require", "HOTA=0.54")
    assert done.returncode == 1 and "HOTA is 0.536" in done.stderr
    assert glasseye("score", *pair, "--require", "HOTA").returncode == 64
    assert glasseye("score", *pair, "--require", "BEST=1").returncode == 64


def test_one_of_several_producers_has_to_be_named(glasseye, tmp_path):
    text = gzip.decompress((PLAZA / "north.metadata.xml.gz").read_bytes()).decode()
    both = tmp_path / "both.xml"
    both.write_text(text.replace('Source="ground-truth"', 'Source="other"', 1))
    pair = ("--truth", PLAZA / "north.truth.jsonl.gz", "--tracks", both)
    done = glasseye("score", *pair)
    assert done.returncode == 2 and "--source" in done.stderr and "ground-truth" in done.stderr
    assert glasseye("score", *pair, "--source", "ground-truth").returncode == 0
