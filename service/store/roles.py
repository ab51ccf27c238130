"""Roles: who of a recording is the agent and who the customer, put right by hand without hearing it again."""

from collections.abc import Callable, Mapping
from uuid import UUID

from service.errors import Conflict, InvalidInput
from service.store import interactions, phrase_hits, repeats, search_index, transcripts
from service.store.database import Session
from service.store.tables import Channel, InteractionRow, TaskRow, TranscriptRow, TurnRow

AGENT, CUSTOMER = "agent", "customer"
BY_HAND = "roles_by_hand"
_OTHER = {AGENT: CUSTOMER, CUSTOMER: AGENT}
_STEREO = {"0": AGENT, "1": CUSTOMER}  # what a recording without a map is taken for
_STAGE, _JOB_QUEUE = "analyze", "text"


def change(
    session: Session,
    interaction_id: UUID,
    *,
    channel_map: Mapping[str, str] | None = None,
    speakers: Mapping[str, str] | None = None,
) -> TaskRow:
    """One of the three ways below: by map, by speakers, else swapped; raises what they raise."""
    if channel_map is not None:
        return set_channel_map(session, interaction_id, channel_map)
    if speakers is not None:
        return set_speakers(session, interaction_id, speakers)
    return swap(session, interaction_id)


def swap(session: Session, interaction_id: UUID) -> TaskRow:
    """Make the agent the customer and the customer the agent, and queue what follows from it.

    Raises NotFound, Conflict(not_a_recording, transcript_not_ready, roles_unknown).
    """
    row, made = _opened(session, interaction_id)
    turns = transcripts.turns(session, row.id)
    if not any(turn.party in _OTHER for turn in turns):
        raise Conflict(
            "roles_unknown",
            "Nobody in this recording is known as agent or customer, so there is nothing to swap.",
            "Say who is who: by channel_map where each has an audio channel, else by speakers.",
        )
    if not _has_voices(turns):
        before = row.channel_map or (_STEREO if (made.audio_channels or 1) > 1 else _map_of(turns))
        row.channel_map = {number: _OTHER.get(party, party) for number, party in before.items()}
    return _changed(session, row, made, lambda turn: _OTHER.get(turn.party, turn.party))


def set_channel_map(session: Session, interaction_id: UUID, channel_map: Mapping[str, str]) -> TaskRow:
    """Say which party speaks on each audio channel, and queue what follows from it.

    Raises NotFound, Conflict(not_a_recording, transcript_not_ready, voices_share_a_channel),
    InvalidInput(incomplete_channel_map, unknown_audio_channel).
    """
    row, made = _opened(session, interaction_id)
    turns = transcripts.turns(session, row.id)
    if _has_voices(turns):
        raise Conflict(
            "voices_share_a_channel",
            "Several people speak on one audio channel here, so a channel map can't tell them apart.",
            "Say it by speakers, whose numbers stand at the turns.",
        )
    beyond = [number for number in channel_map if int(number) >= (made.audio_channels or 1)]
    if beyond:
        raise InvalidInput(
            "unknown_audio_channel",
            f"The recording has no audio channel {beyond[0]}.",
            f"Its audio channels are numbered from 0; it has {made.audio_channels or 1}.",
        )
    missing = sorted(set(_map_of(turns)) - set(channel_map))
    if missing:
        raise InvalidInput(
            "incomplete_channel_map",
            f"The map says nothing about audio channel {missing[0]}, on which someone speaks.",
            "Name the party of every audio channel.",
        )
    row.channel_map = dict(channel_map)
    return _changed(session, row, made, lambda turn: channel_map.get(str(turn.audio_channel), turn.party))


def set_speakers(session: Session, interaction_id: UUID, speakers: Mapping[str, str]) -> TaskRow:
    """Say which party each voice is, and queue what follows from it; a voice not named stays who it was.

    Raises NotFound, Conflict(not_a_recording, transcript_not_ready, no_voices),
    InvalidInput(unknown_speaker).
    """
    row, made = _opened(session, interaction_id)
    turns = transcripts.turns(session, row.id)
    if not _has_voices(turns):
        raise Conflict(
            "no_voices",
            "No voices were told apart in this recording.",
            "Say it by channel_map, or swap the roles.",
        )
    known = {str(turn.speaker) for turn in turns if turn.speaker is not None}
    strangers = sorted(set(speakers) - known)
    if strangers:
        raise InvalidInput(
            "unknown_speaker",
            f"There is no speaker {strangers[0][:20]} in this recording.",
            f"The speakers are {', '.join(sorted(known))}.",
        )
    return _changed(session, row, made, lambda turn: speakers.get(str(turn.speaker), turn.party))


def _opened(session: Session, interaction_id: UUID) -> tuple[InteractionRow, TranscriptRow]:
    """The interaction, held until the end of the transaction, and its transcript."""
    row = interactions.get(session, interaction_id, hold=True)
    if row.channel != Channel.VOICE:
        raise Conflict(
            "not_a_recording",
            "Only a recording has voices whose roles may be wrong; here the sender said who wrote what.",
            "Send the messages again with the right parties, under another external_id.",
        )
    made = transcripts.get(session, row.id)
    if made is None or repeats.open_task(session, "transcribe", row.id) is not None:
        raise Conflict(
            "transcript_not_ready",
            "The recording is not transcribed yet.",
            "Look at its task, and say who is who when it is done.",
        )
    return row, made


def _changed(
    session: Session, row: InteractionRow, made: TranscriptRow, party: Callable[[TurnRow], str]
) -> TaskRow:
    changes: dict[str, set[str]] = {}
    turns = transcripts.turns(session, row.id)
    for turn in turns:
        before, turn.party = turn.party, party(turn)
        changes.setdefault(before, set()).add(turn.party)
    sure = {before: after.pop() if len(after) == 1 else None for before, after in changes.items()}
    phrase_hits.change_parties(session, row.id, sure)
    search_index.set_parties(session, row.id, turns)
    made.role_confidence = None  # nothing is inferred any more
    kept = [notice for notice in made.notices if not str(notice["code"]).startswith("roles_")]
    made.notices = [*kept, {"code": BY_HAND, "detail": "Who is the agent was set by hand."}]
    if row.failure_code is not None:
        interactions.reopen(session, row.id)
    session.flush()
    return repeats.repeat(session, _STAGE, row.id, _JOB_QUEUE)


def _has_voices(turns: list[TurnRow]) -> bool:
    return any(turn.speaker is not None for turn in turns)


def _map_of(turns: list[TurnRow]) -> dict[str, str]:
    return {str(turn.audio_channel): turn.party for turn in turns if turn.audio_channel is not None}
