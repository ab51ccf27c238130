"""Roles put right by hand: turns, map and the work that follows change together, or nothing does."""

from uuid import UUID

import pytest

from service.errors import Conflict, InvalidInput
from service.store import interactions, phrase_hits, phrase_lists, repeats, roles, tasks, transcripts
from service.store.database import Database, Session
from service.store.phrase_hits import SoundHit
from service.store.phrase_lists import SavedPhrase
from service.store.tables import InteractionRow, Status, TaskState
from service.store.transcripts import NewTranscript, NewTurn
from tests.service.store.made import make_interaction

AGENT_LEFT, AGENT_RIGHT = {"0": "agent", "1": "customer"}, {"0": "customer", "1": "agent"}


def recorded(session: Session, *turns: NewTurn, audio_channels: int = 2, **known: object) -> InteractionRow:
    """A call with its transcript, analysed."""
    row = make_interaction(session, **known)
    made = NewTranscript(
        engine="x",
        engine_version="1",
        audio_channels=audio_channels,
        role_confidence=0.6,
        notices=[{"code": "roles_unsure", "detail": "?"}, {"code": "fallback_engine", "detail": "x"}],
    )
    transcripts.replace(session, row.id, made, turns=turns)
    interactions.mark_transcribed(session, row.id)
    return interactions.mark_analyzed(session, row.id)


def stereo(session: Session, **known: object) -> InteractionRow:
    return recorded(
        session,
        NewTurn(party="agent", text="hello", audio_channel=0),
        NewTurn(party="customer", text="my bill", audio_channel=1),
        NewTurn(party="system", text="beep", audio_channel=0),
        **known,
    )


def mono(session: Session, *parties: str) -> InteractionRow:
    turns = [
        NewTurn(party=party, text="x", audio_channel=0, speaker=number)
        for number, party in enumerate(parties)
    ]
    return recorded(session, *turns, audio_channels=1)


def parties(session: Session, interaction_id: UUID) -> list[str]:
    session.expire_all()
    return [turn.party for turn in transcripts.turns(session, interaction_id)]


def test_swapped_roles_reach_turns_map_and_analysis(session: Session) -> None:
    row = stereo(session)
    task = roles.swap(session, row.id)
    assert parties(session, row.id) == ["customer", "agent", "system"]
    assert row.channel_map == AGENT_RIGHT
    assert (task.kind, task.job_queue, task.generation, task.state) == ("analyze", "text", 1, "queued")
    assert row.status == Status.ANALYZED, "until then it counts with what was found before"
    made = transcripts.get(session, row.id)
    assert made is not None
    assert made.role_confidence is None
    assert [notice["code"] for notice in made.notices] == ["fallback_engine", "roles_by_hand"]


def test_swapping_twice_is_as_before_and_queues_one_analysis(session: Session) -> None:
    row = stereo(session, channel_map={"0": "agent", "1": "customer", "2": "system"})
    first = roles.swap(session, row.id)
    assert roles.swap(session, row.id).id == first.id
    assert parties(session, row.id) == ["agent", "customer", "system"]
    assert row.channel_map == {"0": "agent", "1": "customer", "2": "system"}


def test_a_channel_map_names_the_party_of_each_channel(session: Session) -> None:
    row = stereo(session)
    roles.set_channel_map(session, row.id, {"0": "customer", "1": "unknown"})
    assert parties(session, row.id) == ["customer", "unknown", "customer"]
    assert row.channel_map == {"0": "customer", "1": "unknown"}


def test_voices_of_a_mono_recording_get_their_roles(session: Session) -> None:
    row = mono(session, "unknown", "unknown", "system")
    roles.set_speakers(session, row.id, {"0": "agent", "1": "customer"})
    assert parties(session, row.id) == ["agent", "customer", "system"]
    roles.swap(session, row.id)
    assert parties(session, row.id) == ["customer", "agent", "system"]
    assert row.channel_map is None, "a map by audio channel would say nothing about voices"


