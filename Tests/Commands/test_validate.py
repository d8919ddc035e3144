"""`glasseye validate`: pictures first, truth afterwards."""

import json

SCENE = """
name: yard
tier: easy
seed: 1
duration: 12
pre-roll: {pre_roll}
light: {{sun: 0}}
ground: {{material: concrete}}
paths:
  - {{name: near, points: [[-6, 6], [6, 6]], width: 0.3}}
crowds:
  - {{name: passer, count: 6, paths: [near]}}
cameras:
  - {{name: eye, position: [0, 1.6, 0], pan: 0, tilt: 0, field-of-view: 60, width: 320, height: 180, rate: 5}}
"""


def fleet(folder, seeds="[7, 8]", pre_roll=1):
    (folder / "yard.yaml").write_text(SCENE.format(pre_roll=pre_roll))
    file = folder / "fleet.yaml"
    file.write_text(f"name: small\nruns:\n  - {{scene: yard.yaml, seeds: {seeds}, seconds: 6}}\n")
    return file


def test_every_seed_is_reported_and_nothing_but_the_report_is_left(glasseye, tmp_path):
    out = tmp_path / "out"
    done = glasseye("validate", fleet(tmp_path), "--offline", "--out", out)
    assert done.returncode in (0, 1), done.stderr
    report = json.loads((out / "report.json").read_text())
    assert [run["seed"] for run in report["runs"]] == [7, 8]
    assert report["way"] == "offline"
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "report.json"]
    assert all(run["cost"]["processorSeconds"] > 0 for run in report["runs"])
    assert all("HOTA" in run["figures"] for run in report["runs"])
    assert set(report["runs"][0]["baselines"]) >= {"constant boxes", "background blobs", "chance", "colour only"}
    page = (out / "report.html").read_text()
    assert "http" not in page, "it needs nothing else"
    assert all(seed in page for seed in (">7<", ">8<"))
    # The exit code says what the report says.
    met = all(row.get("isMet") is not False for group in report["groups"] for row in group["rows"])
    good = met and all(group.get("baselinesFail") is not False for group in report["groups"])
    assert done.returncode == (0 if good else 1)


def test_the_core_looks_at_a_stream_and_is_scored_by_its_metadata(glasseye, tmp_path):
    out = tmp_path / "out"
    # A pre-roll that a busy machine keeps: the core must have begun before what counts.
    done = glasseye("validate", fleet(tmp_path, seeds="[7]", pre_roll=5), "--out", out, "--no-baselines")
    assert done.returncode in (0, 1), done.stderr
    report = json.loads((out / "report.json").read_text())
    assert report["way"] == "live"
    (run,) = report["runs"]
    assert run["cost"]["frames"] > 0
    assert run["cost"]["latency95"] > 0


def test_seeds_that_are_left_out_are_not_hidden(glasseye, tmp_path):
    out = tmp_path / "out"
    done = glasseye("validate", fleet(tmp_path), "--offline", "--out", out, "--seeds", "8", "--no-baselines", "--json")
    assert json.loads(done.stdout)["name"] == "small (a part)"


def test_what_cannot_run_says_where_and_what(glasseye, tmp_path):
    done = glasseye("validate", tmp_path / "no.yaml", "--offline", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no.yaml" in done.stderr
    file = fleet(tmp_path, seeds="[7, 7]")
    done = glasseye("validate", file, "--offline", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "line 3" in done.stderr and "twice" in done.stderr


def test_a_run_of_nothing_is_no_success(glasseye, tmp_path):
    done = glasseye("validate", fleet(tmp_path), "--offline", "--out", tmp_path / "out", "--seeds", "9")
    assert done.returncode == 2
    assert "no run has one of those seeds" in done.stderr


def test_wrong_usage_is_told(glasseye):
    assert glasseye("validate").returncode == 64
    assert glasseye("validate", "x", "--seeds", "a").returncode == 64
