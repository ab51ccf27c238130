"""The sample set holds what it promises: many customers, two channels, several weeks, small files."""

import json
import tomllib
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from service.demo import samples
from service.demo.samples import HERE, Sample, load_samples
from service.intake.metadata import Metadata

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
SAMPLES = load_samples(NOW)
TAXONOMY = Path(samples.__file__).parents[2] / "models" / "call_reasons" / "taxonomy.toml"


def address(sample: Sample) -> str | None:
    """Who calls or writes, as the e-mail address that links both."""
    if sample.kind == "email":
        return parseaddr(message_from_bytes(sample.path.read_bytes())["From"])[1]
    customer: dict[str, Any] = sample.metadata["customer"]
    return customer.get("email", customer["phone"])


def test_there_are_recordings_and_mails_enough() -> None:
    kinds = [sample.kind for sample in SAMPLES]
    assert kinds.count("recording") >= 8
    assert kinds.count("email") >= 12


def test_customers_call_and_write() -> None:
    callers = {address(sample) for sample in SAMPLES if sample.kind == "recording"}
    writers = {address(sample) for sample in SAMPLES if sample.kind == "email"}
    assert len(callers | writers) >= 10
    assert len(callers & writers) >= 4


def test_files_are_small_and_listed_once() -> None:
    listed = [sample.path for sample in SAMPLES]
    there = [path for folder in ("recordings", "mails") for path in (HERE / folder).iterdir()]
    assert sorted(listed) == sorted(there)
    assert all(path.stat().st_size <= 1024**2 for path in there)
    assert sum(path.stat().st_size for path in there) <= 6 * 1024**2
    assert len({path.suffix for path in there}) >= 4


def test_they_lie_within_eight_weeks_before_today() -> None:
    days = [datetime.fromisoformat(sample.metadata["started_at"]) for sample in SAMPLES]
    assert days == sorted(days)
    assert NOW - timedelta(days=56) < days[0] < NOW - timedelta(days=28) < days[-1] < NOW


def test_metadata_is_what_the_service_takes() -> None:
    for sample in SAMPLES:
        Metadata.model_validate(sample.metadata)


def test_reasons_are_those_of_the_taxonomy() -> None:
    names = {reason["name"] for reason in tomllib.loads(TAXONOMY.read_text("utf-8"))["reason"]}
    wanted = {sample.reason for sample in SAMPLES}
    assert wanted <= names
    assert len(wanted) >= 8


def test_every_recording_has_its_script() -> None:
    for sample in SAMPLES:
        if sample.kind == "recording":
            script = json.loads((HERE / "scripts" / f"{sample.path.stem}.json").read_text("utf-8"))
            assert (HERE / script["recording"], script["expected_reason"]) == (sample.path, sample.reason)
            assert 30_000 <= script["duration_ms"] <= 60_000
            assert {turn["party"] for turn in script["turns"]} == {"agent", "customer"}


def test_two_mails_are_of_one_thread() -> None:
    mails = [message_from_bytes(sample.path.read_bytes()) for sample in SAMPLES if sample.kind == "email"]
    ids = {mail["Message-ID"] for mail in mails}
    assert any(ids & set((mail["References"] or "").split()) for mail in mails)
