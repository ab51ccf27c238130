"""Summaries: right turns on conversations labelled by hand, ROUGE against what people wrote, time.

`python -m tests.bench.summary` prints each labelled conversation with its picks, then the figures.
ROUGE-N and ROUGE-L as in Lin (2004), F1, over lower-case words without stemming. ms_contact_center as given
carries no summaries: the reference there is the text of the turns that were labelled; primock57's is the note
that the clinician wrote, in words of their own.
"""

import itertools
import json
import os
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from nlp.call_reasons import open_call_reasons
from nlp.call_reasons.values import Conversation
from nlp.encoder import Encoder, open_encoder
from nlp.summary import Pick, Summaries, Summary
from nlp.summary.picking import sentences
from nlp.transcript import Party

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("OVERTONE_DATA", ROOT.parent / "shared" / "data"))
KINDS = ("issue", "outcome", "next_action")
NOTHING = -1
PARTIES = {"Agent": Party.AGENT, "Customer": Party.CUSTOMER}
TAG = re.compile(r"<[^>]*>")
Labels = dict[str, list[int]]
Figures = dict[str, str]


def ms_contact_center() -> list[Conversation]:
    """All conversations, in the order of the file."""
    rows = map(json.loads, (DATA / "ms_contact_center/travel_conversations.jsonl").read_text().splitlines())
    return [
        tuple(
            (Party.AGENT if one["EventType"] == "MessageFromBotOrAgent" else Party.CUSTOMER, one["Value"])
            for one in row["Conversation"]["Messages"]
        )
        for row in rows
    ]


def vcon_synthetic_calls() -> list[Conversation]:
    """All conversations, in the order of the file."""
    rows = map(json.loads, (DATA / "vcon_synthetic_calls/conversations.jsonl").read_text().splitlines())
    return [tuple((PARTIES[turn["speaker"]], turn["text"]) for turn in row["turns"]) for row in rows]


def primock57() -> Iterator[tuple[Conversation, str]]:
    """Consultations (the doctor as the agent) with the complaint and note that the doctor wrote."""
    for path in sorted((DATA / "primock57_transcripts/notes").glob("*.json"))[
        ::3
    ]:  # the centroid takes its time
        note = json.loads(path.read_text())
        yield _consultation(path.stem), f"{note['presenting_complaint']}\n{note['note']}"


def rouge(text: str, reference: str) -> tuple[float, float, float]:
    """F1 of common words, pairs of words, and the longest common subsequence."""
    said, wanted = _words(text), _words(reference)
    pairs = [Counter(itertools.pairwise(words)) for words in (said, wanted)]
    singles = [Counter(said), Counter(wanted)]
    return (
        _f1((singles[0] & singles[1]).total(), len(said), len(wanted)),
        _f1((pairs[0] & pairs[1]).total(), pairs[0].total(), pairs[1].total()),
        _f1(_common(said, wanted), len(said), len(wanted)),
    )


def lead(turns: Conversation) -> str:
    """The first three sentences."""
    return " ".join(one.text for one in sentences(turns)[:3])


def central(encoder: Encoder) -> Callable[[Conversation], str]:
    """The three sentences nearest to the mean of all, in their order."""

    def picked(turns: Conversation) -> str:
        said = sentences(turns)
        vectors = encoder.encode([one.text for one in said])
        best = sorted(np.argsort(-(vectors @ vectors.mean(axis=0)))[:3])
        return " ".join(said[int(place)].text for place in best)

    return picked


def right(found: Summary, labels: Labels) -> dict[str, bool]:
    """Whether each pick stands in a labelled turn, or is rightly missing."""
    return {kind: _turn(getattr(found, kind)) in labels[kind] for kind in KINDS}


