"""Device profiles: the schema that editors use, and what `serve --check` says."""

import json

import jsonschema
import pytest
import yaml

from conftest import ROOT
from test_bad_input import changed

PROFILES = sorted((ROOT / "Profiles").glob("*.yaml"))
SCHEMA = json.loads((ROOT / "Profiles/device-profile.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.stem)
def test_the_schema_takes_every_profile(profile):
    assert [error.message for error in VALIDATOR.iter_errors(yaml.safe_load(profile.read_text()))] == []


@pytest.mark.parametrize("change", [
    {"claims": ["X"]}, {"recordings": []}, {"firmwear": "1"}, {"ptz": {"pan": {}}}, {"habits": ["whistles"]},
    {"habits": ["no-get-services", "no-get-services"]}, {"imaging": {"brightness": [1]}}, {"audio": "perhaps"},
])
def test_the_schema_refuses_mistakes(change):
    box = yaml.safe_load((ROOT / "Profiles/fixed-box.yaml").read_text())
    assert VALIDATOR.is_valid(box)
    assert not VALIDATOR.is_valid(box | change)


def test_check_names_every_profile(glasseye):
    done = glasseye("serve", "--check", *PROFILES, password=None)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [str(profile) for profile in PROFILES]
    assert lines[-1] == f"{len(PROFILES)} of {len(PROFILES)} profiles sound"


def test_check_tells_the_line_and_the_cure_of_each_mistake(glasseye, tmp_path):
    wrong, place = changed(tmp_path, r"presets: 300", "presets: many")
    done = glasseye("serve", "--check", PROFILES[0], wrong, password=None)
    assert done.returncode == 1
    assert f"{PROFILES[0]}: sound" in done.stdout
    assert f'{place}: "presets" is "many"; write a whole number from 0 to 1000' in done.stdout
    assert "1 of 2 profiles sound" in done.stdout


def test_check_speaks_json(glasseye, tmp_path):
    wrong, place = changed(tmp_path, r"^claims:.*", "claims: [S, X]")
    done = glasseye("serve", "--check", "--json", PROFILES[0], wrong, password=None)
    assert done.returncode == 1
    sound, unsound = json.loads(done.stdout)["profiles"]
    assert sound["sound"] and sound["file"] == str(PROFILES[0])
    assert not unsound["sound"] and unsound["error"].split("/")[-1].startswith(place)
    assert unsound["line"] == int(place.split()[-1])


def test_check_of_a_file_that_is_not_there_has_no_verdict(glasseye):
    done = glasseye("serve", "--check", PROFILES[0], "Profiles/nowhere.yaml", password=None)
    assert done.returncode == 2
    assert "no such device profile" in done.stdout
    assert f"{PROFILES[0]}: sound" in done.stdout
