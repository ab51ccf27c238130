"""Short ways to say something and look at the facts in it."""

from datetime import date

from nlp.facts import Fact, FactFinder, FactKind, Term
from nlp.transcript import Party, Turn

SAID_ON = date(2026, 3, 2)  # a Monday
TERMS = (
    Term("Telekom", FactKind.COMPETITOR, ("Magyar Telekom", "T-Mobile")),
    Term("Vodafone", FactKind.COMPETITOR),
    Term("Posta", FactKind.COMPETITOR),
    Term("Pelephone", FactKind.COMPETITOR, ("פלאפון",)),
    Term("HOT", FactKind.COMPETITOR, ("הוט",), exact_case=True),
    Term("One", FactKind.COMPETITOR, exact_case=True),
    Term("Family Plan", FactKind.PRODUCT, ("family package",)),
)
FINDER = FactFinder(TERMS)


def facts(text: str, language: str | None = "en", *, party: Party = Party.CUSTOMER) -> list[Fact]:
    """What is found in one turn."""
    return list(FINDER.find([Turn(party, text)], language=language, said_on=SAID_ON))


def found(text: str, kind: FactKind, language: str | None = "en") -> list[tuple[str, str | None, str]]:
    """Name, value and words of the facts of one kind."""
    return [
        (one.name, one.value, text[one.start : one.end]) for one in facts(text, language) if one.kind is kind
    ]