def main() -> None:
    """Print the figures, the last line as JSON."""
    encoder = open_encoder(ROOT / "models")
    summaries = Summaries(open_call_reasons(ROOT / "models", encoder))
    labelled: dict[str, dict[str, Labels]] = tomllib.loads(
        Path(__file__).with_name("summary_labels.toml").read_text()
    )
    sets = {"ms_contact_center": ms_contact_center(), "vcon_synthetic_calls": vcon_synthetic_calls()}
    marks: list[dict[str, bool]] = []
    picked: list[tuple[Pick | None, list[int]]] = []
    references: list[tuple[Conversation, str]] = []
    for name, of_set in labelled.items():
        for number, labels in of_set.items():
            turns = sets[name][int(number)]
            found = summaries.of(turns)
            marks.append(right(found, labels))
            picked += [(getattr(found, kind), labels[kind]) for kind in KINDS]
            print(name, number, marks[-1], *(one.text if one else None for one in _picks(found)), sep="\n  ")
            if name == "ms_contact_center":
                wanted = dict.fromkeys(labels[kind][0] for kind in KINDS if labels[kind][0] != NOTHING)
                references.append((turns, " ".join(turns[turn][1] for turn in wanted)))
    made = [(pick, turns) for pick, turns in picked if pick is not None]
    sure = sum(pick.turn in turns for pick, turns in made)
    figures: Figures = {
        f"right {kind} of {len(marks)}": str(sum(mark[kind] for mark in marks)) for kind in KINDS
    }
    figures["picks that stand in a labelled turn, of all made"] = f"{sure} of {len(made)}"
    consultations = list(primock57())
    for title, pairs in (("labelled turns", references), ("primock57 notes", consultations)):
        ways = {
            "picks": lambda turns: _joined(summaries.of(turns)),
            "lead-3": lead,
            "centroid": central(encoder),
        }
        for way, text_of in ways.items():
            scores = np.mean([rouge(text_of(turns), wanted) for turns, wanted in pairs], axis=0)
            figures[f"ROUGE-1/2/L, {title}, {way}"] = " / ".join(f"{score:.3f}" for score in scores)
    figures |= _timed(encoder, sets["ms_contact_center"])
    print(json.dumps(figures))


def _timed(encoder: Encoder, conversations: Sequence[Conversation]) -> Figures:
    reasons = open_call_reasons(ROOT / "models", encoder)
    summaries = Summaries(reasons)
    part = conversations[1::2]
    reasons.predict(part)
    begun = time.process_time()
    for turns in part:
        summaries.of(turns)
    micros = (time.process_time() - begun) / len(part) * 1e6
    sentence_count = sum(len(sentences(turns)) for turns in part) / len(part)
    return {
        f"CPU µs per conversation ({sentence_count:.0f} sentences), reasons found before": f"{micros:.0f}"
    }


def _consultation(name: str) -> Conversation:
    said = []
    for party, who in ((Party.AGENT, "doctor"), (Party.CUSTOMER, "patient")):
        grid = (DATA / f"primock57_transcripts/transcripts/{name}_{who}.TextGrid").read_text()
        found = re.findall(r'xmin = ([\d.]+)\s+xmax = [\d.]+\s+text = "((?:[^"]|"")*)"', grid)
        said += [(float(start), party, TAG.sub("", text).strip()) for start, text in found if text.strip()]
    return tuple((party, text) for _, party, text in sorted(said))


def _picks(found: Summary) -> list[Pick | None]:
    return [getattr(found, kind) for kind in KINDS]


def _joined(found: Summary) -> str:
    return " ".join(pick.text for pick in _picks(found) if pick is not None)


def _turn(pick: Pick | None) -> int:
    return NOTHING if pick is None else pick.turn


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def _f1(common: int, said: int, wanted: int) -> float:
    return 2 * common / (said + wanted) if said + wanted else 0.0


def _common(said: Sequence[str], wanted: Sequence[str]) -> int:
    row = [0] * (len(wanted) + 1)
    for word in said:
        before = 0
        for place, other in enumerate(wanted, 1):
            before, row[place] = row[place], before + 1 if word == other else max(row[place], row[place - 1])
    return row[-1]


if __name__ == "__main__":
    sys.exit(main())
