"""The first pipeline with a recogniser and a speech finder that the test steers."""

import json
from pathlib import Path

import numpy as np
import pytest

from nlp.asr.protocol import Recogniser
from nlp.audio.recording import open_recording
from nlp.errors import UnreadableAudio
from nlp.masking import places_of
from nlp.recording_options import RecordingOptions
from nlp.redaction import Redactor
from nlp.transcript import Notice, Party, Word
from nlp.transcription import Transcription
from nlp.vad import SpeechSpan
from tests.nlp.loudness import LoudnessRecogniser, call, every_loud_second, pipeline
from tests.nlp.sounds import noise, write_wav


def test_a_stereo_call_becomes_turns_by_party_in_order(tmp_path: Path) -> None:
    seen: list[float] = []
    transcript = pipeline().recording(call(tmp_path), progress=seen.append)
    assert [(turn.party, turn.start_ms, turn.text) for turn in transcript.turns] == [
        (Party.AGENT, 0, "level1"),
        (Party.CUSTOMER, 2000, "level3"),
        (Party.AGENT, 4000, "level1"),
    ]
    assert (transcript.duration_ms, transcript.audio_channels, transcript.language) == (6000, 2, "en")
    assert transcript.reliable is True
    assert transcript.confidence == pytest.approx(0.9)
    assert transcript.thresholds == {"reliable_confidence": 0.5}
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_low_confidence_makes_a_transcript_unreliable(tmp_path: Path) -> None:
    transcript = pipeline(LoudnessRecogniser(confidence=0.3)).recording(call(tmp_path))
    assert transcript.reliable is False
    assert len(transcript.turns) == 3


def test_a_call_without_speech_is_a_normal_result(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "voicemail.wav", np.zeros(48_000))
    transcript = pipeline().recording(path)
    assert transcript.turns == ()
    assert transcript.reliable is None
    assert transcript.confidence is None
    assert transcript.language is None
    assert transcript.duration_ms == 3000


def test_notices_of_engine_and_channels_reach_the_transcript(tmp_path: Path) -> None:
    both = noise(3.0, level=0.1)
    path = write_wav(tmp_path / "call.wav", both, both)
    transcript = pipeline(None, Notice("fallback_engine", "...")).recording(path)
    assert [notice.code for notice in transcript.notices] == ["fallback_engine", "dual_mono"]
    assert {turn.party for turn in transcript.turns} == {Party.UNKNOWN}


def test_a_language_the_engine_does_not_understand_is_unreliable(tmp_path: Path) -> None:
    transcript = pipeline().recording(call(tmp_path), RecordingOptions(language="hu"))
    assert transcript.reliable is False
    assert [notice.code for notice in transcript.notices] == ["language_not_supported"]


def test_spoken_card_numbers_are_masked_in_text_words_and_sound(tmp_path: Path) -> None:
    spoken = ["card", "four", *["one"] * 15, "thanks"]
    samples = np.zeros(96_000)
    samples[:64_000] = noise(4.0, level=0.2)
    path = write_wav(tmp_path / "call.wav", samples)
    heard = Transcription(
        lambda: (LoudnessRecogniser(says=spoken), ()),
        Redactor(),
        find_speech=lambda recording, audio_channel: [SpeechSpan(0, 4000)],
    )
    transcript = heard.recording(path, RecordingOptions(channel_map={0: Party.CUSTOMER}))
    (turn,) = transcript.turns
    assert turn.text == "card [card] thanks"
    assert [word.text for word in turn.words] == ["card", *["[card]"] * 16, "thanks"]
    (redaction,) = transcript.redactions
    assert (redaction.kind, redaction.turn) == ("card", 0)
    assert " ".join(spoken)[redaction.start : redaction.end] == " ".join(spoken[1:17])
    target = tmp_path / "play.wav"
    heard.playback(path, transcript, target)
    with open_recording(target) as heard_by_people:
        played = heard_by_people.window(0, heard_by_people.frames)
    assert np.abs(played[200 * 16 : 3300 * 16]).max() <= 2000


def test_more_than_two_channels_need_a_map(tmp_path: Path) -> None:
    parts = [noise(1.0, level=0.1, seed=seed) for seed in range(4)]
    path = write_wav(tmp_path / "call.wav", *parts)
    with pytest.raises(UnreadableAudio) as refused:
        pipeline().recording(path)
    assert refused.value.code == "too_many_audio_channels"
    transcript = pipeline().recording(path, RecordingOptions(channel_map={0: Party.AGENT, 3: Party.CUSTOMER}))
    assert {turn.audio_channel for turn in transcript.turns} == {0, 3}


