"""A page as a test reads it: elements, their attributes, what they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    """One element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and everything in it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, tag: str, **wanted: str) -> list["Element"]:
        """Elements of a name whose attributes are as wanted; ``class_`` is one of the classes."""
        return [element for element in self.walk() if element.tag == tag and element.has(**wanted)]

    def has(self, **wanted: str) -> bool:
        """Whether the attributes are as wanted."""
        classes = set(self.attributes.get("class", "").split())
        named = wanted.pop("class_", None)
        if named is not None and named not in classes:
            return False
        return all(self.attributes.get(name) == value for name, value in wanted.items())

    def within(self, tag: str) -> "Element | None":
        """The nearest element of this name around it."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around

    @property
    def text(self) -> str:
        """Every word in it."""
        return " ".join(" ".join(" ".join(element.texts) for element in self.walk()).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.children.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.children.append(Element(tag, {name: value or "" for name, value in attrs}, self._open))

    def handle_endtag(self, tag: str) -> None:
        around: Element | None = self._open
        while around is not None and around.tag != tag:
            around = around.parent
        assert around is not None, f"</{tag}> closes nothing"
        assert around.parent is not None
        self._open = around.parent

    def handle_data(self, data: str) -> None:
        self._open.texts.append(data)


def read(html: str) -> Element:
    """The page's elements."""
    reader = _Reader()
    reader.feed(html)
    return reader.root
