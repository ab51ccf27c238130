"""A Vega-Lite specification drawn as SVG that may stand inside a page under a strict content policy."""

from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as Xml

import vl_convert

LINKS = (
    "https://links.invalid"  # Vega makes every address absolute; this host marks ours and is taken off again
)
_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"


def draw(specification: dict[str, Any], *, title: str, description: str) -> str:
    """The drawing with a title and a description for those who cannot see it."""
    drawn = vl_convert.vegalite_to_svg(specification, allowed_base_urls=[], show_warnings=False)
    root = Xml.fromstring(drawn)  # noqa: S314 - our own renderer's output, never a visitor's file
    mark = "c" + sha256(drawn.encode()).hexdigest()[:10]
    _prune(root)
    for element in root.iter():
        _localise(element, mark)
    _name(root, mark, title, description)
    return Xml.tostring(root, encoding="unicode")


def _prune(element: Xml.Element) -> None:
    """Drop what draws nothing: hidden foregrounds, empty backgrounds, the white sheet."""
    for child in list(element):
        _prune(child)
        unseen = child.get("display") == "none" or (
            child.get("class") == "background" and not child.attrib.keys() & {"fill", "stroke"}
        )
        sheet = child.tag == f"{_SVG}rect" and child.get("fill") == "white" and "role" not in child.attrib
        empty = child.tag == f"{_SVG}g" and not len(child)
        if unseen or sheet or empty:
            element.remove(child)


def _localise(element: Xml.Element, mark: str) -> None:
    """Plain tags, ids of this drawing's own, addresses of this site or none, no style attribute."""
    element.tag = element.tag.removeprefix(_SVG)
    element.attrib.pop("style", None)
    for name in ("id", "clip-path"):
        if name in element.attrib:
            element.set(name, element.attrib[name].replace("clip", f"{mark}-clip"))
    if _HREF in element.attrib:
        _link(element, element.attrib.pop(_HREF))


def _link(anchor: Xml.Element, address: str) -> None:
    """A mark that leads somewhere says where; the keyboard goes through the table beside the chart."""
    shape = anchor[0]
    label = shape.attrib.pop("aria-label", "")
    shape.attrib.pop("role", None)
    shape.attrib.pop("aria-roledescription", None)
    if not address.startswith(f"{LINKS}/") and not address.startswith(f"{LINKS}#"):
        return
    anchor.set("href", address.removeprefix(LINKS))
    anchor.set("tabindex", "-1")
    anchor.set("aria-label", label)
    Xml.SubElement(shape, "title").text = label


def _name(root: Xml.Element, mark: str, title: str, description: str) -> None:
    """Name the drawing and let it take the width it is given."""
    for attribute in ("width", "height", "version", "class"):
        root.attrib.pop(attribute, None)
    root.set("role", "group")
    root.set("focusable", "false")
    root.set("aria-labelledby", f"{mark}-title {mark}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        named = Xml.Element(tag, {"id": f"{mark}-{tag}"})
        named.text = text
        root.insert(position, named)
