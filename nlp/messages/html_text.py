"""HTML mail to plain text: nothing is fetched, hidden text is left out, quotes get a ``> `` prefix."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

# Signs that no mail can contain (see plain_text.clean): what mail programs mark in HTML.
QUOTE_MARK = "\ufdd0"  # a line of it: from here on, the message that is answered
SIGNATURE_MARK = "\ufdd1"  # begins a line of a signature
ATTRIBUTION_MARK = "\ufdd2"  # begins a line of a reply header

_SKIPPED = frozenset(
    {"script", "style", "head", "title", "template", "svg", "object", "select", "textarea", "map"}
)
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "pre"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])|max-height\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.I,
)
_QUOTE_NAMES = re.compile(
    r"\b(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|stopSpelling|reply-intro|isForwardContent|isReplyContent"
    r"|ymail_android_signature_quote|zmail_extra|WM_REPLY_HEADER|mail-editor-reference-message-container"
    r"|ms-outlook-mobile-reference-message|mailcontainer_quote|reply-header)\b"
)
_SIGNATURE_NAMES = re.compile(
    r"\b(?:gmail_signature(?:_prefix)?|moz-signature|ms-outlook-mobile-signature|Signature|ymail_android_signature"
    r"|protonmail_signature_block|AppleMailSignature)\b"
)
_ATTRIBUTION_NAMES = re.compile(r"\b(?:gmail_attr|moz-cite-prefix)\b")
_QUOTE_CONTAINERS = re.compile(r"\byahoo_quoted\b")
_SPACES = re.compile(r"[ \t\n\r\f\u00a0\u200b\u00ad\u034f\ufeff]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def html_to_text(html: str) -> str:
    """Readable text of an HTML mail, with the marks above on lines of their own."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects visible text; never recursive, so that depth of nesting costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._open: list[tuple[str, str]] = []  # each open element with the counter that it raised
        self._hidden_at: int | None = None  # depth of the outermost element that hides its text
        self._within = dict.fromkeys(("quote", "signature", "attribution", "preformatted", ""), 0)

    def text(self) -> str:
        self._break()
        return _BLANK_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if self._hidden_at is None and tag not in _VOID and _is_hidden(tag, named):
            self._hidden_at = len(self._open) + 1
        if self._hidden_at is not None:
            if tag not in _VOID:
                self._open.append((tag, ""))
            return
        self._separate(tag, paragraph=tag in _PARAGRAPHS)
        if tag not in _VOID:
            self._enter(tag, f"{named.get('id', '')} {named.get('class', '')}")
        if tag == "li":
            self._line.append("- ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        # A stray end tag is passed over; looking no deeper keeps hostile pages linear.
        if all(opened != tag for opened, _ in self._open[-200:]):
            return
        while self._open:
            closed, raised = self._open.pop()
            self._leave(closed, raised)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden_at is not None:
            return
        if self._within["preformatted"]:
            first, *rest = data.split("\n")
            self._line.append(first)
            for line in rest:
                self._break()
                self._line.append(line)
            return
        text = _SPACES.sub(" ", data)
        if text != " " or self._line:
            self._line.append(text)

    def _enter(self, tag: str, names: str) -> None:
        """Begin an element, with what mail programs say by its id and class."""
        raised = "quote" if tag == "blockquote" else "preformatted" if tag == "pre" else ""
        if names != " ":
            if _QUOTE_NAMES.search(names):
                self._break()
                self._lines.append(self._prefix() + QUOTE_MARK)
            for pattern, name in (
                (_QUOTE_CONTAINERS, "quote"),
                (_SIGNATURE_NAMES, "signature"),
                (_ATTRIBUTION_NAMES, "attribution"),
            ):
                if not raised and pattern.search(names):
                    self._break()
                    raised = name
        self._open.append((tag, raised))
        self._within[raised] += 1

    def _leave(self, tag: str, raised: str) -> None:
        if self._hidden_at is not None:
            if len(self._open) < self._hidden_at:
                self._hidden_at = None
            return
        self._separate(tag, paragraph=tag in _PARAGRAPHS)
        if raised:
            self._break()
        self._within[raised] -= 1

    def _separate(self, tag: str, *, paragraph: bool) -> None:
        if tag == "br":
            self._break(keep_blank=True)
        elif tag in _BLOCKS:
            self._break()
            if paragraph and self._lines and self._lines[-1].strip("> "):
                self._lines.append(self._prefix().rstrip())
        elif tag in ("td", "th") and self._line:
            self._line.append(" ")

    def _prefix(self) -> str:
        if self._within["quote"]:
            return "> " * min(self._within["quote"], 20)
        if self._within["attribution"]:
            return ATTRIBUTION_MARK
        return SIGNATURE_MARK if self._within["signature"] else ""

    def _break(self, *, keep_blank: bool = False) -> None:
        whole = "".join(self._line)
        line = whole.rstrip() if self._within["preformatted"] else " ".join(whole.split())
        self._line = []
        if line or keep_blank:
            self._lines.append((self._prefix() + line).rstrip() if line else self._prefix().rstrip())


def _is_hidden(tag: str, named: Mapping[str, str]) -> bool:
    return tag in _SKIPPED or "hidden" in named or _HIDDEN.search(named.get("style", "")) is not None
