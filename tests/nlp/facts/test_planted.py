"""Sentences with known facts: nearly all are found, and nearly nothing else."""

from datetime import date

from nlp.facts import FactFinder
from nlp.transcript import Party, Turn
from tests.nlp.facts.planted import planted
from tests.nlp.facts.said import TERMS


def test_planted_facts_are_found_and_little_else() -> None:
    finder = FactFinder(TERMS)
    right = told = wanted = 0
    for one in planted():
        facts = finder.find([Turn(Party.CUSTOMER, one.text)], language=one.language, said_on=date(2026, 3, 2))
        found = {(fact.kind.value, fact.name, fact.value) for fact in facts}
        right += len(found & set(one.facts))
        told += len(found)
        wanted += len(one.facts)
    assert right / told >= 0.95
    assert right / wanted >= 0.95
