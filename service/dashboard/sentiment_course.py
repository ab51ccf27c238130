"""How the sentiment of each party went: quarters with their chart, shift, and the turn where it turned."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.dashboard import tones
from service.dashboard.catalogue import Words
from service.dashboard.charts import Chart, Point, lines
from service.dashboard.formats import Formats
from service.store.tables import AnalysisRow


@dataclass(frozen=True)
class Turned:
    """The turn from which a party's sentiment was another; means before, and from there on."""

    turn: int
    before: float
    after: float

    @property
    def how(self) -> str:
        """Better or worse."""
        return "better" if self.after > self.before else "worse"


@dataclass(frozen=True)
class PartyLine:
    """The sentiment of one party in the four quarters, and how it changed."""

    party: str
    name: str
    scores: Sequence[float | None]
    shift: float | None
    turned: Turned | None


@dataclass(frozen=True)
class Course:
    """A chart of the quarters and its twin."""

    chart: Chart
    lines: Sequence[PartyLine]

    def at(self, position: int) -> Sequence[PartyLine]:
        """The parties whose sentiment turned at a turn."""
        return [line for line in self.lines if line.turned and line.turned.turn == position]


def course(analysis: AnalysisRow | None, texts: Words, written: Formats) -> Course | None:
    """Sentiment by quarter for the parties that have any."""
    parties = analysis.sentiment_by_party if analysis else {}
    found = [
        PartyLine(
            party,
            texts.known(f"party.{party}", party),
            list(scores["quarters"]),
            scores.get("shift"),
            Turned(**scores["turned"]) if scores.get("turned") else None,
        )
        for party, scores in sorted(parties.items(), key=lambda item: item[0] != "customer")
        if any(score is not None for score in scores.get("quarters") or ())
    ]
    if not found:
        return None
    points = [_point(line, place, texts, written) for place in range(4) for line in found]
    title = texts("interaction.quarters")
    return Course(lines(points, title=title, description=title), found)


def _point(line: PartyLine, place: int, texts: Words, written: Formats) -> Point:
    score = line.scores[place] if place < len(line.scores) else None
    quarter = texts("interaction.quarter", n=place + 1)
    tone = texts(f"sentiment.{tones.of_sentiment(score)}")
    return Point(
        quarter, line.name, score, f"{line.name}, {quarter}: {written.signed(score)} {tone}", "#conversation"
    )
