"""What was found in an interaction, made ready to be shown: reasons with evidence, emotions, lineage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.dashboard.catalogue import Words
from service.dashboard.formats import Formats, humanise
from service.dashboard.rendering import address
from service.dashboard.told import Emotion, Turn
from service.store.tables import (
    AnalysisRow,
    EmotionScoreRow,
    InteractionRow,
    ReasonScoreRow,
    TranscriptRow,
    TurnFindingRow,
    TurnRow,
)
from service.store.task_views import TaskView

Detail = tuple[str, str]
QUOTE = 180  # signs of the evidence that are shown; the whole turn is one click away
_VOCABULARY = "vocabulary"  # a notice that warns of nothing: it stands with the figures


@dataclass(frozen=True)
class SubReason:
    """A sub-reason under its top reason."""

    name: str
    score: float
    href: str


@dataclass(frozen=True)
class Reason:
    """A top reason, its sub-reasons, and the turn that speaks for it."""

    name: str
    score: float
    primary: bool
    turn: int | None
    why: str | None
    subs: Sequence[SubReason]
    href: str


@dataclass(frozen=True)
class Failure:
    """Where it went wrong; ``task_id`` is what can be tried again."""

    stage: str
    code: str
    detail: str
    attempts: int
    task_id: str | None


def failure(row: InteractionRow, task: TaskView | None) -> Failure | None:
    """Why the interaction could not be worked on; None if it could."""
    if row.failure_code is None and (task is None or task.state != "failed"):
        return None
    return Failure(
        stage=task.stage if task else "transcribe",
        code=row.failure_code or (task.error_code if task else None) or "failed",
        detail=row.failure_detail or (task.error_detail if task else None) or "",
        attempts=task.attempts if task else 0,
        task_id=str(task.task_id) if task and task.state == "failed" else None,
    )


def notices(transcript: TranscriptRow | None) -> list[Mapping[str, str]]:
    """What a reader of this transcript must know, its unreliability first."""
    if transcript is None:
        return []
    found = [
        {"code": str(one["code"]), "detail": str(one.get("detail", ""))}
        for one in transcript.notices
        if one["code"] != _VOCABULARY
    ]
    if transcript.reliable is False and not any(one["code"] == "not_reliable" for one in found):
        found.insert(0, {"code": "not_reliable", "detail": ""})
    return list(found)


def reasons(rows: Sequence[ReasonScoreRow], turns: Sequence[Turn]) -> list[Reason]:
    """Top reasons in the order of the rows, the primary first; a sub-reason stands under its own."""
    tops = list(dict.fromkeys(row.parent or row.name for row in rows))
    return [_reason(top, [row for row in rows if top in (row.parent, row.name)], turns) for top in tops]


def _reason(top: str, rows: Sequence[ReasonScoreRow], turns: Sequence[Turn]) -> Reason:
    turn = next((row.turn for row in rows if row.turn is not None), None)
    texts = {said.position: said.text for said in turns}
    return Reason(
        name=top,
        score=max(row.score for row in rows if row.name == top or row.parent == top),
        primary=any(row.is_primary for row in rows),
        turn=turn,
        why=shortened(texts[turn]) if turn in texts else None,
        subs=[SubReason(row.name, row.score, reason_link(row.name)) for row in rows if row.parent == top],
        href=reason_link(top),
    )


def reason_link(name: str) -> str:
    """The list of the interactions made for a reason."""
    return address("/interactions", reason=name)


def shortened(text: str) -> str:
    """The beginning of a text, cut between words."""
    return text if len(text) <= QUOTE else f"{text[:QUOTE].rsplit(' ', 1)[0]}…"


def emotions(rows: Iterable[EmotionScoreRow]) -> list[tuple[str, list[Emotion]]]:
    """The emotions of each party, the customer first."""
    found: dict[str, list[Emotion]] = {}
    for row in rows:
        found.setdefault(row.party, []).append(Emotion(row.label, row.score))
    return sorted(found.items(), key=lambda item: (item[0] != "customer", item[0]))


def no_emotion(
    transcript: TranscriptRow | None, said: Sequence[TurnRow], found: Sequence[TurnFindingRow]
) -> str:
    """Why no emotion is shown, as a text of the page: none stood out, or the words could not be read."""
    if transcript is not None and transcript.reliable is False:
        return "interaction.emotion_unreliable"
    by_position = {finding.position: finding for finding in found}
    spoken = [turn for turn in said if turn.text.strip() and turn.party != "system"]
    own = [turn for turn in spoken if turn.party == "customer"] or spoken
    read = [one.emotions is not None for turn in own if (one := by_position.get(turn.position))]
    return "interaction.emotion_unsupported" if read and not any(read) else "interaction.no_emotion"


def details(row: InteractionRow, texts: Words, written: Formats) -> list[Detail]:
    """What is known of the interaction itself; what is not known is left out."""
    known = {
        "agent": row.agent,
        "queue": row.queue,
        "direction": texts.known(f"direction.{row.direction}", row.direction) if row.direction else None,
        "campaign": row.campaign,
        "disposition": row.disposition,
        "language": row.language,
        "file": row.file_name,
        "source": row.source,
        "external_id": row.external_id,
        "received": written.moment(row.received_at),
    }
    own = [(humanise(str(name)), str(value)) for name, value in row.attributes.items()]
    return [(texts(f"field.{name}"), str(value)) for name, value in known.items() if value] + own


def lineage(
    transcript: TranscriptRow | None, analysis: AnalysisRow | None, texts: Words, written: Formats
) -> list[Detail]:
    """Engine and models with their versions, and how sure the recogniser was."""
    found: list[Detail] = []
    if transcript is not None:
        found.append(
            (texts("interaction.engine"), f"{transcript.engine} {transcript.engine_version}".strip())
        )
        if transcript.confidence is not None:
            found.append((texts("interaction.confidence"), written.percent(transcript.confidence)))
        if transcript.audio_channels is not None:
            found.append((texts("interaction.audio_channels"), written.number(transcript.audio_channels)))
        heard = [str(one.get("detail", "")) for one in transcript.notices if one["code"] == _VOCABULARY]
        found.extend((texts("interaction.vocabulary"), detail) for detail in heard)
    for name, version in (analysis.models if analysis else {}).items():
        found.append((texts("interaction.model", name=humanise(name)), str(version)))
    return found


def thresholds(
    transcript: TranscriptRow | None, analysis: AnalysisRow | None, more: Mapping[str, Any]
) -> list[Detail]:
    """The numbers that were in force, with ``more`` of them that stand elsewhere."""
    given = [row.thresholds for row in (transcript, analysis) if row is not None]
    return [(" · ".join(path), str(value)) for row in (*given, more) for path, value in flat(row)]


def flat(values: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """The leaves of nested mappings with the names that lead to them; lists tell how many they hold."""
    for name, value in values.items():
        here = (*path, str(name))
        if isinstance(value, Mapping):
            yield from flat(value, here)
        elif isinstance(value, list):
            yield here, len(value)
        else:
            yield here, value