def test_the_engine_is_opened_once_and_only_for_recordings(tmp_path: Path) -> None:
    opened: list[int] = []

    def open_engine() -> tuple[Recogniser, tuple[Notice, ...]]:
        opened.append(1)
        return LoudnessRecogniser(), ()

    heard = Transcription(open_engine, Redactor(), find_speech=every_loud_second)
    heard.texts([(Party.CUSTOMER, "hello")])
    assert opened == []
    heard.recording(call(tmp_path))
    heard.recording(call(tmp_path))
    assert opened == [1]


def test_texts_are_redacted_and_reliable() -> None:
    transcript = pipeline().texts([(Party.CUSTOMER, "write to ann@example.com"), (Party.AGENT, "will do")])
    assert [turn.text for turn in transcript.turns] == ["write to [email]", "will do"]
    assert transcript.reliable is True
    assert transcript.engine == "text"
    assert [(r.kind, r.turn, r.start, r.end) for r in transcript.redactions] == [("email", 0, 9, 24)]


def test_a_mail_is_one_turn_of_its_author(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_text(
        "From: Ann <ann@example.com>\nTo: help@example.org\nSubject: Call +1 212 555 0123\n\n"
        "My parcel has not come.\n\nOn Mon, Jan 5, 2026 at 10:00 AM Bob <bob@example.org> wrote:\n"
        "> write to bob@example.org\n",
        encoding="utf-8",
    )
    transcript = pipeline().email(path)
    (turn,) = transcript.turns
    assert turn.party is Party.CUSTOMER
    assert turn.text == "My parcel has not come."
    assert "[email]" in turn.quoted
    assert "bob@" not in turn.quoted
    assert transcript.subject == "Call [phone]"


def test_a_mail_that_says_all_in_its_subject_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_text(
        "From: Ann <ann@example.com>\nSubject: Please cancel my subscription\n\n\n", encoding="utf-8"
    )
    assert [turn.text for turn in pipeline().email(path).turns] == ["Please cancel my subscription"]
    path.write_text(
        "From: Ann <ann@example.com>\nSubject: Re: Your bill\n\n\n"
        "On Mon, Jan 5, 2026 at 10:00 AM Bob <bob@example.org> wrote:\n> hi\n",
        encoding="utf-8",
    )
    assert pipeline().email(path).turns == ()


def test_a_machines_mail_is_called_so_and_names_of_attachments_are_redacted(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_text(
        "From: Ann <ann@example.com>\nSubject: Hi\nAuto-Submitted: auto-replied\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nI am away.\n--b\nContent-Type: audio/mpeg\n"
        'Content-Disposition: attachment; filename="call ann@example.com - 1.mp3"\n\nx\n--b--\n',
        encoding="utf-8",
    )
    transcript = pipeline().email(path)
    assert transcript.automatic == "auto_reply"
    assert [notice.code for notice in transcript.notices] == ["auto_reply"]
    (attachment,) = transcript.attachments
    assert (attachment.name, attachment.audio) == ("call [email] - 1.mp3", True)


def test_chat_messages_have_times_from_the_first(tmp_path: Path) -> None:
    path = tmp_path / "chat.json"
    messages = [
        {"party": "customer", "text": "hello", "sent_at": "2026-01-05T10:00:00Z"},
        {"party": "agent", "text": "good morning", "sent_at": "2026-01-05T10:00:02.5Z"},
        {"party": "customer", "text": "my card is 4111 1111 1111 1111"},
    ]
    path.write_text(json.dumps({"channel": "chat", "messages": messages}), encoding="utf-8")
    transcript = pipeline().messages(path)
    assert [turn.start_ms for turn in transcript.turns] == [0, 2500, None]
    assert transcript.turns[2].text == "my card is [card]"


def test_words_out_of_speech_are_dropped(tmp_path: Path) -> None:
    says = [f"w{number}" for number in range(20)]  # four seconds of words in one second of speech
    transcript = pipeline(LoudnessRecogniser(says=says)).recording(
        write_wav(tmp_path / "a.wav", np.concatenate([noise(1.0, level=0.2), np.zeros(80_000)]))
    )
    assert [word.text for word in transcript.turns[0].words] == says[:6]


def test_words_are_found_in_their_turn_in_order() -> None:
    words = [Word(0, 1, text, None) for text in ("is", "this", "is", "odd")]
    assert places_of("is this is", words) == [(0, 2), (3, 7), (8, 10), (10, 13)]
