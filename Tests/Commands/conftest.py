"""The executable as a user meets it."""

import json
import os
import pathlib
import signal
import subprocess
import threading

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


@pytest.fixture
def served(tmp_path):
    """Starts cameras by the ready file; ends them and checks how they ended."""
    processes = []

    def serve(*arguments, end=signal.SIGTERM):
        ready = tmp_path / "ready.json"
        process = subprocess.Popen(
            [BINARY, "serve", *arguments, "--http-port", "0", "--rtsp-port", "0", "--no-discovery", "--ready-file", ready],
            stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "GLASSEYE_PASSWORD": "secret"})
        processes.append((process, end, ready))
        serve.process = process
        watchdog = threading.Timer(PATIENCE, process.kill)
        watchdog.start()
        told = []
        # The last line of the greeting; the ready file is written before the first.
        for line in process.stdout:
            told.append(line)
            if line.startswith("Test it:"):
                break
        watchdog.cancel()
        return json.loads(ready.read_text())["devices"], "".join(told)

    yield serve
    for process, end, ready in processes:
        process.send_signal(end)
        assert process.wait(timeout=PATIENCE) == 0
        assert not ready.exists()
