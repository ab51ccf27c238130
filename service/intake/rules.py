"""Rules as they are sent, as a text or a tree, and dry runs of them."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.errors import InvalidInput
from service.rules import parse
from service.rules.conditions import Given, Name, plainly
from service.rules.lexing import LONGEST_RULE
from service.rules.tree import TREE, Node, Tree, check_size, normal
from service.store.filters import InteractionFilter
from service.store.rule_trials import Wanted
from service.store.rules import NewRule, key_of

DOCUMENT = ConfigDict(extra="forbid", frozen=True)
_TREE = "The same as JSON (format 1)"


class _Written(BaseModel):
    model_config = DOCUMENT

    rule: str | None = Field(None, max_length=LONGEST_RULE, description="In the language of docs/rules.md")
    tree: Tree | None = Field(None, description=_TREE)

    def node(self) -> Node:
        """The rule as a value. Raises InvalidInput: bad_rule, rule_too_large, ambiguous_content."""
        if self.rule is not None and self.tree is None:
            return parse(self.rule)
        if self.tree is None or self.rule is not None:
            raise InvalidInput("ambiguous_content", "A rule is sent as rule or as tree.", "Send one of them.")
        node = normal(self.tree)
        check_size(node)
        return node


class RuleSettings(_Written):
    """All of a rule but its name."""

    description: str = Field("", max_length=1000)
    enabled: bool = Field(True, description="Applied to new interactions")

    def new(self, name: str) -> NewRule:
        """Ready to be saved. Raises InvalidInput."""
        if not key_of(name):
            raise InvalidInput("invalid_field", "A name has a visible sign.", "Give the rule another name.")
        return NewRule(
            name=plainly(name), tree=self.node(), description=self.description, enabled=self.enabled
        )


class RuleTrial(_Written):
    """A dry run: what a rule would find. Nothing is written, but the counts of a job for a large archive."""

    name: Name | None = Field(None, description="The saved rule that it is compared with")
    against: str | None = Field(
        None, max_length=500, description='What says whether it should match: `disposition is "cancel"`'
    )
    first: date | None = Field(None, description="First local day")
    last: date | None = Field(None, description="Last local day")
    show: Wanted = Field("matched", description="Which interactions are listed")
    limit: int = Field(20, ge=1, le=200)
    cursor: str | None = Field(None, max_length=300, description="`next_cursor` of the page before")

    def label(self) -> Given | None:
        """The condition that labels. Raises InvalidInput(bad_label)."""
        return read_label(self.against)

    def filters(self) -> InteractionFilter:
        """The interactions that are looked at."""
        return InteractionFilter(first=self.first, last=self.last)


class RuleMark(BaseModel):
    """What a person says about a result."""

    model_config = DOCUMENT

    should_match: bool = Field(description="Whether the rule should match this interaction")


def read_label(text: str | None) -> Given | None:
    """A condition on one field, from its text. Raises InvalidInput(bad_label, bad_rule)."""
    node = parse(text) if text and text.strip() else None
    if node is not None and not isinstance(node, Given):
        raise InvalidInput(
            "bad_label",
            "Labels are one condition on a field of the interaction.",
            'Write for example: disposition is "cancel"',
        )
    return node


def read_tree(fields: Any) -> Node:
    """A rule from plain values. Raises InvalidInput(bad_rule) with the place of the first mistake."""
    try:
        node = normal(TREE.validate_python(fields))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise InvalidInput("bad_rule", f"{where[:80] or 'tree'}: {first['msg']}") from None
    check_size(node)
    return node
