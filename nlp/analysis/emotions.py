"""From the emotions of turns to those of parties and of the interaction."""

from collections.abc import Sequence

from nlp.analysis.values import TurnFindings
from nlp.emotion import EmotionScore
from nlp.transcript import Party, Turn

NEUTRAL = "neutral"


def emotions_by_party(
    turns: Sequence[Turn], found: Sequence[TurnFindings]
) -> dict[Party, tuple[EmotionScore, ...]]:
    """Each party's emotions; a party without any is not there."""
    by_party: dict[Party, list[TurnFindings]] = {}
    for turn, finding in zip(turns, found, strict=True):
        by_party.setdefault(turn.party, []).append(finding)
    felt = {party: strongest(findings) for party, findings in by_party.items()}
    return {party: emotions for party, emotions in felt.items() if emotions}


def emotions_of(
    speaker: Party | None, turns: Sequence[Turn], found: Sequence[TurnFindings]
) -> tuple[EmotionScore, ...] | None:
    """The emotions of one party, of all where ``speaker`` is None; None where none of its turns was read."""
    pairs = zip(turns, found, strict=True)
    own = [finding for turn, finding in pairs if speaker is None or turn.party == speaker]
    return strongest(own) if any(finding.emotions is not None for finding in own) else None


def strongest(found: Sequence[TurnFindings]) -> tuple[EmotionScore, ...]:
    """Each emotion as strong as in its strongest turn, best first; neutral only where there is no other."""
    best: dict[str, float] = {}
    for finding in found:
        for emotion in finding.emotions or ():
            best[emotion.label] = max(emotion.score, best.get(emotion.label, 0.0))
    if len(best) > 1:
        best.pop(NEUTRAL, None)
    return tuple(EmotionScore(label, best[label]) for label in sorted(best, key=lambda name: -best[name]))
