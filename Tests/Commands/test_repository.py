"""What must not be in the repository: photographs, and models that others trained."""

import pathlib
import subprocess

from conftest import ROOT

PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".ppm", ".pgm"}
MODELS = {".onnx", ".pt", ".pth", ".caffemodel", ".tflite", ".h5", ".hdf5", ".weights", ".pb", ".pkl", ".npy", ".npz",
          ".safetensors", ".mlmodel", ".bin", ".model"}


def strangers(names):
    """Pictures that are no poster of a scene of ours, and files of models."""
    scenes = {name.split("/")[1] for name in names if name.startswith("Recordings/") and name.endswith("/scene.yaml")}

    def is_drawn(path):
        if path.parts[0] == "Recordings":
            return len(path.parts) == 3 and path.parts[1] in scenes
        # docs/scenes.md shows truth.jpg: a scene with its truth drawn over it.
        return path.parts[:2] == ("docs", "scenes") and any(path.name.startswith(word) for word in scenes | {"truth.jpg"})

    paths = [pathlib.PurePosixPath(name) for name in names]
    return [str(path) for path in paths
            if path.suffix.lower() in MODELS or path.suffix.lower() in PICTURES and not is_drawn(path)]


def test_a_photograph_and_a_model_would_be_noticed():
    names = ["Recordings/plaza/scene.yaml", "Recordings/plaza/dome.jpg", "docs/scenes/plaza-dome.jpg"]
    assert strangers(names) == []
    foreign = ["docs/holiday.jpg", "Recordings/people/face.png", "docs/scenes/me.jpg", "Sources/Vision/Faces/net.onnx"]
    assert strangers(names + foreign) == foreign


def test_no_photograph_and_no_model_of_others_is_kept():
    names = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(names) > 1000
    assert strangers(names) == []
