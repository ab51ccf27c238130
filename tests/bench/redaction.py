"""Redaction: recall and precision by kind, cards and codes as they are said, false masks, time beside
        Presidio.

A value of presidio_pii counts as found where a span of our kind covers half of it or more, as exact where
    the span
is the value; a span of ours is right where it touches a value of its kind. Presidio runs where it is
    installed:
`pip install --target FOLDER presidio-analyzer==2.2.366`, then PYTHONPATH=FOLDER. It has no names and
    addresses
without a trained pipeline; with one its authors report .685 precision and .603 recall on these sentences.
"""

import csv
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from nlp.redaction import Redactor, Span, Statement
from tests.nlp.redaction.spoken_cards import calls, is_gone
from tests.nlp.redaction.spoken_negatives import harmless
from tests.requirements import DATA

OURS = {
    "PERSON": {"name", "agent_name", "secret"}, "STREET_ADDRESS": {"address"}, "CREDIT_CARD": {"card"},
    "PHONE_NUMBER": {"phone"}, "EMAIL_ADDRESS": {"email"}, "IBAN_CODE": {"iban"}, "US_SSN": {"national_id"},
    "ZIP_CODE": {"address"}, "IP_ADDRESS": {"ip"}, "US_DRIVER_LICENSE": {"licence"},
}  # fmt: skip
OF_CARDS = frozenset({"card", "cvv", "expiry"})
NUMBERS = re.compile(
    r"(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double \w+|triple \w+)\b[,\s.-]*){7,}",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]*\w")
# Numbers that are personal: of phones, accounts, ids, births, as the turn or the one before it says.
PERSONAL = re.compile(r"phone|contact number|birth|social security|account", re.IGNORECASE)
IMPERSONAL = re.compile(
    r"order|policy|vin\b|serial|reference|agreement|model|tracking|accident|incident|checked", re.IGNORECASE
)
CALLED = re.compile(r"(?:[Mm]y name is|I'm|I am) ([A-Z][a-z]+ [A-Z][a-z]+)\b")
Figures = dict[str, str]


def presidio_sentences() -> list[dict[str, Any]]:
    """1,500 sentences with their values."""
    found: list[dict[str, Any]] = json.loads(
        (DATA / "presidio_pii" / "synth_dataset_v2.json").read_text("utf-8")
    )
    return found


def by_kind(rows: Sequence[dict[str, Any]], redactor: Redactor) -> Figures:
    """Recall, exact recall and precision of each kind."""
    total, hit, exact = Counter[str](), Counter[str](), Counter[str]()
    found, right = Counter[str](), Counter[str]()
    for row in rows:
        spans = redactor.redact(row["full_text"]).spans
        values = [one for one in row["spans"] if one["entity_type"] in OURS]
        for value in values:
            kind, first, end = value["entity_type"], value["start_position"], value["end_position"]
            own = [span for span in spans if span.kind in OURS[kind]]
            covered = sum(max(0, min(end, span.end) - max(first, span.start)) for span in own)
            total[kind] += 1
            hit[kind] += 2 * covered >= end - first
            exact[kind] += any((span.start, span.end) == (first, end) for span in own)
        for span in spans:
            for kind, ours in OURS.items():
                if span.kind in ours and kind != "ZIP_CODE":
                    found[kind] += 1
                    right[kind] += any(
                        _touches(span, value) and span.kind in OURS[value["entity_type"]] for value in values
                    )
    figures = {}
    for kind, values_of_kind in total.items():
        recall, exactly = hit[kind] / values_of_kind, exact[kind] / values_of_kind
        precision = f"{right[kind] / found[kind]:.3f}" if found[kind] else "–"
        name = f"presidio_pii, {kind} ({values_of_kind}): recall (exact), precision"
        figures[name] = f"{recall:.3f} ({exactly:.3f}), {precision}"
    return figures


def _touches(span: Span, value: dict[str, Any]) -> bool:
    return bool(span.start < value["end_position"] and value["start_position"] < span.end)


def spoken(redactor: Redactor) -> Figures:
    """Cards, dates and codes of generated calls, clean and with errors; masks where there is no card."""
    figures = {}
    for rate in (0.0, 0.02, 0.05):
        total, gone = Counter[str](), Counter[str]()
        for call in calls(10, seed=2026, rate=rate):
            found = redactor.redact_turns(call.turns)
            for turn, kind, words in call.secrets:
                total[kind] += 1
                gone[kind] += is_gone(words, found[turn].text)
        shown = ", ".join(f"{kind} {gone[kind] / total[kind]:.4f}" for kind in sorted(total))
        figures[f"spoken in six languages, 2,100 calls, {rate:.0%} of the words wrong: recall of turns"] = (
            shown
        )
    masks = conversations = 0
    for turns in harmless(200, seed=2026):
        conversations += 1
        masks += sum(span.kind in OF_CARDS for one in redactor.redact_turns(turns) for span in one.spans)
    figures["false masks of cards per 100 conversations of orders, amounts, phones, years (1,200)"] = (
        f"{100 * masks / conversations:.2f}"
    )
    return figures


