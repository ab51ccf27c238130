"""What a machine may lack: tests that need it are skipped with the reason, or fail where it is required.

``OVERTONE_REQUIRE=postgres,redis,browser,imap`` makes the skip a failure: continuous integration sets it.
"""

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("OVERTONE_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def lacking(what: str, reason: str) -> None:
    """Skip the test, or fail it where ``what`` is required."""
    if what in os.environ.get("OVERTONE_REQUIRE", "").split(","):
        pytest.fail(f"{what} is required here, but {reason}")
    pytest.skip(f"needs {what}: {reason}")


def data_folder(name: str) -> Path:
    """A folder of the public data beside the checkout; skips the test where it is missing."""
    folder = DATA / name
    if not folder.is_dir():
        lacking("data", f"there is no {name} in OVERTONE_DATA or ../shared/data")
    return folder
