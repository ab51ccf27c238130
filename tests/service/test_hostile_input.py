"""Input made to break things: each gets its code at once, nothing is kept, the service keeps serving."""

import json
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.store import keys
from tests.service.api.sent import bearer, mail, said, wav

AT_ONCE_SECONDS = 12.0  # far more than any of these takes on a busy machine, far less than it took unguarded


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """One service for all of them: what one does wrong, the next would notice."""
    folder = tmp_path_factory.mktemp("hostile")
    values = {"data_dir": folder, "broker": "none", "min_free_bytes": 0, "max_recording_bytes": 4 * 1024**2}
    return create_app(Settings.model_validate(values))


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A caller who may send and read."""
    with TestClient(app) as client:
        with app.state.database.transaction() as session:
            _, token = keys.create(session, "hostile", ["ingest", "read"])
        client.headers.update(bearer(token))
        yield client


def lying_wav(**changes: int) -> bytes:
    """A WAV file whose head says what it likes."""
    fields = {"form": 1, "channels": 1, "rate": 8000, "byte_rate": 16000, "frame": 2, "bits": 16} | changes
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, *fields.values())
    return b"RIFF\x00\x08\x00\x00WAVE" + form + b"data" + struct.pack("<I", 2000) + bytes(2000)


def long_flac(hours: int) -> bytes:
    """Two kB that say they are hours of silence."""
    packed = (8000 << 44) | (0 << 41) | (15 << 36) | (hours * 3600 * 8000)
    info = struct.pack(">HH", 4096, 4096) + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    return b"fLaC\x00" + len(info).to_bytes(3, "big") + info + bytes(2000)


RECORDINGS: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 422, "empty_file"),
    "text renamed wav": (b"Dear Sir or Madam, this is no recording.\n" * 50, 415, "unsupported_audio"),
    "a list of other files": (b"ffconcat version 1.0\nfile 'other.wav'\n", 415, "unsupported_audio"),
    "a playlist": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", 415, "unsupported_audio"),
    "a web page": (b"<!doctype html><script>alert(1)</script>", 415, "unsupported_audio"),
    "an archive": (b"PK\x03\x04" + bytes(500), 415, "unsupported_audio"),
    "a program": (b"\x7fELF" + bytes(500), 415, "unsupported_audio"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), 415, "unsupported_audio"),
    "a RIFF of another kind": (b"RIFF\x00\x00\x00\x00AVI " + bytes(500), 415, "unsupported_audio"),
    "one byte": (b"R", 415, "unsupported_audio"),
    "a WAV head and no more": (b"RIFF\x00\x00\x00\x00WAVE", 422, "unreadable_audio"),
    "a WAV without format": (
        b"RIFF\x00\x00\x00\x00WAVEdata\x10\x00\x00\x00" + bytes(16),
        422,
        "unreadable_audio",
    ),
    "a WAV chunk that never ends": (
        b"RIFF\x00\x00\x00\x00WAVEjunk\xff\xff\xff\xff" + bytes(99),
        422,
        "unreadable_audio",
    ),
    "1 Hz": (lying_wav(rate=1), 422, "bad_sample_rate"),
    "0 Hz": (lying_wav(rate=0), 422, "bad_sample_rate"),
    "4 GHz": (lying_wav(rate=2**32 - 1), 422, "bad_sample_rate"),
    "8 channels": (wav(channels=8), 422, "too_many_audio_channels"),
    "65535 channels": (lying_wav(channels=65535), 422, "too_many_audio_channels"),
    "no channels": (lying_wav(channels=0), 422, "too_many_audio_channels"),
    "10 hours in 2 kB": (long_flac(10), 422, "audio_too_long"),
    "eight minutes at 4 kHz": (wav(rate=4000, channels=1, frames=1_900_000), 202, ""),
    "too large": (wav(frames=1_100_000), 413, "too_large"),
    "a FLAC that ends in its head": (b"fLaC\x00\x00\x00\x22", 422, "unreadable_audio"),
    "MPEG sync with reserved values": (b"\xff\xeb\xf0\x00" + bytes(100), 415, "unsupported_audio"),
}

NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
    for level in range(1000)
)
ENCLOSED = b"Content-Type: message/rfc822\r\n\r\n" * 1000
MANY_PARTS = (
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\n\r\n" * 200_000 + b"--b--\r\n"
)
FROM = b"From: a@example.com\r\n"

MAILS: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 422, "empty_file"),
    "no mail": (b"just some text\nin two lines\n", 415, "not_a_mail"),
    "a recording": (wav(), 415, "not_a_mail"),
    "nested 1000 deep": (FROM + NESTED, 422, "mail_structure"),
    "enclosed 1000 deep": (FROM + ENCLOSED, 422, "mail_structure"),
    "200,000 parts": (FROM + MANY_PARTS, 422, "mail_structure"),
    "a million lines": (FROM + b"\r\n" + b"\n" * 1_000_000, 422, "mail_structure"),
    "1000 boundaries": (
        FROM + b"".join(b"X-%d: ; boundary=b%d\r\n" % (n, n) for n in range(1000)),
        422,
        "mail_structure",
    ),
    "a header of 200 kB": (b"To: " + b"a@example.com, " * 14_000 + b"\r\n\r\nhello", 413, "mail_too_large"),
    "a header folded 2000 times": (
        b"To: a" + b",\r\n b@example.com" * 2000 + b"\r\n\r\n",
        413,
        "mail_too_large",
    ),
    "a million headers": (FROM + b"X: y\r\n" * 1_000_000, 413, "mail_too_large"),
    "brackets in a header": (b"From: " + b"(" * 5000 + b"\r\n\r\nhello", 202, ""),
    "quotes in a header": (b"From: " + b'"' * 5000 + b"\r\n\r\nhello", 202, ""),
    "encoded words in a header": (b"From: " + b"=?utf-8?b?" * 800 + b"\r\n\r\nhello", 202, ""),
    "an unknown charset in a name": (mail(From="=?no-such?b?QWRh?= <a@example.com>"), 202, ""),
    "bytes of another charset": (FROM + b"Subject: \xe9\xff\xfe\r\n\r\n\xe9t\xe9 \xff", 202, ""),
    "zeros": (FROM + b"Subject: a\x00b\r\nMessage-ID: <a\x00b@c>\r\n\r\n\x00\x00", 202, ""),
    "a date that is none": (mail(Date="Tue, 99 Foo 99999 99:99:99 +9999"), 202, ""),
    "a date beyond time": (mail(Date="Fri, 31 Dec 9999 23:59:59 -2359"), 202, ""),
    "a date before time": (mail(Date="Mon, 01 Jan 0001 00:00:00 +2359"), 202, ""),
    "too large": (FROM + b"\r\n" + b"x" * (26 * 1024**2), 413, "too_large"),
}

METADATA: dict[str, tuple[str, str]] = {
    "not JSON": ("{not json", "metadata_not_json"),
    "a list": ("[1]", "metadata_not_json"),
    "not a number": ('{"attributes": {"a": NaN}}', "metadata_not_json"),
    "nested deep": ("[" * 5000, "metadata_not_json"),
    "half a surrogate": ('{"agent": "\\ud800"}', "metadata_not_json"),
    "an unknown field": ('{"colour": "red"}', "unknown_field"),
    "an unknown field within": ('{"customer": {"shoe_size": 44}}', "unknown_field"),
    "a number that is no phone": ('{"customer": {"phone": "12"}}', "invalid_phone"),
    "a word that is no phone": ('{"customer": {"phones": ["+12025550101", "call me"]}}', "invalid_phone"),
    "no e-mail address": ('{"customer": {"email": "ada at example"}}', "invalid_email"),
    "a phone that is a number": ('{"customer": {"phone": 12025550101}}', "invalid_field"),
    "an unknown party": ('{"channel_map": {"0": "robot"}}', "invalid_channel_map"),
    "an audio channel with a name": ('{"channel_map": {"left": "agent"}}', "invalid_channel_map"),
    "an audio channel that is not there": ('{"channel_map": {"7": "agent"}}', "invalid_channel_map"),
    "a pause that ends first": ('{"pauses": [{"start_ms": 9, "end_ms": 9}]}', "invalid_pause"),
    "a pause before the start": ('{"pauses": [{"start_ms": -1, "end_ms": 9}]}', "invalid_field"),
    "a pause without an end": ('{"pauses": [{"start_ms": 1}]}', "missing_field"),
    "a pause of half a millisecond": ('{"pauses": [{"start_ms": 0.5, "end_ms": 9}]}', "invalid_field"),
    "a pause as text": ('{"pauses": "all of it"}', "invalid_field"),
    "an endless pause": ('{"pauses": [{"start_ms": 0, "end_ms": 1e18}]}', "invalid_field"),
    "a time without a zone": ('{"started_at": "2026-03-01T10:00:00"}', "invalid_time"),
    "a time that is none": ('{"started_at": "yesterday"}', "invalid_time"),
    "a time as a number": ('{"started_at": 1767225600}', "invalid_time"),
    "a time to come": ('{"started_at": "2999-01-01T00:00:00Z"}', "invalid_time"),
    "the first moment": ('{"started_at": "0001-01-01T00:00:00+14:00"}', "invalid_time"),
    "the last moment": ('{"started_at": "9999-12-31T23:59:59-14:00"}', "invalid_time"),
    "an unknown direction": ('{"direction": "sideways"}', "invalid_field"),
    "a zero": ('{"agent": "a\\u0000b"}', "invalid_text"),
    "a zero in a key": ('{"attributes": {"a\\u0000b": 1}}', "invalid_text"),
    "a long name": (json.dumps({"agent": "x" * 201}), "invalid_field"),
    "an endless number": ('{"attributes": {"a": 1e999}}', "invalid_attribute"),
    "a large number": ('{"attributes": {"a": 99999999999999999999}}', "invalid_attribute"),
    "an attribute with parts": ('{"attributes": {"a": {"b": 1}}}', "invalid_attribute"),
    "many attributes": (json.dumps({"attributes": {str(n): n for n in range(51)}}), "too_many_attributes"),
    "an empty source": ('{"source": ""}', "invalid_field"),
    "a language that is none": ('{"language": "../../etc"}', "invalid_field"),
}


def is_refused(client: TestClient, answer: Any, started: float, status: int, code: str) -> bool:
    """Whether an answer came at once and is what it should be, and the service still serves."""
    body = answer.json()
    right = answer.status_code == status and body.get("code", "") == code
    at_once = time.monotonic() - started < AT_ONCE_SECONDS
    return right and at_once and client.get("/livez").status_code == 200


def kept(app: FastAPI) -> list[Path]:
    """Every file in the blob store, finished or not."""
    return sorted(path for path in app.state.settings.blobs_dir.rglob("*") if path.is_file())


@pytest.mark.parametrize(("content", "status", "code"), RECORDINGS.values(), ids=RECORDINGS)
def test_a_hostile_recording(
    client: TestClient, app: FastAPI, content: bytes, status: int, code: str
) -> None:
    before, started = kept(app), time.monotonic()
    answer = client.put("/v1/recordings", content=content, headers={"Content-Type": "audio/wav"})
    assert is_refused(client, answer, started, status, code), answer.text
    assert status == 202 or kept(app) == before


@pytest.mark.parametrize(("content", "status", "code"), MAILS.values(), ids=MAILS)
def test_a_hostile_mail(client: TestClient, app: FastAPI, content: bytes, status: int, code: str) -> None:
    before, started = kept(app), time.monotonic()
    answer = client.post("/v1/emails", content=content)
    assert is_refused(client, answer, started, status, code), answer.text
    assert status == 202 or kept(app) == before
    if status == 202:
        assert client.get(answer.json()["interaction"]).status_code == 200


@pytest.mark.parametrize(("text", "code"), METADATA.values(), ids=METADATA)
def test_hostile_metadata(client: TestClient, app: FastAPI, text: str, code: str) -> None:
    before, started = kept(app), time.monotonic()
    answer = client.put("/v1/recordings", content=wav(), headers={"Overtone-Metadata": text})
    assert is_refused(client, answer, started, 422, code), answer.text
    form = {"file": ("a.wav", wav()), "metadata": (None, text)}
    answer = client.post("/v1/recordings", files=form)
    assert is_refused(client, answer, started, 422, code), answer.text
    assert kept(app) == before


def test_a_value_that_is_refused_is_not_repeated(client: TestClient) -> None:
    secret = "4111 1111 1111 1111"
    for fields in (
        {"customer": {"phone": secret + " is my card"}},
        {"customer": {"email": secret}},
        {"direction": secret},
        {"started_at": secret},
        {"language": secret},
        {"channel_map": {"0": secret}},
    ):
        answer = client.put("/v1/recordings", content=wav(), headers=said(**fields))
        assert answer.status_code == 422
        assert secret not in answer.text


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\boot.ini", "a\r\nSet-Cookie: x=1", "a" * 1000])
def test_a_file_name_is_never_a_path(client: TestClient, app: FastAPI, name: str) -> None:
    outside = sorted(app.state.settings.data_dir.parent.iterdir())
    answer = client.post("/v1/recordings", files={"file": (name, wav())})
    assert answer.status_code == 202
    shown = client.get(answer.json()["interaction"]).json()["file_name"]
    assert len(shown) <= 255
    assert not set(shown) & set("/\\\r\n")
    assert sorted(app.state.settings.data_dir.parent.iterdir()) == outside


def test_others_are_served_meanwhile(client: TestClient) -> None:
    """Twenty bombs at once; an honest caller does not wait for them."""
    bombs = [
        threading.Thread(target=client.post, args=("/v1/emails",), kwargs={"content": FROM + MANY_PARTS})
    ]
    bombs += [
        threading.Thread(
            target=client.post, args=("/v1/emails",), kwargs={"content": FROM + b"X: y\r\n" * 100_000}
        )
        for _ in range(19)
    ]
    for bomb in bombs:
        bomb.start()
    started = time.monotonic()
    assert client.put("/v1/recordings", content=wav()).status_code == 202
    assert client.get("/livez").status_code == 200
    waited = time.monotonic() - started
    for bomb in bombs:
        bomb.join()
    assert waited < AT_ONCE_SECONDS
