"""What ingest finds in files and folders."""

import json
import mailbox
from pathlib import Path

from service.cli.collect import collect


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_folder_gives_recordings_mails_and_message_documents_in_order(tmp_path: Path) -> None:
    _write(tmp_path / "b.wav", b"RIFF")
    _write(tmp_path / "a.eml", "Subject: hello\n\nbody")
    _write(tmp_path / "c.json", json.dumps({"channel": "note", "text": "called back"}))
    items, left_out = collect([tmp_path])
    assert [(item.name, item.kind) for item in items] == [
        ("a.eml", "email"),
        ("b.wav", "recording"),
        ("c.json", "messages"),
    ]
    assert left_out == []


def test_a_sidecar_is_metadata_and_no_document(tmp_path: Path) -> None:
    _write(tmp_path / "one.wav", b"RIFF")
    _write(tmp_path / "one.json", json.dumps({"agent": "Kim"}))
    _write(tmp_path / "two.mp3", b"ID3")
    _write(tmp_path / "two.mp3.json", json.dumps({"agent": "Lee"}))
    items, _ = collect([tmp_path])
    assert [(item.name, item.metadata) for item in items] == [
        ("one.wav", {"agent": "Kim"}),
        ("two.mp3", {"agent": "Lee"}),
    ]


def test_a_sidecar_with_pattern_signs_in_its_name_is_found(tmp_path: Path) -> None:
    _write(tmp_path / "call [1]*.wav", b"RIFF")
    _write(tmp_path / "call [1]*.json", json.dumps({"agent": "Kim"}))
    items, _ = collect([tmp_path])
    assert [(item.kind, item.metadata) for item in items] == [("recording", {"agent": "Kim"})]


def test_what_is_left_out_is_said_with_the_reason(tmp_path: Path) -> None:
    _write(tmp_path / "notes.docx", b"PK")
    _write(tmp_path / "one.wav", b"RIFF")
    _write(tmp_path / "one.json", "{not json")
    items, left_out = collect([tmp_path, tmp_path / "missing"])
    assert items == []
    assert {path.name for path, _ in left_out} == {"notes.docx", "one.wav", "missing"}
    assert all(reason for _, reason in left_out)


def test_hidden_files_are_not_looked_at(tmp_path: Path) -> None:
    _write(tmp_path / ".cache" / "one.wav", b"RIFF")
    assert collect([tmp_path]) == ([], [])


def test_an_mbox_gives_each_of_its_mails_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "box.mbox"
    box = mailbox.mbox(file)
    for number in (1, 2):
        box.add(
            f"Message-ID: <{number}@example.org>\nSubject: mail {number}\n\nFrom here on: text {number}\n"
        )
    box.close()
    items, left_out = collect([file])
    assert [item.name for item in items] == ["box.mbox#1", "box.mbox#2"]
    assert [
        b"Message-ID: <1@" in (items[0].in_memory().content or b""),
        b"text 2" in (items[1].in_memory().content or b""),
    ] == [
        True,
        True,
    ]
    assert left_out == []


def test_a_transcript_beside_a_recording_goes_along_with_it(tmp_path: Path) -> None:
    for name in ("one.wav", "two.wav"):
        _write(tmp_path / name, b"RIFF")
    _write(tmp_path / "one.vtt", "WEBVTT\n")
    _write(tmp_path / "one.json", json.dumps({"agent": "Kim"}))
    _write(tmp_path / "two.json", json.dumps({"Participants": [], "Transcript": []}))
    _write(tmp_path / "two.wav.json", json.dumps({"agent": "Lee"}))
    items, left_out = collect([tmp_path])
    assert [(item.kind, item.transcript, item.metadata) for item in items] == [
        ("recording", tmp_path / "one.vtt", {"agent": "Kim"}),
        ("recording", tmp_path / "two.json", {"agent": "Lee"}),
    ]
    assert left_out == []


def test_a_transcript_alone_is_sent_alone_with_its_metadata(tmp_path: Path) -> None:
    _write(tmp_path / "one.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello.")
    _write(tmp_path / "one.json", json.dumps({"agent": "Kim"}))
    _write(tmp_path / "two.json", json.dumps({"Participants": [], "Transcript": []}))
    _write(tmp_path / "three.json", json.dumps({"uuid": "x", "dialog": []}))
    items, _ = collect([tmp_path])
    assert [(item.name, item.kind, item.metadata) for item in items] == [
        ("one.srt", "transcript", {"agent": "Kim"}),
        ("three.json", "vcon", {}),
        ("two.json", "transcript", {}),
    ]


def test_a_recording_beside_its_vcon_goes_inside_it(tmp_path: Path) -> None:
    far = {"type": "recording", "url": "https://elsewhere.example/calls/one.mp3?key=1"}
    other = {"type": "recording", "filename": "../../etc/passwd"}
    _write(tmp_path / "one.vcon.json", json.dumps({"uuid": "x", "dialog": [far, other]}))
    _write(tmp_path / "one.mp3", b"ID3 sound")
    _write(tmp_path / "two.mp3", b"ID3")
    items, left_out = collect([tmp_path])
    assert [(item.name, item.kind) for item in items] == [("one.vcon.json", "vcon"), ("two.mp3", "recording")]
    sent = json.loads(items[0].in_memory().content or b"")["dialog"]
    assert sent == [{"type": "recording", "body": "SUQzIHNvdW5k", "encoding": "base64url"}, other]
    assert left_out == []


def test_a_vcon_without_files_is_sent_as_it_is(tmp_path: Path) -> None:
    content = '{"uuid": "x",  "dialog": [{"body": "aa"}, 7]}'
    _write(tmp_path / "one.vcon", content)
    items, _ = collect([tmp_path])
    assert (items[0].kind, items[0].content) == ("vcon", content.encode())
