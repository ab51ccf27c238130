"""A conversation as its page tells it: turns with their findings, and the map of who spoke when."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.dashboard import tones
from service.dashboard.catalogue import Words
from service.dashboard.charts import Chart, Stretch, conversation
from service.dashboard.formats import Formats
from service.dashboard.spoken import Piece, doubt_of, is_shaded, pieces
from service.store.tables import TurnFindingRow, TurnRow

_MAP_FROM = 2  # turns; fewer need no map


@dataclass(frozen=True)
class Emotion:
    """One emotion with its score, 0-1."""

    label: str
    score: float


@dataclass(frozen=True)
class Turn:
    """One turn as shown; times in ms, None where nothing says when."""

    position: int
    party: str
    start_ms: int | None
    end_ms: int | None
    text: str
    pieces: Sequence[Piece]
    shaded: bool
    confidence: float | None
    doubt: str
    speaker: int | None
    quoted: str
    signature: str
    sentiment: float | None
    emotions: Sequence[Emotion]


def turns(rows: Sequence[TurnRow], found: Sequence[TurnFindingRow]) -> list[Turn]:
    """Turns with what was found in each; before the analysis they have none."""
    by_position = {finding.position: finding for finding in found}
    return [_turn(row, by_position.get(row.position)) for row in rows]


def _turn(row: TurnRow, found: TurnFindingRow | None) -> Turn:
    cut = pieces(row.text, row.words)
    return Turn(
        position=row.position,
        party=row.party,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        text=row.text,
        pieces=cut,
        shaded=is_shaded(cut),
        confidence=row.confidence,
        doubt=doubt_of(row.confidence),
        speaker=row.speaker,
        quoted=row.quoted,
        signature=row.signature,
        sentiment=found.sentiment if found else None,
        emotions=[Emotion(str(one["label"]), float(one["score"])) for one in found.emotions or ()]
        if found
        else (),
    )


def conversation_map(
    said: Sequence[Turn], beside: Sequence[Stretch], texts: Words, written: Formats
) -> Chart | None:
    """Who spoke when, and ``beside`` it what else fills the time; None for what has no times."""
    timed = [turn for turn in said if turn.start_ms is not None and turn.end_ms is not None]
    if len(timed) < _MAP_FROM and not beside:
        return None
    return conversation(
        [*(_stretch(turn, texts, written) for turn in timed), *beside],
        title=texts("interaction.chart_map"),
        description=texts("interaction.chart_map_lead"),
    )


def _stretch(turn: Turn, texts: Words, written: Formats) -> Stretch:
    party = texts.known(f"party.{turn.party}", turn.party)
    tone = tones.of_sentiment(turn.sentiment)
    said = texts(
        "interaction.said_turn",
        party=party,
        time=written.clock(turn.start_ms),
        sentiment=texts(f"sentiment.{tone}")
        if turn.sentiment is not None
        else texts("measure.not_measurable"),
    )
    return Stretch(party, turn.start_ms or 0, turn.end_ms or 0, tone, said, f"#turn-{turn.position}")
