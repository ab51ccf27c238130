"""Three-valued logic against a truth table, and rules that contradict themselves."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.rules import Facts, evaluate, parse
from service.rules.contradictions import always, never
from service.rules.figures import figures
from service.rules.tree import TREE

# A condition of each kind: an attribute compared with a number is true, false, or (a text) unknown.
LEAVES = [{"kind": "field", "field": f"attributes.{name}", "op": ">", "values": [0]} for name in "abc"]
VALUES = {True: 1, False: -1, None: "text"}
NAMES = {True: "matched", False: "not_matched", None: "not_evaluated"}


def trees() -> st.SearchStrategy[dict[str, Any]]:
    """Any joining of three conditions."""
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda inner: st.builds(
            lambda join, parts: {join: parts},
            st.sampled_from(["all", "any", "none"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
        max_leaves=8,
    )


def expected(tree: dict[str, Any], known: dict[str, bool | None]) -> bool | None:
    """By definition (Kleene): an unknown is what comes out the same whatever it were, or else unknown."""
    unknown = [name for name, value in known.items() if value is None]
    if not unknown:
        return classical(tree, known)
    parts = next((value for key, value in tree.items() if key in ("all", "any", "none")), None)
    if parts is None:
        return known[tree["field"][-1]]
    answers = [expected(part, known) for part in parts]
    decisive = "all" not in tree
    joined = decisive if decisive in answers else None if None in answers else not decisive
    return joined if "none" not in tree or joined is None else not joined


def classical(tree: dict[str, Any], known: dict[str, bool | None]) -> bool:
    """Two-valued."""
    if "all" in tree:
        return all(classical(part, known) for part in tree["all"])
    if "any" in tree or "none" in tree:
        found = any(classical(part, known) for part in tree.get("any") or tree["none"])
        return found == ("any" in tree)
    return bool(known[tree["field"][-1]])


@given(trees())
@settings(max_examples=60)
def test_a_tree_is_evaluated_as_its_truth_table_says(tree: dict[str, Any]) -> None:
    node = TREE.validate_python(tree)
    for values in product((True, False, None), repeat=3):
        known = dict(zip("abc", values, strict=True))
        facts = Facts(told={}, attributes={name: VALUES[value] for name, value in known.items()})
        verdict = evaluate(node, facts)
        assert verdict.outcome == NAMES[expected(tree, known)]
        assert bool(verdict.codes) == (verdict.value is None)


@given(trees())
@settings(max_examples=60)
def test_a_rule_is_called_contradictory_only_if_nothing_makes_it_true(tree: dict[str, Any]) -> None:
    node = TREE.validate_python(tree)
    answers = {
        classical(tree, dict(zip("abc", values, strict=True))) for values in product((True, False), repeat=3)
    }
    assert (never(node) is not None) == (answers == {False})
    assert always(node) == (answers == {True})


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("channel is voice and channel is email", 'channel is "voice" and channel is "email"'),
        (
            'customer says "x y" and not customer says "x y"',
            'customer says "x y" and not customer says "x y"',
        ),
        (
            'hour > 3 and duration > 10s and agent says "a b" and duration < 5s',
            "duration > 10s and duration < 5s",
        ),
        ('queue in ("a", "b") and not queue is "a" and not queue is "b"', 'queue in ("a", "b")'),
        ('queue is missing and queue is "a"', 'queue is missing and queue is "a"'),
        ("attributes.n < 3 and attributes.n >= 3", "attributes.n < 3 and attributes.n >= 3"),
    ],
)
def test_what_contradicts_is_named(rule: str, parts: str) -> None:
    assert (never(parse(rule)) or "").startswith(parts)


@pytest.mark.parametrize("rule", ["channel is voice or channel is not voice", "not (hour < 3 and hour > 3)"])
def test_what_matches_always_is_known(rule: str) -> None:
    assert always(parse(rule))


def test_fifty_conditions_are_searched_in_bounded_steps() -> None:
    pairs = " and ".join(f'(customer says "a{n}" or agent says "b{n}")' for n in range(25))
    assert never(parse(pairs)) is None
    assert not always(parse(pairs))


def test_figures_stand_beside_labels_and_say_how_sure_they_are() -> None:
    counts = {"matched_yes": 8, "matched_no": 2, "not_matched_yes": 2, "not_matched_no": 88}
    found = figures({**counts, "not_evaluated_yes": 5})
    assert found is not None
    assert (found.precision.value, found.recall.value, found.recall_of_all.value) == (0.8, 0.8, 8 / 15)
    assert (round(found.precision.low or 0, 4), round(found.precision.high or 0, 4)) == (0.4902, 0.9433)
    assert (found.labelled, found.positives, found.not_evaluated) == (105, 15, 5)
    assert figures({"matched": 3}) is None
