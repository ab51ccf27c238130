"""Training texts for call reasons: own examples and public sets mapped to the taxonomy."""

import csv
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from nlp.call_reasons import NO_REASON, Taxonomy

HERE = Path(__file__).parent
MAPPING = HERE / "reason_mapping.toml"
OWN_EXAMPLES = HERE / "reason_examples.toml"
OWN_DEV = HERE / "reason_dev.toml"
OWN_UNSEEN = HERE / "reason_unseen.toml"
# What two speakers say beside any reason; nlupp marks it with these alone.
GENERIC_INTENTS = frozenset(
    "affirm deny dont_know acknowledge greet end_call handoff thank repeat".split()  # noqa: SIM905
)
DOMAINS = ("airline", "finance", "insurance", "media", "software")


@dataclass(frozen=True)
class Example:
    """One text and the labels that are all acceptable for it (sub-reasons or ``NO_REASON``)."""

    text: str
    labels: frozenset[str]
    source: str


@dataclass(frozen=True)
class Conversation:
    """The customer's turns of one conversation with the labels acceptable for the whole of it."""

    turns: tuple[str, ...]
    labels: frozenset[str]
    source: str


class ReasonMapping:
    """The mapping file: from a set's own label to acceptable labels of the taxonomy."""

    def __init__(self, taxonomy: Taxonomy, path: Path = MAPPING) -> None:
        self._taxonomy = taxonomy
        self.tables: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))

    def labels(self, source: str, label: str) -> frozenset[str]:
        """Acceptable labels; empty where the set's label is not mapped."""
        return self.expand(self.tables[source].get(label, ()))

    def expand(self, names: str | Iterable[str]) -> frozenset[str]:
        """Replace top reasons by their sub-reasons; raises KeyError for a name not in the taxonomy."""
        found: set[str] = set()
        for name in [names] if isinstance(names, str) else names:
            found.update([name] if name == NO_REASON else self._taxonomy.subs(name))
        return frozenset(found)

    def nlupp(self, intents: Sequence[str]) -> frozenset[str]:
        """The first rule whose labels are all present; generic intents alone state no reason."""
        if set(intents) <= GENERIC_INTENTS:
            return frozenset({NO_REASON})
        for rule in self.tables["nlupp"]:
            if set(rule["all"]) <= set(intents):
                return self.expand(rule["reasons"])
        return frozenset()


def own_examples(path: Path = OWN_EXAMPLES) -> list[Example]:
    """Texts of a TOML file: one key a label, one text a line."""
    tables = tomllib.loads(path.read_text("utf-8"))
    return [
        Example(line.strip(), frozenset({label}), "own")
        for label, lines in tables.items()
        for line in lines.splitlines()
        if line.strip()
    ]


def held_out(text: str, *, one_in: int = 10) -> bool:
    """Tell by a text's hash whether it is held out: the same on every machine and in every run."""
    return int(sha256(text.encode()).hexdigest(), 16) % one_in == 0


def banking77(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Example]:
    """Training split; a tenth by hash is the dev split."""
    with (data / "banking77/train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if held_out(row["text"]) == dev:
                yield Example(row["text"], mapping.labels("banking77", row["category"]), "banking77")


def clinc150(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Example]:
    """Train or validation split, out-of-scope included."""
    splits = json.loads((data / "clinc150/data_full.json").read_text("utf-8"))
    for split in ("val", "oos_val") if dev else ("train", "oos_train"):
        for text, intent in splits[split]:
            yield Example(text, mapping.labels("clinc150", intent), "clinc150")


def bitext_support(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Example]:
    """Train or validation split."""
    name = "Validation" if dev else "Training"
    path = data / f"bitext_support/Bitext_Sample_Customer_Service_{name}_Dataset.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Example(row["utterance"], mapping.labels("bitext_support", row["intent"]), "bitext_support")


def nlupp(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Example]:
    """Folds 0-17 to train, 18 and 19 to judge."""
    for path in sorted((data / "nlupp/data").glob("*/fold*.json")):
        if (path.stem in ("fold18", "fold19")) == dev:
            for item in json.loads(path.read_text("utf-8")):
                yield Example(item["text"], mapping.nlupp(item.get("intents", [])), "nlupp")


def multidogo_turns(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Example]:
    """Customer turns with one intent; a reason in fewer than three words was labelled from its context."""
    for _, turns in _multidogo(data, dev=dev):
        for text, intents in turns:
            labels = mapping.labels("multidogo", intents[0]) if len(intents) == 1 else frozenset()
            if labels == {NO_REASON} or len(text.split()) >= 3:
                yield Example(text, labels, "multidogo")


def multidogo(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Conversation]:
    """Conversations: the reasons of all their turns together, no reason where none has any."""
    for domain, turns in _multidogo(data, dev=dev):
        labels = [mapping.labels("multidogo", intent) for _, intents in turns for intent in intents]
        found = frozenset().union(*labels) - {NO_REASON}
        if found:
            yield Conversation(tuple(text for text, _ in turns), found, f"multidogo/{domain}")


def ms_contact_center(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Conversation]:
    """Travel calls, a half by hash to judge."""
    with (data / "ms_contact_center/travel_conversations.jsonl").open(encoding="utf-8") as file:
        for item in map(json.loads, file):
            messages = item["Conversation"]["Messages"]
            turns = tuple(m["Value"] for m in messages if m["EventType"] == "MessageFromUser")
            if turns and held_out(turns[0], one_in=2) == dev:
                labels = mapping.labels("ms_contact_center", item["CallReason"])
                yield Conversation(turns, labels, "ms_contact_center")


def vcon_turns(data: Path, mapping: ReasonMapping, *, dev: bool) -> Iterator[Example]:
    """Customer turns that name the conversation's problem; a fifth of the conversations by hash to judge."""
    with (data / "vcon_synthetic_calls/conversations.jsonl").open(encoding="utf-8") as file:
        for item in map(json.loads, file):
            rule = mapping.tables["vcon_synthetic_calls"].get(item.get("problem"))
            if rule and held_out(item["id"], one_in=5) == dev:
                yield from _naming(item["turns"], rule["words"], mapping.expand(rule["reasons"]))


SETS = (banking77, clinc150, bitext_support, nlupp, multidogo_turns, vcon_turns)


def public_examples(data: Path, mapping: ReasonMapping, *, dev: bool) -> list[Example]:
    """Every mapped utterance of the public sets, each text once; contradictory ones left out."""
    kept: dict[str, Example] = {}
    for read in SETS:
        for example in read(data, mapping, dev=dev):
            known = kept.get(example.text)
            both = example.labels & known.labels if known else example.labels
            kept[example.text] = Example(example.text, both, example.source)
    return [example for example in kept.values() if example.labels]


def _naming(
    turns: Sequence[Mapping[str, str]], words: Sequence[str], labels: frozenset[str]
) -> Iterator[Example]:
    for turn in turns:
        text = turn["text"].lower()
        if turn["speaker"] == "Customer" and any(word in text for word in words):
            yield Example(turn["text"], labels, "vcon_synthetic_calls")


def _multidogo(data: Path, *, dev: bool) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    for domain in DOMAINS:
        path = data / "multidogo" / domain / ("dev.tsv" if dev else "train.tsv")
        conversations: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["utterance"] and row["intent"]:
                    turn = (row["utterance"], row["intent"].split("<div>"))
                    conversations[row["conversationId"]].append(turn)
        for turns in conversations.values():
            yield domain, turns
