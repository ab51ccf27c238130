"""The part of an interaction in which a condition counts."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from service.phrases.query import Between, Turns
from service.phrases.query import Window as PhraseWindow

Unit = Literal["ms", "percent", "turns"]
LONGEST_MS = 24 * 3_600_000


class Window(BaseModel):
    """The first or last so many ms, percent or turns, or what begins from ``start`` to ``end``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: Literal["first", "last", "between"]
    unit: Unit
    length: float | None = Field(None, gt=0, le=LONGEST_MS, description="Of first and last")
    start: float | None = Field(None, ge=0, le=LONGEST_MS, description="Of between")
    end: float | None = Field(None, ge=0, le=LONGEST_MS, description="Of between")

    @model_validator(mode="after")
    def _sensible(self) -> "Window":
        between = self.part == "between"
        numbers = (self.start, self.end) if between else (self.length,)
        others = (self.length,) if between else (self.start, self.end)
        if None in numbers or any(number is not None for number in others):
            raise PydanticCustomError("bad_window", "has a length, or a start and an end")
        known = [number for number in numbers if number is not None]
        if between and (self.unit == "turns" or known[0] >= known[1]):
            raise PydanticCustomError("bad_window", "begins before it ends, in times or percent")
        if self.unit == "percent" and max(known) > 100:
            raise PydanticCustomError("bad_window", "is 100 percent at most")
        if self.unit == "turns" and known[0] != int(known[0]):
            raise PydanticCustomError("bad_window", "has whole turns")
        return self

    def in_phrases(self) -> PhraseWindow | Between | Turns:
        """The same as phrases know it."""
        percent = self.unit == "percent"
        if self.start is not None and self.end is not None:
            return Between(self.start, self.end, percent)
        length = self.length or 0.0
        if self.unit == "turns":
            return Turns(self.part == "last", int(length))
        return PhraseWindow(self.part == "last", length, percent)
