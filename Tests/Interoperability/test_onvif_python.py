"""onvif-python takes the camera on; it runs apart because its module is called as onvif-zeep-async's is."""

import json
import os
import pathlib
import subprocess
import sys

from conftest import PATIENCE, ROOT


def test_onvif_python_takes_the_camera_on(camera):
    program = pathlib.Path(__file__).with_name("onvif_python_onboarding.py")
    done = subprocess.run(
        [sys.executable, program, camera.host, str(camera.http_port), camera.user, camera.password],
        capture_output=True, text=True, timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(ROOT / ".venv/onvif-python")})
    assert done.returncode == 0, done.stderr
    learnt = json.loads(done.stdout)
    assert learnt["model"] == "PTZ Dome 30x"
    assert learnt["services"] == 7
    assert learnt["users"] == [camera.user]
    assert learnt["profiles"] == ["MainStream", "SubStream"]
    assert learnt["stream"] == camera.streams[0]
    assert learnt["encoders"] == 2
    assert -1 <= learnt["pan"] <= 1
    assert 0 <= learnt["brightness"] <= 100
