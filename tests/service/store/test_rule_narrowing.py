"""What the database rules out by the metadata is false by the rule itself, whatever the rule."""

import random
from typing import Any

from sqlalchemy import select

from service.rules.case import EMPTY
from service.rules.tree import TREE
from service.store import rule_facts, rule_judging, rule_narrowing
from service.store.database import Session
from service.store.tables import InteractionRow
from tests.service.store.made import make_interaction

FIELDS: dict[str, list[Any]] = {
    "channel": ["voice", "email"],
    "queue": ["Sales", "Care"],
    "language": ["en", "hu"],
    "hour": [9.0],
    "attributes.n": [1.0],
}
OPS = ("is", "is not", "in", "not in", "is given", "is missing")


def some_tree(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    """Any joining of conditions on fields, on the duration, and on words that nobody has said."""
    kind = chance.choice(
        ["field", "field", "join", "join", "measure", "says"] if depth < 3 else ["field", "says"]
    )
    if kind == "join":
        parts = [some_tree(chance, depth + 1) for _ in range(chance.randint(1, 3))]
        return {chance.choice(["all", "any", "none"]): parts}
    if kind == "measure":
        return {"kind": "measure", "measure": "duration", "op": chance.choice(["<", ">="]), "value": 5000}
    if kind == "says":
        return {"kind": "says", "text": "goodbye"}
    field = chance.choice(sorted(FIELDS))
    op = chance.choice(OPS)
    values = [] if op in ("is given", "is missing") else FIELDS[field][:1]
    return {"kind": "field", "field": field, "op": op, "values": values}


def test_nothing_that_may_match_is_ruled_out(session: Session) -> None:
    rows = [
        make_interaction(session, channel=channel, queue=queue, language=language, duration_ms=duration)
        for channel, queue, language, duration in (
            ("voice", "Sales", "en", 1000),
            ("voice", None, None, 9000),
            ("email", "Care", "hu", None),
            ("email", None, "en", None),
        )
    ]
    rows[0].attributes = {"n": 1}
    session.flush()
    chance, left_out = random.Random(7), 0
    for _ in range(150):
        tree = TREE.validate_python(some_tree(chance))
        facts = rule_judging.read(session, tree, EMPTY, rows, time_zone="UTC")
        verdicts = rule_judging.judge(tree, facts, EMPTY)
        may = rule_narrowing.may_match(tree, EMPTY)
        possible = set(session.scalars(select(InteractionRow.id).where(*may)))
        for key, verdict in verdicts.items():
            if key not in possible:
                assert verdict.value is False, tree
                left_out += 1
    assert left_out > 100
    assert rule_facts.told(rows[1], time_zone="Europe/Budapest")["hour"] == 10.0
