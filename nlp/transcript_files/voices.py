"""Which party a voice is, by the name that a transcript gives it."""

import re
from collections.abc import Mapping

from nlp.transcript import Party

_PARTIES: Mapping[str, Party] = {
    **dict.fromkeys(
        ("agent", "representative", "rep", "advisor", "adviser", "operator", "csr", "assistant", "ügyintéző",
         "נציג", "נציגה"),
        Party.AGENT,
    ),
    **dict.fromkeys(
        ("customer", "caller", "client", "member", "patient", "ügyfél", "לקוח", "לקוחה"), Party.CUSTOMER
    ),
    **dict.fromkeys(("system", "ivr", "bot", "announcement", "recording", "prompt"), Party.SYSTEM),
}  # fmt: skip
_NUMBERED = re.compile(r"(.*?)[\s_-]*\d{0,2}", re.DOTALL)


def party_of(voice: str, channel_map: Mapping[int, Party] | None = None) -> Party:
    """The party that a name says ("Agent", "Customer 1", "AGENT"), UNKNOWN for any other.

    A bare number is an audio channel of the map, where there is one.
    """
    if voice.isascii() and voice.isdecimal() and len(voice) < 4:
        return (channel_map or {}).get(int(voice), Party.UNKNOWN)
    match = _NUMBERED.fullmatch(voice.strip().casefold())
    return _PARTIES.get(match[1], Party.UNKNOWN) if match else Party.UNKNOWN