def test_phrases_heard_in_the_sound_change_sides_too(session: Session) -> None:
    row = stereo(session)
    sought = [SavedPhrase(name="any", query="refund", sound=True)]
    sought.append(SavedPhrase(name="agent's", query="refund", party="agent", sound=True))
    phrase_lists.put(session, "sales", sought)
    heard = [SoundHit(query="refund", party="agent", start_ms=0, end_ms=9, score=0.9)]
    phrase_hits.replace_heard(session, row.id, heard)
    roles.swap(session, row.id)
    found = [(hit.row.phrase, hit.row.party) for hit in phrase_hits.of(session, row.id)]
    assert found == [("any", "customer")], "and what was sought from the agent alone is gone"
    roles.set_channel_map(session, row.id, {"0": "agent", "1": "agent"})
    assert [hit.row.party for hit in phrase_hits.of(session, row.id)] == ["agent"]


@pytest.mark.parametrize(
    ("given", "code"),
    [({"0": "agent"}, "incomplete_channel_map"), ({**AGENT_LEFT, "2": "system"}, "unknown_audio_channel")],
)
def test_a_map_that_does_not_fit_changes_nothing(session: Session, given: dict[str, str], code: str) -> None:
    row = stereo(session)
    with pytest.raises(InvalidInput, match=code):
        roles.set_channel_map(session, row.id, given)
    assert parties(session, row.id) == ["agent", "customer", "system"]
    assert repeats.open_task(session, "analyze", row.id) is None


def test_a_stranger_among_the_speakers_is_refused(session: Session) -> None:
    row = mono(session, "unknown", "unknown")
    with pytest.raises(InvalidInput, match="unknown_speaker"):
        roles.set_speakers(session, row.id, {"0": "agent", "7": "customer"})
    assert parties(session, row.id) == ["unknown", "unknown"]


def test_what_is_not_possible_is_told(session: Session) -> None:
    with pytest.raises(Conflict, match="transcript_not_ready"):
        roles.swap(session, make_interaction(session).id)
    with pytest.raises(Conflict, match="not_a_recording"):
        roles.swap(session, stereo(session, channel="chat").id)
    with pytest.raises(Conflict, match="roles_unknown"):
        roles.swap(session, mono(session, "unknown", "unknown").id)
    with pytest.raises(Conflict, match="voices_share_a_channel"):
        roles.set_channel_map(session, mono(session, "agent", "customer").id, {"0": "agent"})
    with pytest.raises(Conflict, match="no_voices"):
        roles.set_speakers(session, stereo(session).id, {"0": "agent"})


def test_a_recording_that_is_heard_again_waits_for_that(session: Session) -> None:
    row = stereo(session)
    repeats.repeat(session, "transcribe", row.id, "speech")
    with pytest.raises(Conflict, match="transcript_not_ready"):
        roles.swap(session, row.id)


def test_an_analysis_under_way_is_taken_back(database: Database) -> None:
    """It read the roles as they were; what it finds must not be written."""
    with database.transaction() as session:
        row = stereo(session)
        task_id = repeats.repeat(session, "analyze", row.id, "text").id
    with database.transaction() as session:
        claim = tasks.claim(session, task_id, "worker", 60)
        assert claim is not None
    with database.transaction() as session:
        assert roles.swap(session, row.id).id == task_id
    with pytest.raises(tasks.Fenced), database.transaction() as session:
        tasks.finish(session, claim)
    with database.transaction() as session:
        again = tasks.claim(session, task_id, "worker", 60)
        assert again is not None
        assert (again.attempts, again.fence) == (1, 2)
        tasks.finish(session, again)
        assert tasks.get(session, task_id).state == TaskState.DONE
        assert tasks.attempt_outcomes(session) == {"released": 1, "done": 1}


def test_a_failed_analysis_gets_another_chance(session: Session) -> None:
    row = stereo(session)
    interactions.fail(session, row.id, "out_of_memory", "x")
    roles.swap(session, row.id)
    assert (row.status, row.failure_code) == (Status.TRANSCRIBED, None)
