"""WebVTT and SubRip files as people and programs write them, and as attackers would."""

import contextlib
import time
from pathlib import Path

import pytest

from nlp.errors import UnreadableTranscript
from nlp.transcript import Party
from nlp.transcript_files import Given, read_transcript_file

VTT = """WEBVTT - a call

NOTE this is
not spoken

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:02.500 align:start
<v Agent>Thank you for calling, <b>how</b> can I help?

00:02.600 --> 00:04.000
<v.loud Agent>My name is Tom &amp; Co.</v>

01:00:05.000 --> 01:00:06.000
<v Barbara Johnson>My &lt;b&gt;bill&lt;/b&gt; is wrong.</v><v Agent>I see.
"""

SRT = """\ufeff1\r
00:00:01,000 --> 00:00:02,000\r
Agent: Hello.\r
- Customer: Hi.\r
\r
2\r
00:00:02,100 --> 00:00:03,000\r
My parcel is lost: help me.\r
"""


def read(folder: Path, content: str | bytes, name: str = "call.vtt") -> Given:
    """The file's transcript."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_transcript_file(path)


def refusal(folder: Path, content: str | bytes) -> str:
    """The code with which a file is refused."""
    with pytest.raises(UnreadableTranscript) as caught:
        read(folder, content)
    assert caught.value.detail.endswith(".")
    assert caught.value.remedy
    return caught.value.code


def test_voices_of_a_vtt_file_become_parties_and_its_markup_goes(tmp_path: Path) -> None:
    given = read(tmp_path, VTT)

    assert given.format == "vtt"
    assert [(one.party, one.voice, one.text) for one in given.statements] == [
        (Party.AGENT, "Agent", "Thank you for calling, how can I help? My name is Tom & Co."),
        (Party.UNKNOWN, "Barbara Johnson", "My <b>bill</b> is wrong."),
        (Party.AGENT, "Agent", "I see."),
    ]
    assert [(one.start_ms, one.end_ms) for one in given.statements] == [
        (1000, 4000),
        (3_605_000, 3_606_000),
        (3_605_000, 3_606_000),
    ]


def test_prefixes_of_an_srt_file_are_voices_and_a_colon_in_a_sentence_is_none(tmp_path: Path) -> None:
    given = read(tmp_path, SRT, "call.srt")

    assert given.format == "srt"
    assert [(one.party, one.text) for one in given.statements] == [
        (Party.AGENT, "Hello."),
        (Party.CUSTOMER, "Hi. My parcel is lost: help me."),
    ]


def test_captions_without_names_have_no_parties(tmp_path: Path) -> None:
    given = read(
        tmp_path, "1\n00:00:01,000 --> 00:00:02,000\nHello.\n\n2\n00:00:09,000 --> 00:00:10,000\nBye."
    )

    assert [(one.party, one.voice) for one in given.statements] == [(Party.UNKNOWN, "")] * 2


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    given = read(tmp_path, VTT.encode("utf-16"))

    assert given.statements[0].party is Party.AGENT


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "unreadable_transcript"),
        ("hello", "unreadable_transcript"),
        ("WEBVTT\n\nNOTE nothing", "unreadable_transcript"),
        ("WEBVTT\n\n00:05.000 --> 00:01.000\nHi", "bad_transcript_time"),
        ("WEBVTT\n\n-00:05.000 --> 00:01.000\nHi", "bad_transcript_time"),
        ("WEBVTT\n\n9999:00:00.000 --> 9999:00:01.000\nHi", "bad_transcript_time"),
        ("WEBVTT\n\nNaN --> NaN\nHi", "bad_transcript_time"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xe1rv\xedz", "unreadable_transcript"),
        (b"\x00\x01\x02RIFF\xff\xfe", "unreadable_transcript"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a" * 10_000_000, "transcript_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(tmp_path: Path, content: str | bytes, code: str) -> None:
    assert refusal(tmp_path, content) == code


@pytest.mark.parametrize("filling", ["<v ", "<", "a: ", "-->", " ", "&", "\n \t", "<v A>", "- "])
def test_repeated_signs_take_no_longer_than_other_text(tmp_path: Path, filling: str) -> None:
    content = "WEBVTT\n\n00:01.000 --> 00:02.000\n" + filling * (150_000 // len(filling))
    begin = time.perf_counter()

    with contextlib.suppress(UnreadableTranscript):
        read(tmp_path, content)
    assert time.perf_counter() - begin < 2
