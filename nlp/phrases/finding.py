"""What is sought in a recording, told by party, with a notice for everything that could not be sought."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nlp.audio.recording import Recording
from nlp.errors import NlpError
from nlp.phrases.search import LANGUAGE, SpokenSearch
from nlp.transcript import Notice, Party, SpokenPhrase, Stretch, Turn

TIME_ERROR_MS = 150  # "my card number is" ends where the masked number begins, as nearly as times are known


def spoken_phrases(
    search: SpokenSearch,
    recording: Recording,
    speech: Mapping[int, Sequence[Stretch]],
    phrases: Sequence[str],
    *,
    languages: Mapping[int, str],
    parties: Mapping[int, Party],
    turns: Sequence[Turn] = (),
    secrets: Sequence[Stretch] = (),
) -> tuple[tuple[SpokenPhrase, ...], tuple[Notice, ...]]:
    """Find what can be found: audio channels in other languages and unspeakable phrases are told, not raised.

    A channel without an entry in ``languages`` is taken for English. Where a channel's party is unknown, that
    of the turn in whose time the phrase is said counts. What is said in ``secrets`` is not told: a phrase of
    figures found there would say what was masked in the transcript.
    """
    foreign = sorted(channel for channel in speech if languages.get(channel, LANGUAGE) != LANGUAGE)
    notices = [
        Notice(
            "spoken_phrases_english_only",
            f"Audio channel {channel} is in {languages[channel]!r}: only English sound can be searched.",
        )
        for channel in foreign
    ]
    possible = []
    for phrase in phrases:
        try:
            search.sought(phrase)
        except NlpError as error:
            notices.append(Notice("spoken_phrase_not_sought", error.detail))
        else:
            possible.append(phrase)
    english = {channel: spoken for channel, spoken in speech.items() if channel not in foreign}
    found = search.find(recording, english, possible, parties=parties)
    open_to_all = [hit for hit in found if not any(_reaches_into(hit, secret) for secret in secrets)]
    return tuple(_told(hit, turns) for hit in open_to_all), tuple(notices)


def _reaches_into(hit: SpokenPhrase, secret: Stretch) -> bool:
    return min(hit.end_ms, secret.end_ms) - max(hit.start_ms, secret.start_ms) > TIME_ERROR_MS


def _told(hit: SpokenPhrase, turns: Sequence[Turn]) -> SpokenPhrase:
    if hit.party is not Party.UNKNOWN:
        return hit
    middle = (hit.start_ms + hit.end_ms) // 2
    for turn in turns:
        on = turn.audio_channel in (None, hit.audio_channel)
        if on and turn.start_ms is not None and turn.start_ms <= middle <= (turn.end_ms or 0):
            return replace(hit, party=turn.party)
    return hit
