"""The words of a turn as they are stored, read when somebody asks for them."""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import overload

from service.phrases import SpokenWord


class WrittenWords(Sequence[SpokenWord]):
    """Words from their JSON; reading thousands of turns in which nothing is found costs nothing."""

    def __init__(self, written: str) -> None:
        self._written = written

    @cached_property
    def _words(self) -> list[SpokenWord]:
        return [SpokenWord(text, start, end) for start, end, text, _ in json.loads(self._written)]

    @overload
    def __getitem__(self, place: int) -> SpokenWord: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SpokenWord]: ...
    def __getitem__(self, place: int | slice) -> SpokenWord | Sequence[SpokenWord]:
        """Read them now."""
        return self._words[place]

    def __len__(self) -> int:
        """Read them now."""
        return len(self._words)
