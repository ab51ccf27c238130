"""Mails that the project wrote itself, with the new text each must give; see replies/*.txt.

A case begins with ``#### id kind`` (plain or html); what it must give follows ``#### new``. Signs that nobody
sees are written by name, ``{RLM}``. Cases with an even number were held out: nobody looked at their results
while the reading of mails was built. Those of programs.txt were written afterwards and looked at.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "replies"
_CASE = re.compile(
    r"^#### (?P<name>[a-z]{2}\d\d) (?P<kind>plain|html)\n(?P<body>.*?)^#### new\n", re.M | re.S
)
_SIGNS = {
    "{RLM}": "\u200f", "{LRM}": "\u200e", "{RLE}": "\u202b", "{LRE}": "\u202a", "{PDF}": "\u202c",
    "{NBSP}": "\u00a0", "{ZWSP}": "\u200b",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One mail's body and the text that is new in it."""

    name: str
    kind: str
    body: str
    new: str

    @property
    def held_out(self) -> bool:
        """Whether it was kept apart while the code was written."""
        return int(self.name[2:]) % 2 == 0

    @property
    def mail(self) -> bytes:
        """The whole mail as it is sent."""
        head = f"From: x@mail.example\nSubject: x\nContent-Type: text/{self.kind}; charset=utf-8\n\n"
        return head.encode() + self.body.encode()


def cases() -> list[Case]:
    """All cases in the order of the files."""
    return [case for path in sorted(_FOLDER.glob("*.txt")) for case in _of(path.read_text(encoding="utf-8"))]


def _of(text: str) -> list[Case]:
    found = list(_CASE.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        Case(match["name"], match["kind"], _signs(match["body"]), text[match.end() : end].strip())
        for match, end in zip(found, ends, strict=True)
    ]


def _signs(text: str) -> str:
    for name, sign in _SIGNS.items():
        text = text.replace(name, sign)
    return text
