"""Page texts in the visitor's language: one TOML catalogue per language, plurals by Babel's rules."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale

LANGUAGES = {"en": "English", "hu": "Magyar", "he": "עברית"}
DEFAULT = "en"
FOLDER = Path(__file__).parent / "locale"

Text = str | Mapping[str, str]


class Words:
    """Looks texts up by a dotted key; a missing one falls back to English, then to the key itself."""

    def __init__(self, tag: str, texts: Mapping[str, Text], fallback: Mapping[str, Text]) -> None:
        self.tag = tag
        self.locale = Locale.parse(tag)
        self.direction = self.locale.text_direction  # rtl or ltr
        self._texts = texts
        self._fallback = fallback

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with its places filled; HTML is escaped by the template, not here."""
        text = self._find(key)
        return text.format_map(values) if isinstance(text, str) else key

    def count(self, key: str, number: int, shown: str | None = None, **values: object) -> str:
        """The plural form that ``number`` asks for; ``shown`` is how it is written."""
        forms = self._find(key)
        if isinstance(forms, str):
            return forms.format_map({"n": shown or str(number), **values})
        form = forms.get(self.locale.plural_form(number)) or forms["other"]
        return form.format_map({"n": shown or str(number), **values})

    def known(self, key: str, otherwise: str) -> str:
        """The text of ``key``, or ``otherwise`` where it has none: codes and labels made elsewhere."""
        text = self._texts.get(key) or self._fallback.get(key)
        return text if isinstance(text, str) else otherwise

    def _find(self, key: str) -> Text:
        return self._texts.get(key) or self._fallback.get(key) or key


@cache
def texts(tag: str) -> Mapping[str, Text]:
    """The catalogue of one language, keys flattened to ``section.name``."""
    sections = tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, names in sections.items() for name, text in names.items()}


@cache
def words(tag: str) -> Words:
    """The texts of ``tag``, one of ``LANGUAGES``."""
    return Words(tag, texts(tag), texts(DEFAULT))


def negotiate(asked: str | None, remembered: str | None, accepted: str) -> str:
    """The language to answer in: asked for in the address, else remembered, else what the browser accepts."""
    for tag in (asked, remembered):
        if tag is not None and tag in LANGUAGES:
            return tag
    ours = (part.split(";")[0].strip().split("-")[0].lower() for part in accepted.split(","))
    return next((tag for tag in ours if tag in LANGUAGES), DEFAULT)
