"""The demo from a clone to its report, and how well it read the sample set.

``python -m tests.bench.demo --installed`` leaves out the clone and the installation.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping, Sequence
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from nlp.redaction import Redactor
from service.demo.samples import HERE
from service.store import analyses, customers, interactions, transcripts
from service.store.database import Database, Session, open_database
from service.store.tables import IdentifierKind, InteractionRow
from tests.bench.word_errors import word_errors, words

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str]) -> int:
    """Print one JSON object of figures; fails when the demo does."""
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="overtone-bench-") as scratch:
        folder = Path(scratch)
        root = ROOT
        if "--installed" not in arguments:
            root = folder / "clone"
            subprocess.run(["git", "clone", "-q", str(ROOT), str(root)], check=True)
            figures["make setup after git clone"] = _timed(["make", "setup"], root)
        data = folder / "data"
        figures["make demo ARGS=--exit when installed"] = _timed(
            ["make", "demo", f"ARGS=--exit --dir {data}"], root
        )
        database = open_database(f"sqlite:///{data / 'overtone.db'}")
        figures |= _measure(database)
        database.close()
    print(json.dumps(figures))
    return 0


def _timed(command: list[str], root: Path) -> str:
    """Seconds on the clock and of the processors, its own engine and database whatever the shell says."""
    environment = {k: v for k, v in os.environ.items() if not k.endswith(("DATABASE_URL", "REDIS_URL"))}
    began, before = time.monotonic(), os.times()
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=sys.stderr)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return f"{time.monotonic() - began:.0f} s ({cpu:.0f} CPU s)"


def _measure(database: Database) -> dict[str, object]:
    listed = tomllib.loads((HERE / "samples.toml").read_text(encoding="utf-8"))["samples"]
    rates: dict[str, float] = {}
    errors = spoken = reasons = linked = 0
    with database.reading() as session:
        for sample in listed:
            row = interactions.find_by_external_id(session, "demo", Path(sample["file"]).name)
            if row is None:
                continue
            reasons += _top_reason(session, row) == sample["reason"]
            linked += _is_linked(session, row, sample)
            script = HERE / "scripts" / f"{Path(sample['file']).stem}.json"
            if script.exists():
                wrong, said = _word_errors(session, row, script)
                rates[script.stem] = round(100 * wrong / said, 1)
                errors, spoken = errors + wrong, spoken + said
    return {
        "word error rate of the demo's calls, offline recogniser": f"{100 * errors / max(spoken, 1):.1f} %",
        "… per call": ", ".join(f"{name} {rate} %" for name, rate in rates.items()),
        "call reasons right of all": f"{reasons} of {len(listed)}",
        "customers linked right of all": f"{linked} of {len(listed)}",
    }


def _top_reason(session: Session, row: InteractionRow) -> str | None:
    found = analyses.reasons(session, row.id)
    return (found[0].parent or found[0].name) if found else None


def _is_linked(session: Session, row: InteractionRow, sample: Mapping[str, Any]) -> bool:
    """Whether all that is known of the customer, from metadata or the mail's head, leads to its customer."""
    said = sample["metadata"].get("customer", {})
    known = {IdentifierKind.PHONE: "phone", IdentifierKind.EMAIL: "email", IdentifierKind.CRM: "crm_id"}
    wanted = [customers.normalise(kind, said[name], "US") for kind, name in known.items() if name in said]
    if sample["file"].endswith(".eml"):
        address = _correspondent(HERE / sample["file"])
        wanted.append(customers.normalise(IdentifierKind.EMAIL, address, "US"))
    found = [customers.lookup(session, one.kind, one.value) for one in wanted]
    return bool(found) and all(customer is not None and customer.id == row.customer_id for customer in found)


def _correspondent(mail: Path) -> str:
    """Who wrote it: all mails of the set came in."""
    with mail.open("rb") as file:
        head = BytesParser(policy=policy.default).parse(file, headersonly=True)
    return str(head["From"].addresses[0].addr_spec)


def _word_errors(session: Session, row: InteractionRow, script: Path) -> tuple[int, int]:
    """Errors and words, each party's words against its own script; what is masked counts as one word."""
    turns = json.loads(script.read_text(encoding="utf-8"))["turns"]
    heard, redactor = transcripts.turns(session, row.id), Redactor()
    errors = spoken = 0
    for party in ("agent", "customer"):
        said = (redactor.redact(turn["text"]).text for turn in turns if turn["party"] == party)
        reference = words(" ".join(said))
        errors += word_errors(reference, words(" ".join(turn.text for turn in heard if turn.party == party)))
        spoken += len(reference)
    return errors, spoken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
