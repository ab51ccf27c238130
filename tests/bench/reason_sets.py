"""Public sets as pairs of text and label, for what trains and judges call reasons of one's own."""

import csv
import json
import random
from collections.abc import Iterator
from functools import cache

from tests.requirements import DATA

GENERIC = set(
    "openinggreeting contentonly confirmation rejection thankyou closinggreeting outofdomain".split()  # noqa: SIM905
)
SPEAKERS = {"MessageFromUser": "customer", "MessageFromBotOrAgent": "agent"}
Pairs = list[tuple[str, str]]


def banking77() -> Pairs:
    """The training split."""
    with (DATA / "banking77/train.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def clinc150(split: str) -> Pairs:
    """A split by its name; out of scope is "none"."""
    rows = json.loads((DATA / "clinc150/data_full.json").read_text("utf-8"))[split]
    return [(text, "none" if label == "oos" else label) for text, label in rows]


@cache
def stating_turns(label: str) -> frozenset[str]:
    """The utterances of MultiDoGO's dev split that are annotated with the intent of a label."""
    domain, _, intent = label.partition(" / ")
    path = DATA / f"multidogo/{domain}/dev.tsv"
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        wanted = intent.removeprefix(f"{domain} ")
        return frozenset(
            row["utterance"].strip() for row in rows if wanted in (row["intent"] or "").split("<div>")
        )


def multidogo(split: str, *, most: int | None = None) -> Iterator[tuple[str, str]]:
    """Conversations whose customer states one reason; the label is its domain and intent.

    At most so many of each domain, the first by id.
    """
    for folder in sorted(path for path in (DATA / "multidogo").iterdir() if path.is_dir()):
        turns: dict[str, list[str]] = {}
        reasons: dict[str, set[str]] = {}
        with (folder / f"{split}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["utterance"] and row["intent"]:
                    turns.setdefault(row["conversationId"], []).append(f"customer: {row['utterance']}")
                    own = set(row["intent"].split("<div>")) - GENERIC
                    reasons.setdefault(row["conversationId"], set()).update(own)
        stating = [key for key in sorted(turns) if len(reasons[key]) == 1]
        for key in stating[:most]:
            yield "\n".join(turns[key]), f"{folder.name} / {folder.name} {min(reasons[key])}"


def travel(seed: int) -> tuple[Pairs, Pairs]:
    """Two halves of the conversations, each reason's shared out evenly."""
    pairs = []
    with (DATA / "ms_contact_center/travel_conversations.jsonl").open(encoding="utf-8") as file:
        for item in map(json.loads, file):
            lines = [
                f"{SPEAKERS[message['EventType']]}: {' '.join(message['Value'].split())}"
                for message in item["Conversation"]["Messages"]
            ]
            pairs.append(("\n".join(lines), item["CallReason"]))
    random.Random(seed).shuffle(pairs)
    pairs.sort(key=lambda pair: pair[1])
    return pairs[::2], pairs[1::2]
