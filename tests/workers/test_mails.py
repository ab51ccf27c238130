"""Mails by a worker: those from machines are nobody's, attachments are listed, voicemail is transcribed."""

from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from nlp.transcript import Attachment, Automatic, Party, Transcript, Turn
from service.store import analyses, customers, interactions, tasks, transcripts
from service.store.customers import Identifier
from service.store.interactions import InteractionFilter
from service.store.tables import IdentifierKind, InteractionRow, TurnRow
from tests.fakes import FakeTranscription
from tests.service.store.made import new_interaction
from workers.context import Context
from workers.runner import run_next

SOUND = Attachment("message.wav", "audio/wav", 20)
PICTURE = Attachment("logo.png", "image/png", 3, inline=True)


@dataclass
class MailTranscription(FakeTranscription):
    """Mails are what a test says they are; the sound in them is a text file, as everywhere here."""

    automatic: Automatic | None = None
    attachments: tuple[Attachment, ...] = ()

    def email(self, path: Path, *, author: Party = Party.CUSTOMER) -> Transcript:
        """One turn of the author."""
        turns = (Turn(author, "A message for you."),)
        return Transcript(
            "text", "1", turns, reliable=True, automatic=self.automatic, attachments=self.attachments
        )


def accept(context: Context, *sounds: str) -> UUID:
    """A mail with these sounds attached, and its first task; the interaction's id."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ada@example.com", "Hello"
    mail.set_content("A message for you.")
    for sound in sounds:
        mail.add_attachment(sound.encode(), maintype="audio", subtype="wav", filename="message.wav")
    with context.blobs.begin() as writer:
        writer.write(mail.as_bytes())
        blob = writer.commit()
    with context.database.transaction() as session:
        known = [Identifier(IdentifierKind.EMAIL, "ada@example.com")]
        customer = customers.resolve(session, known).customer.id
        new = new_interaction(channel="email", blob_key=blob.key, blob_bytes=1, customer_id=customer)
        row, _ = interactions.add(session, new)
        tasks.add(session, "transcribe", row.id, "text")
    return row.id


def worked(context: Context, interaction_id: UUID) -> tuple[InteractionRow, list[TurnRow]]:
    while run_next(context):
        pass
    with context.database.reading() as session:
        return interactions.get(session, interaction_id), transcripts.turns(session, interaction_id)


def mails(context: Context, **known: Any) -> None:
    """The mails of this test."""
    context.__dict__["transcription"] = MailTranscription(**known)


def test_a_mail_from_a_machine_is_no_contact_and_nobodys_opinion(context: Context) -> None:
    mails(context, automatic=Automatic.AUTO_REPLY)
    row, turns = worked(context, accept(context))
    assert (row.automatic, row.is_contact, row.customer_id) == ("auto_reply", False, None)
    assert [turn.party for turn in turns] == ["system"]
    with context.database.reading() as session:
        found = interactions.find(session, filters=InteractionFilter(automatic=True)).items
        assert [one.id for one in found] == [row.id]
        assert interactions.find(session, filters=InteractionFilter(automatic=False)).items == []


def test_attachments_are_listed(context: Context) -> None:
    mails(context, attachments=(PICTURE,))
    row, _ = worked(context, accept(context))
    listed = {"name": "logo.png", "media_type": "image/png", "size": 3, "inline": True}
    assert (row.attachments, row.is_contact) == ([listed], True)


def test_a_voicemail_follows_the_mail_and_can_be_played(context: Context) -> None:
    mails(context, attachments=(SOUND,), automatic=Automatic.BULK)
    row, turns = worked(context, accept(context, "unknown: my bill is wrong\nunknown: call me"))
    assert [(turn.party, turn.text, turn.start_ms) for turn in turns] == [
        ("system", "A message for you.", None),
        ("customer", "my bill is wrong", 0),
        ("customer", "call me", 1000),
    ]
    assert (row.status, row.is_contact, row.duration_ms) == ("analyzed", True, 2000)
    assert row.playback_key is not None
    with context.database.reading() as session:
        assert {one.name for one in analyses.reasons(session, row.id)} >= {"wrong charge"}


def test_the_times_of_several_voicemails_are_not_known(context: Context) -> None:
    mails(context, attachments=(SOUND, SOUND))
    row, turns = worked(context, accept(context, "unknown: one", "unknown: two"))
    assert [(turn.text, turn.start_ms) for turn in turns[1:]] == [("one", None), ("two", None)]
    assert (row.playback_key, row.duration_ms) == (None, None)


@pytest.mark.parametrize("sound", ["", "agent: fail permanently"])
def test_a_voicemail_that_cannot_be_heard_costs_nothing_of_the_mail(context: Context, sound: str) -> None:
    mails(context, attachments=(SOUND, SOUND))
    row, turns = worked(context, accept(context, sound, "unknown: two"))
    assert [turn.text for turn in turns] == ["A message for you.", "two"]
    assert row.status == "analyzed"
    assert row.attachments is not None
    assert [one["code"] is None for one in row.attachments] == [False, True]
    with context.database.reading() as session:
        made = transcripts.get(session, row.id)
        assert made is not None
        assert [notice["code"] for notice in made.notices] == ["attachment_not_transcribed"]


def test_sound_is_left_to_the_workers_of_speech(context: Context) -> None:
    mails(context, attachments=(SOUND,))
    interaction_id = accept(context, "unknown: one")
    context.job_queues = ("text",)
    while run_next(context):
        pass
    with context.database.reading() as session:
        waiting = [one for one in tasks.counts(session) if one.state == "queued"]
        assert [(one.job_queue, one.tasks) for one in waiting] == [("speech", 1)]
        assert [turn.text for turn in transcripts.turns(session, interaction_id)] == ["A message for you."]
