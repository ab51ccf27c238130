"""The demo's dialogues summed up with the real encoder."""

import tomllib
from pathlib import Path

import pytest

from nlp.analysis import open_analysis
from nlp.transcript import Party, Transcript, Turn

ROOT = Path(__file__).resolve().parents[2]
DIALOGUES = tomllib.loads((ROOT / "service/demo/dialogues.toml").read_text("utf-8"))

pytestmark = pytest.mark.slow


def test_every_dialogue_has_an_issue_that_the_customer_stated_and_picks_that_stand_in_it() -> None:
    pipeline = open_analysis(ROOT / "models")
    for call in DIALOGUES["call"]:
        said = [
            (party, text) for turn in call["turns"] for party, text in turn.items() if party in set(Party)
        ]
        turns = tuple(Turn(Party(party), text) for party, text in said)
        found = pipeline.analyze(Transcript("x", "1", turns, language="en", reliable=True)).summary

        assert found.issue is not None, call["name"]
        assert turns[found.issue.turn].party == Party.CUSTOMER
        for pick in (found.issue, found.outcome, found.next_action):
            assert pick is None or turns[pick.turn].text[pick.start : pick.end] == pick.text


def test_what_is_not_reliable_or_not_english_has_no_summary() -> None:
    pipeline = open_analysis(ROOT / "models")
    english = (Turn(Party.CUSTOMER, "I was charged twice on my bill."),)
    hungarian = (Turn(Party.CUSTOMER, "Kétszer vonták le a számlámról ugyanazt az összeget, kérem vissza."),)
    for turns, reliable in ((english, False), (hungarian, True)):
        summary = pipeline.analyze(Transcript("x", "1", turns, reliable=reliable)).summary
        assert (summary.issue, summary.outcome, summary.next_action) == (None, None, None)
