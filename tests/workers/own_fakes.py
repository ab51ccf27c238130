"""Reasons that users train, without a model: an example's longest word names its reason in any text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.transcript import Transcript
from service.store.reason_orders import TrainingOrder
from tests.fakes import FakeAnalysis, FakeFindings, FakeReason, FakeScore, FakeTaxonomy
from workers.own_reasons import MANIFEST

WORDS = "words.json"


def fake_train(encoder: object, order: TrainingOrder, folder: Path) -> Mapping[str, Any]:
    """Remember the longest word of each text; a report of what it was given."""
    parents = {reason.name: reason.parent for reason in order.reasons}
    words = {
        max(text.lower().split(), key=len): [label, parents.get(label)]
        for text, label in (*order.examples, *order.corrections)
        if label != "none"
    }
    (folder / WORDS).write_text(json.dumps(words), "utf-8")
    (folder / MANIFEST).write_text(json.dumps({WORDS: len(words), "number": order.number}), "utf-8")
    return {"examples": {"all": len(order.examples)}, "thresholds": {"primary": 0.5}}


@dataclass
class FakeOwnAnalysis(FakeAnalysis):
    """Finds the reasons of a folder."""

    folder: Path = Path()

    def analyze(self, transcript: Transcript) -> FakeFindings:
        """As the other fake, its reasons from the words."""
        found = super().analyze(transcript)
        words = json.loads((self.folder / WORDS).read_text("utf-8"))
        text = " ".join(turn.text for turn in transcript.turns).lower()
        named = [label for word, label in words.items() if word in text][:1]
        reasons = tuple(FakeScore(name, parent=parent, primary=True) for name, parent in named)
        no_reason = None if reasons else "abstained"
        return FakeFindings(
            **{**found.__dict__, "call_reasons": reasons, "no_reason": no_reason, "models": self.models}
        )


@dataclass
class FakeShippedAnalysis(FakeAnalysis):
    """The other fake, which knows of reasons that users train."""

    def with_reasons(self, folder: Path) -> FakeOwnAnalysis:
        """Those of a folder."""
        numbered = json.loads((folder / MANIFEST).read_text("utf-8"))["number"]
        taxonomy = FakeTaxonomy("in the folder", "0", (FakeReason("x", None),))
        return FakeOwnAnalysis(taxonomy=taxonomy, folder=folder, models={"call_reasons": f"own {numbered}"})
