"""Letters and digits that form one value: "AB123456C", "A B one two three", "Q Q 12 34 56 C"."""

from collections.abc import Iterator
from dataclasses import dataclass

from nlp.redaction.lines import Line

_LONGEST_PART = 34  # characters of one token


@dataclass(frozen=True, slots=True)
class Code:
    """Capital letters and digits without anything between; ``first`` and ``after`` are tokens.

    ``parts`` are its pieces as they were said, ``places`` the tokens they begin with, ``ends`` where they
    end.
    """

    parts: tuple[str, ...]
    places: tuple[int, ...]
    ends: tuple[int, ...]
    start: int
    end: int
    first: int
    after: int

    @property
    def signs(self) -> str:
        """All in one."""
        return "".join(self.parts)


def codes_of(line: Line) -> Iterator[Code]:
    """Every longest sequence of single letters, numbers and tokens that mix both."""
    numbers = line.number_at
    read = line.tokens
    index = 0
    while index < len(read):
        signs: list[str] = []
        places: list[int] = []
        ends: list[int] = []
        at = index
        while at < len(read) and (at == index or (read[at].joined and not _is_sentence_end(line, at))):
            number = numbers.get(at)
            if number is None and not _is_part(line, at):
                break
            places.append(at)
            signs.append(number.digits if number is not None else read[at].word.upper())
            at = number.after if number is not None else at + 1
            ends.append(read[at - 1].end)
        if any(sign.isdecimal() for part in signs for sign in part):
            yield Code(
                tuple(signs), tuple(places), tuple(ends), read[index].start, read[at - 1].end, index, at
            )
        index = max(at, index + 1)


def _is_part(line: Line, at: int) -> bool:
    """A letter, a mixed token, or two or three capitals beside digits."""
    token = line.tokens[at]
    if len(token.word) == 1 or (len(token.word) <= _LONGEST_PART and _is_mixed(token.word)):
        return token.word.isascii()
    return (
        len(token.word) in (2, 3, 4) and token.word.isascii() and line.text[token.start : token.end].isupper()
    )


def _is_mixed(word: str) -> bool:
    return any(sign.isdecimal() for sign in word) and not word.isdecimal()


def _is_sentence_end(line: Line, at: int) -> bool:
    before = line.text[line.tokens[at - 1].end : line.tokens[at].start]
    return ". " in before and not line.text[line.tokens[at - 1].start : line.tokens[at - 1].end].isdecimal()
