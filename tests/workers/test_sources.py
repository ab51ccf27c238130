"""How a recording is heard: by its own metadata, else by its source, else by nothing known."""

import os
from pathlib import Path
from typing import Any

import pytest

from nlp.recording_options import RecordingOptions
from nlp.transcript import Party, Stretch, Transcript
from service.store import interactions, repeats, sources, tasks
from service.store.sources import Source
from service.store.tables import InteractionRow
from tests.fakes import FakeTranscription
from tests.workers.conftest import accept
from workers.context import Context
from workers.loop import drain
from workers.sweep import sweep

AGENT_LEFT = {"0": "agent", "1": "customer"}
AGENT_RIGHT = {"0": "customer", "1": "agent"}


class Listening(FakeTranscription):
    """Remembers how it was asked to hear."""

    asked: RecordingOptions | None = None

    def recording(self, path: Path, options: RecordingOptions, **more: Any) -> Transcript:
        """Remember, then hear."""
        self.asked = options
        return super().recording(path, options, **more)


@pytest.fixture
def listening(context: Context) -> Listening:
    fake = Listening()
    context.open_transcription = lambda: fake
    return fake


def hear(context: Context, **known: Any) -> InteractionRow:
    """A call with what is known of it, transcribed and analysed; its row."""
    task_id = accept(context, "agent: Hello", channel="voice", metadata=known)
    drain(context)
    with context.database.reading() as session:
        return interactions.get(session, tasks.view(session, task_id).interaction_id)


def set_source(context: Context, **wanted: Any) -> None:
    with context.database.transaction() as session:
        sources.put(session, Source(name="pbx", **wanted))


def asked(listening: Listening) -> RecordingOptions:
    assert listening.asked is not None
    return listening.asked


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"direction": "inbound"}, AGENT_LEFT),
        ({"direction": "outbound"}, AGENT_RIGHT),
        ({}, None),
        ({"direction": "outbound", "channel_map": AGENT_LEFT}, AGENT_LEFT),
    ],
)
def test_the_map_is_its_own_or_that_of_its_source_for_the_direction(
    context: Context, listening: Listening, known: dict[str, Any], expected: dict[str, str] | None
) -> None:
    set_source(context, channel_maps={"inbound": AGENT_LEFT, "outbound": AGENT_RIGHT})
    row = hear(context, source="pbx", **known)
    wanted = {int(number): Party(party) for number, party in expected.items()} if expected else None
    assert asked(listening).channel_map == wanted
    assert row.channel_map == expected, "what was in force is stored with the interaction"


def test_words_language_and_translation_are_the_sources(context: Context, listening: Listening) -> None:
    set_source(context, vocabulary=["Overtone"], language="hu", translate=True)
    hear(context, source="pbx", pauses=[[1000, 2000]])
    assert asked(listening) == RecordingOptions(
        language="hu", translate=True, vocabulary=("Overtone",), pauses=(Stretch(1000, 2000),)
    )
    hear(context, source="pbx", language="en")
    assert asked(listening).language == "en", "the recording's own word goes first"
    hear(context, source="other")
    assert asked(listening) == RecordingOptions()


def old(context: Context, row: InteractionRow) -> None:
    """Let the file be an hour old."""
    path = context.blobs.path(row.blob_key)
    os.utime(path, (path.stat().st_atime - 3600, path.stat().st_mtime - 3600))


def test_an_original_goes_where_policy_says_so_and_what_may_be_played_stays(context: Context) -> None:
    set_source(context, keep_original=False)
    row, kept = hear(context, source="pbx"), hear(context, source="other", direction="outbound")
    assert (row.keep_original, kept.keep_original) == (False, True)
    old(context, row)
    with context.database.transaction() as session:
        interactions.get(session, kept.id).blob_key = "1" * 64  # another recording
    sweep(context)
    with context.database.reading() as session:
        gone = interactions.get(session, row.id)
    assert gone.original_deleted_at is not None
    assert not context.blobs.exists(row.blob_key)
    assert gone.playback_key is not None
    assert context.blobs.exists(gone.playback_key)


def test_nothing_is_deleted_before_the_transcript_stands(context: Context) -> None:
    set_source(context, keep_original=False)
    task_id = accept(context, "agent: fail permanently", channel="voice", metadata={"source": "pbx"})
    drain(context)
    with context.database.reading() as session:
        view = tasks.view(session, task_id)
        row = interactions.get(session, view.interaction_id)
    assert view.state == "failed"
    old(context, row)
    sweep(context)
    assert context.blobs.exists(row.blob_key)


def test_a_recording_is_heard_again_as_its_source_is_set_now(context: Context, listening: Listening) -> None:
    row = hear(context, source="pbx")
    set_source(context, vocabulary=["Overtone"], language="hu")
    with context.database.transaction() as session:
        repeats.repeat(session, "transcribe", row.id, "speech")
    assert drain(context) == 2, "and analysed again"
    assert asked(listening) == RecordingOptions(vocabulary=("Overtone",), language="hu")
    with context.database.reading() as session:
        assert interactions.get(session, row.id).status == "analyzed"


def test_what_is_gone_is_not_transcribed_again(context: Context) -> None:
    set_source(context, keep_original=False)
    row = hear(context, source="pbx")
    old(context, row)
    sweep(context)
    with context.database.transaction() as session:
        task = repeats.repeat(session, "transcribe", row.id, "speech")
    drain(context)
    with context.database.reading() as session:
        assert tasks.view(session, task.id).error_code == "original_deleted"
