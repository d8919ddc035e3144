"""The executable as a user meets it."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("GLASSEYE", ROOT / ".build" / "release" / "glasseye"))
# Longer than any command here takes; seconds.
PATIENCE = 60


@pytest.fixture
def glasseye():
    """Runs the executable to its end."""

    def run(*arguments, password="secret"):
        environment = {key: value for key, value in os.environ.items() if key != "GLASSEYE_PASSWORD"}
        if password:
            environment["GLASSEYE_PASSWORD"] = password
        return subprocess.run(
            [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE, env=environment, cwd=ROOT)

    return run
