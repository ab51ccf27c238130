"""The conditions a rule can be made of; each is a value, and the shape it has on the wire."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from service.errors import InvalidInput
from service.rules.measures import MEASURES, MeasureName
from service.rules.sought import check_near, check_regex, check_words
from service.rules.windows import Window

Party = Literal["agent", "customer", "system", "unknown"]
Op = Literal["<", "<=", "=", "!=", ">=", ">"]
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they make a text look like another one


def plainly(text: str) -> str:
    """A text without signs that turn the direction of what is shown."""
    return _DIRECTIONS.sub("", text)


Text = Annotated[str, AfterValidator(plainly), Field(min_length=1, max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
FIELDS = (
    *("channel", "queue", "agent", "campaign", "disposition", "source", "direction", "language"),
    *("weekday", "hour", "customer"),
)
FieldName = Annotated[
    str, Field(pattern=rf"^(?:{'|'.join(FIELDS)}|attributes\.[^\x00-\x1f]{{1,64}})$", max_length=80)
]
FieldOp = Literal["is", "is not", "in", "not in", "contains", "<", "<=", ">=", ">", "is given", "is missing"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FAR = 50


class _Condition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Near(_Condition):
    """Other words within so many words of those sought, in the same turn; ``absent``: not within."""

    text: Text
    words: int = Field(ge=0, le=FAR, description="Words that may stand between")
    absent: bool = False


class Says(_Condition):
    """Words that a party says: as a phrase query, exactly, in any form, or as a regular expression."""

    kind: Literal["says"] = "says"
    party: Party | None = Field(None, description="Null: anyone")
    how: Literal["phrase", "exactly", "form", "regex"] = "phrase"
    text: Text
    near: Near | None = None
    window: Window | None = None

    @model_validator(mode="after")
    def _readable(self) -> "Says":
        try:
            if self.how == "regex":
                check_regex(self.text)
            else:
                check_words(self.how, self.text)
            if self.near is not None:
                check_near(self.how, self.text, self.near.text)
        except InvalidInput as error:
            raise PydanticCustomError("bad_phrase", "{detail}", {"detail": error.detail}) from None
        return self


class Measure(_Condition):
    """A number of the interaction compared: ms, counts, percent, words per minute, sentiment -5 to +5."""

    kind: Literal["measure"] = "measure"
    measure: MeasureName
    op: Op
    value: float = Field(ge=-1e9, le=1e9)
    party: Party | None = None
    after: Party | None = Field(
        None, description="Of silences and holds: those that follow this party's words"
    )
    window: Window | None = None
    quarter: int | None = Field(None, ge=1, le=4, description="Of sentiment")

    @model_validator(mode="after")
    def _fits(self) -> "Measure":
        kind = MEASURES[self.measure]
        if (kind.party == "needed") > (self.party is not None):
            raise PydanticCustomError("bad_measure", "needs a party, such as customer")
        unfit = {
            "party": kind.party == "none" and self.party,
            "window": not kind.window and self.window,
            "after": not kind.after and self.after,
            "quarter": not kind.quarter and self.quarter,
        }
        for name, wrong in unfit.items():
            if wrong:
                raise PydanticCustomError("bad_measure", "takes no {name} here", {"name": name})
        if self.window and self.quarter:
            raise PydanticCustomError("bad_measure", "takes a window or a quarter, not both")
        return self


class Mood(_Condition):
    """At least half of a party's turns (in the window) are negative, positive or neutral."""

    kind: Literal["mood"] = "mood"
    party: Party
    mood: Literal["negative", "positive", "neutral"]
    window: Window | None = None


class Feels(_Condition):
    """An emotion of a party's turns; with ``group`` any emotion of its Ekman group, or positive, negative."""

    kind: Literal["feels"] = "feels"
    party: Party | None = Field(None, description="Null: anyone")
    emotion: str = Field(pattern=r"^[a-z_]{2,32}$")
    group: bool = False
    at_least: float | None = Field(None, ge=0, le=1, description="Score")
    window: Window | None = None


class Reason(_Condition):
    """A call reason or its top reason was found; ``main``: as the primary one."""

    kind: Literal["reason"] = "reason"
    name: Name
    main: bool = False


class Listed(_Condition):
    """A phrase list (one phrase of it) finds something."""

    kind: Literal["finds"] = "finds"
    list: Name
    phrase: Name | None = None


class Given(_Condition):
    """Something told about the interaction; what was not given has no value and equals none."""

    kind: Literal["field"] = "field"
    field: FieldName
    op: FieldOp
    values: tuple[str | float, ...] = Field((), max_length=100)

    @model_validator(mode="after")
    def _fits(self) -> "Given":
        wanted = {"in": None, "not in": None, "is given": 0, "is missing": 0}.get(self.op, 1)
        if (len(self.values) != wanted) if wanted is not None else not self.values:
            raise PydanticCustomError("bad_field", "has the wrong number of values")
        if self.field == "customer" and wanted != 0:
            raise PydanticCustomError("bad_field", "of a customer is known or unknown, nothing else")
        if self.op in ("<", "<=", ">=", ">") and not isinstance(self.values[0], float):
            raise PydanticCustomError("bad_field", "is compared with a number")
        if self.op == "contains" and not isinstance(self.values[0], str):
            raise PydanticCustomError("bad_field", "contains a text")
        if self.field == "weekday" and not set(self.values) <= set(WEEKDAYS):
            raise PydanticCustomError("bad_field", "is one of mon, tue, wed, thu, fri, sat, sun")
        if self.field == "hour" and any(isinstance(value, str) for value in self.values):
            raise PydanticCustomError("bad_field", "is a number from 0 to 23")
        return self


class Other(_Condition):
    """Another rule matches."""

    kind: Literal["rule"] = "rule"
    name: Name


Condition = Says | Measure | Mood | Feels | Reason | Listed | Given | Other
