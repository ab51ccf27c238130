"""What is known, and asked for, about one recording before it is heard."""

from collections.abc import Mapping
from dataclasses import dataclass

from nlp.transcript import Party, Stretch


@dataclass(frozen=True, slots=True)
class RecordingOptions:
    """How one recording is to be heard; the defaults ask for nothing and know nothing.

    ``channel_map`` names the party of each audio channel; ``language`` is an ISO 639-1 code or a tag such as
    en-US; ``translate`` asks for English text whatever is spoken; ``vocabulary`` holds words that the
    recogniser should expect (names, products); ``pauses`` are stretches in which the telephony paused the
    recording because something secret was said; ``spoken_phrases`` are sought in the sound itself.
    """

    channel_map: Mapping[int, Party] | None = None
    language: str | None = None
    translate: bool = False
    vocabulary: tuple[str, ...] = ()
    pauses: tuple[Stretch, ...] = ()
    spoken_phrases: tuple[str, ...] = ()
