"""A social post's own words: addresses of the net, mentions and hashtags are told from what is said."""

import re

_URL = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_LEADING = re.compile(r"^(?:[.\s]*@\w[\w.-]{0,60}[\s,:]*)+")
_TRAILING = re.compile(r"(?:\s*#\w{1,100})+\s*$")
_HASHTAG = re.compile(r"#(\w{1,100})")
LINK = "[link]"


def post_text(text: str) -> str:
    """The post without the people it is addressed to and the hashtags it ends with; a link is ``[link]``.

    A hashtag within a sentence is a word of it. Where nothing else is left, the hashtags are the text.
    """
    linked = _URL.sub(LINK, text)
    spoken = _TRAILING.sub("", _LEADING.sub("", linked)).strip()
    without_links = spoken.replace(LINK, "").strip()
    chosen = spoken if without_links else linked
    return _HASHTAG.sub(r"\1", chosen).strip()
