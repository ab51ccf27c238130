"""A rule: conditions joined by all, any and none, as JSON and as a value."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter

from service.errors import InvalidInput
from service.rules.conditions import Condition, Feels, Given, Listed, Measure, Mood, Other, Reason, Says

FORMAT = 1  # of the JSON tree
MOST_CONDITIONS, DEEPEST = 50, 20


class _Joined(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AllOf(_Joined):
    """Matches where every part does."""

    join: ClassVar[str] = "all"
    all: tuple["Tree", ...] = Field(min_length=1, max_length=MOST_CONDITIONS)

    @property
    def parts(self) -> tuple["Tree", ...]:
        """What is joined."""
        return self.all


class AnyOf(_Joined):
    """Matches where some part does."""

    join: ClassVar[str] = "any"
    any: tuple["Tree", ...] = Field(min_length=1, max_length=MOST_CONDITIONS)

    @property
    def parts(self) -> tuple["Tree", ...]:
        """What is joined."""
        return self.any


class NoneOf(_Joined):
    """Matches where no part does."""

    join: ClassVar[str] = "none"
    none: tuple["Tree", ...] = Field(min_length=1, max_length=MOST_CONDITIONS)

    @property
    def parts(self) -> tuple["Tree", ...]:
        """What is joined."""
        return self.none


JOINS = ("all", "any", "none")


def _tag(value: Any) -> str | None:
    if isinstance(value, Mapping):
        return next((join for join in JOINS if join in value), value.get("kind"))
    return getattr(value, "kind", None) or getattr(value, "join", None)


Tree = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[NoneOf, Tag("none")]
    | Annotated[Says, Tag("says")]
    | Annotated[Measure, Tag("measure")]
    | Annotated[Mood, Tag("mood")]
    | Annotated[Feels, Tag("feels")]
    | Annotated[Reason, Tag("reason")]
    | Annotated[Listed, Tag("finds")]
    | Annotated[Given, Tag("field")]
    | Annotated[Other, Tag("rule")],
    Discriminator(_tag),
]
TREE: TypeAdapter[Any] = TypeAdapter(Tree)
Node = AllOf | AnyOf | NoneOf | Condition


def normal(node: Node) -> Node:
    """The same without joins of a single part, and without a choice within "none"."""
    if not isinstance(node, AllOf | AnyOf | NoneOf):
        return node
    parts = [normal(part) for part in node.parts]
    if isinstance(node, NoneOf):
        if len(parts) == 1 and isinstance(parts[0], AnyOf):
            parts = list(parts[0].parts)
        return NoneOf.model_construct(none=tuple(parts))
    if len(parts) == 1:
        return parts[0]
    joined = tuple(parts)
    return AllOf.model_construct(all=joined) if isinstance(node, AllOf) else AnyOf.model_construct(any=joined)


def conditions(node: Node) -> Iterator[Condition]:
    """Every condition in order."""
    if isinstance(node, AllOf | AnyOf | NoneOf):
        for part in node.parts:
            yield from conditions(part)
    else:
        yield node


def check_size(node: Node) -> None:
    """Raise InvalidInput(rule_too_large) for a rule that nobody could read."""
    if sum(1 for _ in conditions(node)) > MOST_CONDITIONS:
        raise too_large(f"A rule has {MOST_CONDITIONS} conditions at most.")
    if _depth(node) > DEEPEST:
        raise too_large(f"Conditions are nested {DEEPEST} deep at most.")


def too_large(detail: str) -> InvalidInput:
    """The refusal of a rule that is too large."""
    return InvalidInput("rule_too_large", detail, 'Make two rules; one can name the other: rule "NAME".')


def plain(node: Node) -> dict[str, Any]:
    """As JSON, without what is null or left at its default."""
    found: dict[str, Any] = node.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return _kinds(node, found)


def _kinds(node: Node, dumped: dict[str, Any]) -> dict[str, Any]:
    """The kinds, which are defaults, put back."""
    if isinstance(node, AllOf | AnyOf | NoneOf):
        (join,) = dumped
        return {join: [_kinds(part, one) for part, one in zip(node.parts, dumped[join], strict=True)]}
    return {"kind": node.kind, **dumped}


def read(value: Any) -> Node:
    """A rule from JSON that ``plain`` gave: it was checked when it was saved."""
    node: Node = TREE.validate_python(value)
    return node


def _depth(node: Node) -> int:
    return 1 + max((_depth(part) for part in node.parts), default=0) if isinstance(node, _Joined) else 0