def negatives(redactor: Redactor) -> Figures:
    """Texts in which there is nothing of the kind."""
    with (DATA / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        banking = [row["text"] for row in csv.DictReader(file)]
    films = [
        line.split("\t")[0]
        for name in ("hu-clean.tsv", "he-clean.tsv")
        for line in (DATA / "xed_en_hu_he" / name).read_text("utf-8").splitlines()
    ]
    return {
        f"masks in {len(banking):,} questions of banking77: of cards, names, others": _masks(
            redactor, banking
        ),
        f"masks in {len(films):,} Hungarian and Hebrew film lines: of cards, names, others": _masks(
            redactor, films
        ),
    }


def _masks(redactor: Redactor, texts: Iterable[str]) -> str:
    kinds = Counter(span.kind for text in texts for span in redactor.redact(text).spans)
    cards, names = sum(kinds[kind] for kind in OF_CARDS), kinds["name"]
    return f"{cards}, {names}, {sum(kinds.values()) - cards - names}"


def synthetic_calls(redactor: Redactor) -> Figures:
    """What the synthetic calls say: runs of seven digits and more, addresses, full names of customers."""
    total, gone = Counter[str](), Counter[str]()
    with (DATA / "vcon_synthetic_calls" / "conversations.jsonl").open(encoding="utf-8") as file:
        for line in file:
            turns = [
                Statement(turn["text"], "agent" if turn["speaker"].lower() == "agent" else "customer")
                for turn in json.loads(line)["turns"]
            ]
            results = redactor.redact_turns(turns)
            for number, (turn, found) in enumerate(zip(turns, results, strict=True)):
                around = (turns[number - 1].text if number else "") + " " + turn.text
                for name, pattern in (("numbers", NUMBERS), ("e-mails", ADDRESS), ("names", CALLED)):
                    if name == "names" and turn.party == "agent":
                        continue
                    if name == "numbers" and (not PERSONAL.search(around) or IMPERSONAL.search(around)):
                        continue
                    for match in pattern.finditer(turn.text):
                        first, end = match.span(1) if name == "names" else match.span()
                        covered = sum(
                            max(0, min(end, one.end) - max(first, one.start)) for one in found.spans
                        )
                        total[name] += 1
                        gone[name] += 2 * covered >= end - first
    return {
        f"synthetic calls: masked of {total[name]:,} {name}": f"{gone[name] / total[name]:.3f}"
        for name in sorted(total)
    }


def times(rows: Sequence[dict[str, Any]], redactor: Redactor) -> Figures:
    """Microseconds of CPU per text."""
    texts = [row["full_text"] for row in rows]
    with (DATA / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        plain = [row["text"] for row in csv.DictReader(file)][:3000]
    line = "hello my name is bob and I pay five dollars at noon " * 23_000
    figures = {
        "µs per text: presidio_pii (all have values); banking77": f"{_micro(redactor.redact, texts):.0f}; "
        f"{_micro(redactor.redact, plain):.0f}",
        "CPU s for 1 MB in one line": f"{_micro(redactor.redact, [line]) / 1e6:.1f}",
    }
    presidio = _presidio()
    if presidio is not None:
        figures["… Presidio 2.2.366 without a trained pipeline"] = (
            f"{_micro(presidio, texts[:500]):.0f}; {_micro(presidio, plain[:500]):.0f}"
        )
    return figures


def _micro(call: Callable[[str], object], texts: Sequence[str]) -> float:
    call(texts[0])
    begin = time.process_time()
    for text in texts:
        call(text)
    return (time.process_time() - begin) * 1e6 / len(texts)


def _presidio() -> Callable[[str], object] | None:
    """Presidio's analyzer with a blank pipeline; None where it is not installed."""
    try:
        import spacy  # noqa: PLC0415
        from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415
        from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415
    except ImportError:
        print("Presidio is not installed: see the head of this file", file=sys.stderr)
        return None

    class Blank(SpacyNlpEngine):  # type: ignore[misc]
        """Tokens alone."""

        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}

        def load(self) -> None:
            """Nothing to load."""

    engine = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"])
    return lambda text: engine.analyze(text, language="en")


def main() -> None:
    """Print the figures as JSON."""
    redactor, rows = Redactor(), presidio_sentences()
    figures = by_kind(rows, redactor)
    for part in (spoken, negatives, synthetic_calls):
        figures |= part(redactor)
    print(json.dumps(figures | times(rows, redactor), ensure_ascii=False))


if __name__ == "__main__":
    main()
