"""HTML mail to plain text: nothing is fetched, hidden text is left out, quotes get a ``> `` prefix."""

import re
from html.parser import HTMLParser

# Lines of one sign each, which no mail can contain (see charsets.clean): what mail programs mark in HTML.
QUOTE_MARK = "\ufdd0"  # from here on, the message that is answered
SIGNATURE_MARK = "\ufdd1"  # from here on, the signature

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
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])", re.I
)
_QUOTE_NAMES = re.compile(
    r"\b(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|stopSpelling|reply-intro|isForwardContent|isReplyContent"
    r"|yahoo_quoted|ymail_android_signature_quote|protonmail_quote|zmail_extra|WM_REPLY_HEADER)\b"
)
_SIGNATURE_NAMES = re.compile(
    r"\b(?:gmail_signature(?:_prefix)?|moz-signature|ms-outlook-mobile-signature|Signature|ymail_android_signature"
    r"|protonmail_signature_block|AppleMailSignature)\b"
)
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
        self._open: list[str] = []
        self._hidden_at: int | None = None  # depth of the outermost element that hides its text
        self._quotes = 0
        self._preformatted = 0

    def text(self) -> str:
        self._break()
        return _BLANK_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
            if self._hidden_at is None and (tag in _SKIPPED or _HIDDEN.search(named.get("style", ""))):
                self._hidden_at = len(self._open)
        if self._hidden_at is not None:
            return
        self._separate(tag, paragraph=tag in _PARAGRAPHS)
        self._mark(f"{named.get('id', '')} {named.get('class', '')}")
        self._quotes += tag == "blockquote"
        self._preformatted += tag == "pre"
        if tag == "li":
            self._line.append("- ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open[-200:]:  # a stray end tag; looking no deeper keeps hostile pages linear
            return
        while self._open:
            closed = self._open.pop()
            self._leave(closed)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._hidden_at is not None:
            return
        if self._preformatted:
            first, *rest = data.split("\n")
            self._line.append(first)
            for line in rest:
                self._break()
                self._line.append(line)
            return
        text = _SPACES.sub(" ", data)
        if text != " " or self._line:
            self._line.append(text)

    def _leave(self, tag: str) -> None:
        if self._hidden_at is not None:
            if len(self._open) < self._hidden_at:
                self._hidden_at = None
            return
        self._separate(tag, paragraph=tag in _PARAGRAPHS)
        self._quotes -= tag == "blockquote" and self._quotes > 0
        self._preformatted -= tag == "pre" and self._preformatted > 0

    def _separate(self, tag: str, *, paragraph: bool) -> None:
        if tag == "br":
            self._break(keep_blank=True)
        elif tag in _BLOCKS:
            self._break()
            if paragraph and self._lines and self._lines[-1].strip("> "):
                self._lines.append(self._prefix().rstrip())
        elif tag in ("td", "th") and self._line:
            self._line.append(" ")

    def _mark(self, names: str) -> None:
        for pattern, mark in ((_QUOTE_NAMES, QUOTE_MARK), (_SIGNATURE_NAMES, SIGNATURE_MARK)):
            if pattern.search(names):
                self._break()
                self._lines.append(self._prefix() + mark)

    def _prefix(self) -> str:
        return "> " * min(self._quotes, 20)

    def _break(self, *, keep_blank: bool = False) -> None:
        line = "".join(self._line).rstrip() if self._preformatted else "".join(self._line).strip()
        self._line = []
        if line or keep_blank:
            self._lines.append((self._prefix() + line).rstrip() if line else self._prefix().rstrip())
