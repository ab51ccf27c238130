"""A reader's place among the marks of a rule, and the ways to go on."""

from collections.abc import Sequence
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ValidationError

from service.rules.conditions import Party
from service.rules.lexing import Mark, bad, marks_of
from service.rules.windows import Window

PARTIES: dict[str, Party | None] = {
    "agent": "agent",
    "customer": "customer",
    "system": "system",
    "unknown": "unknown",
    "anyone": None,
}


Model = TypeVar("Model", bound=BaseModel)


def made(model: type[Model], place: int, **values: object) -> Model:
    """A checked value. Raises InvalidInput(bad_rule) that says at its place what is wrong with it."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise bad(place, f"{f'{where}: ' if where else ''}{first['msg'].rstrip('.')}.") from None


class Marks:
    """The marks of one rule, read from left to right."""

    def __init__(self, rule: str) -> None:
        self._marks = marks_of(rule)
        self._at = 0

    @property
    def next(self) -> Mark:
        """The mark that is read next."""
        return self._marks[self._at]

    def take(self) -> Mark:
        """Read a mark."""
        mark = self.next
        self._at += mark.kind != "end"
        return mark

    def sees(self, *words: str) -> bool:
        """Whether these words or signs follow."""
        ahead = self._marks[self._at : self._at + len(words)]
        return len(ahead) == len(words) and all(
            mark.kind in ("word", "sign") and mark.text.lower() == word
            for mark, word in zip(ahead, words, strict=True)
        )

    def takes(self, *words: str) -> bool:
        """Read these words or signs where they follow."""
        seen = self.sees(*words)
        self._at += len(words) * seen
        return seen

    def one_of(self, words: Sequence[str]) -> str | None:
        """Read one of these words or signs where one follows."""
        return next((word for word in words if self.takes(word)), None)

    def text(self, what: str) -> str:
        """Read a quoted text, or a single word."""
        mark = self.take()
        if mark.kind not in ("text", "word"):
            raise bad(mark.place, f"{what} is missing here: write it in quotation marks.")
        if not mark.text:
            raise bad(mark.place, f"{what} is empty.")
        return mark.text

    def number(self, what: str) -> Mark:
        """Read a number."""
        mark = self.take()
        if mark.kind != "number":
            raise bad(mark.place, f"{what} is missing here.")
        return mark

    def whole(self, what: str) -> int:
        """Read a whole number without a unit."""
        mark = self.number(what)
        if mark.unit or mark.number != int(mark.number):
            raise bad(mark.place, f"{what} is a whole number.")
        return int(mark.number)

    def need(self, *words: str) -> None:
        """Read these words. Raises InvalidInput(bad_rule) where they do not follow."""
        if not self.takes(*words):
            raise bad(self.next.place, f"{' '.join(words)!r} is missing here.")

    def party(self) -> Party | None:
        """Read who; None for anyone."""
        mark = self.take()
        if mark.kind != "word" or mark.text.lower() not in PARTIES:
            raise bad(mark.place, "say who: agent, customer, system, unknown or anyone.")
        return PARTIES[mark.text.lower()]

    def window(self) -> Window | None:
        """Read ``in first 30s``, ``in last 3 turns``, ``in 10% to 50%`` where it follows."""
        place = self.next.place
        if not self.takes("in"):
            return None
        if part := self.one_of(("first", "last")):
            length = self.number("a length")
            unit = "turns" if self.one_of(("turns", "turn")) else length.unit
            return made(Window, place, part=part, length=length.number, unit=unit or self._no_unit(length))
        start = self.number("a time, first or last")
        self.need("to")
        end = self.number("the end")
        if start.unit != end.unit:
            raise bad(place, "both ends of a window have the same unit.")
        unit = start.unit or self._no_unit(start)
        return made(Window, place, part="between", start=start.number, end=end.number, unit=unit)

    def _no_unit(self, mark: Mark) -> NoReturn:
        raise bad(mark.place, "say which unit: 30s, 2m, 10% or 3 turns.")
