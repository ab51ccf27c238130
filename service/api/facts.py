"""Facts of an interaction, and how often they are named over time."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from service.api.callers import Reader
from service.api.problems import documented
from service.api.schemas import Shape
from service.deps import SessionDep
from service.store import facts, interactions

router = APIRouter(tags=["facts"])
FactKindName = Literal[
    "product", "competitor", "place", "term", "amount", "date", "reference", "switch_intent"
]


class FactOut(Shape):
    """Something that was named."""

    kind: FactKindName
    name: str = Field(
        description="The term of a list; the currency of an amount; what a reference is of; "
        "the competitor of a switch intent, empty if nobody was named"
    )
    value: str | None = Field(description="Amount, ISO date (as much as was said) or reference")
    term_list: str | None
    list_version: int | None
    turn: int
    party: str
    start: int = Field(description="Place in the characters of the turn's redacted text")
    end: int
    start_ms: int | None = Field(description="When the turn begins")
    text: str = Field(description="The words, redacted")


class Facts(Shape):
    """The facts of one interaction in the order in which they were said."""

    items: Sequence[FactOut]


@router.get("/interactions/{interaction_id}/facts", responses=documented(404))
def get_facts(interaction_id: UUID, caller: Reader, session: SessionDep) -> Facts:
    """Products, competitors, places, amounts, days, references and switch intent of one interaction."""
    row = interactions.get(session, interaction_id)
    same = ("kind", "name", "value", "list_version", "turn", "party")
    return Facts(
        items=[
            FactOut(
                **{name: getattr(fact.row, name) for name in same},
                term_list=fact.list_name,
                start=fact.row.start_char,
                end=fact.row.end_char,
                start_ms=fact.start_ms,
                text=fact.text,
            )
            for fact in facts.of(session, row.id)
        ]
    )
