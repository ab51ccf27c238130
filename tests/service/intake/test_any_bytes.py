"""Whatever is sent: what looks at it first answers with one of our errors or not at all, and quickly."""

import json
from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import ServiceError
from service.intake import messages, metadata
from service.intake.mail_head import read_head
from service.intake.mail_scan import MailInspector
from service.intake.sniff import RecordingInspector, check_channels, check_length
from tests.service.api.sent import mail, wav

QUICK = settings(max_examples=150, deadline=timedelta(seconds=2))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["customer", "customer.phone", "agent", "attributes.a.b", ".", "a."])
FIELDS = st.sampled_from([*messages.MessageDocument.model_fields, "colour", ""])


def spoiled(content: bytes) -> st.SearchStrategy[bytes]:
    """The content with some bytes changed, cut short or put in."""

    def spoil(change: tuple[int, bytes, int]) -> bytes:
        at, put, dropped = change
        return content[:at] + put + content[at + dropped :]

    places = st.integers(0, len(content))
    return st.tuples(places, st.binary(max_size=40), st.integers(0, 40)).map(spoil)


def is_calm(work: Callable[[], object]) -> bool:
    """Whether it answers, or refuses with an error of ours that is the sender's; any other is raised."""
    try:
        work()
    except ServiceError as error:
        return bool(error.code) and 400 <= error.status < 500
    return True


@QUICK
@given(st.binary(max_size=300) | spoiled(wav(frames=20)), st.integers(1, 400))
def test_a_recording(content: bytes, piece: int) -> None:
    def look() -> None:
        inspector = RecordingInspector()
        for start in range(0, len(content), piece):
            inspector.feed(content[start : start + piece])
        inspector.end()
        check_channels(inspector.recording, {"0": "agent"})
        check_length(inspector.recording, size=inspector.size, longest=60)

    assert is_calm(look)


@QUICK
@given(st.binary(max_size=300) | spoiled(mail()), st.integers(1, 400))
def test_a_mail(content: bytes, piece: int) -> None:
    def look() -> None:
        inspector = MailInspector()
        for start in range(0, len(content), piece):
            inspector.feed(content[start : start + piece])
        inspector.end()
        read_head(inspector.head, own_domains=("centre.example",))

    assert is_calm(look)


@QUICK
@given(st.dictionaries(FIELDS, JSON, max_size=5))
def test_a_document(fields: dict[str, object]) -> None:
    assert is_calm(lambda: metadata.parse(fields))
    assert is_calm(lambda: messages.parse(json.dumps(fields).encode()))


@QUICK
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
def test_a_header(text: str) -> None:
    assert is_calm(lambda: metadata.parse(metadata.from_header(text)))


@QUICK
@given(st.lists(st.tuples(NAMES, st.text(max_size=5)), max_size=6))
def test_an_address(pairs: list[tuple[str, str]]) -> None:
    assert is_calm(lambda: metadata.parse(metadata.from_pairs(pairs)))
