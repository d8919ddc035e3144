"""The table of operations in docs/ is the one that the code makes."""

from conftest import ROOT

PROFILES = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "Profiles").glob("*.yaml"))]


def test_the_table_in_the_docs_is_that_of_the_code(glasseye):
    done = glasseye("serve", "--operations", *PROFILES, password=None)
    assert done.returncode == 0, done.stderr
    assert done.stdout == (ROOT / "docs/operations.md").read_text(), (
        "write it anew: glasseye serve --operations Profiles/*.yaml > docs/operations.md")
