"""The reference core knows pictures only: it builds where nothing else of the product is."""

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "Sources"
# What tells the truth, makes it, or compares with it.
TELLTALES = {"Truth", "Worlds", "Scoring", "Validation", "Analytics", "Metadata", "Emulator"}

PACKAGE = """// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let package = Package(
    name: "blind",
    targets: [
        .target(name: "Pictures", swiftSettings: settings),
        .target(name: "Vision", dependencies: ["Pictures"], swiftSettings: settings),
    ])
"""


def imports(folder: Path) -> set[str]:
    found = set()
    for file in folder.rglob("*.swift"):
        for line in file.read_text().splitlines():
            match = re.match(r"\s*(?:@\w+ )?(?:package |public |internal |private |fileprivate )?import (?:\w+ )?(\w+)", line)
            if match:
                found.add(match.group(1))
    return found


def test_the_core_imports_pictures_and_foundation_only():
    assert imports(SOURCES / "Vision") <= {"Pictures", "Foundation", "Glibc", "Synchronization"}
    assert not imports(SOURCES / "Pictures") & TELLTALES


def test_the_core_builds_without_access_to_the_truth(tmp_path):
    for target in ("Pictures", "Vision"):
        shutil.copytree(SOURCES / target, tmp_path / "Sources" / target)
    (tmp_path / "Package.swift").write_text(PACKAGE)
    built = subprocess.run(
        ["swift", "build", "--target", "Vision"], cwd=tmp_path, capture_output=True, text=True, timeout=900)
    assert built.returncode == 0, built.stdout[-4000:] + built.stderr[-2000:]


def test_a_core_that_peeks_does_not_build(tmp_path):
    """The check is able to fail: with one import of the truth there is no such module."""
    shutil.copytree(SOURCES / "Pictures", tmp_path / "Sources" / "Pictures")
    (tmp_path / "Sources" / "Vision").mkdir()
    (tmp_path / "Sources" / "Vision" / "Peek.swift").write_text("import Truth\n")
    (tmp_path / "Package.swift").write_text(PACKAGE)
    built = subprocess.run(
        ["swift", "build", "--target", "Vision"], cwd=tmp_path, capture_output=True, text=True, timeout=900)
    assert built.returncode != 0
    assert "no such module 'Truth'" in built.stdout + built.stderr
