"""What a customer is known by is written one way only."""

import pytest

from service.errors import InvalidInput
from service.store import identifiers


@pytest.mark.parametrize(
    ("written", "region", "expected"),
    [
        ("+36 1 234 5678", "US", "+3612345678"),
        ("(212) 555-0100", "US", "+12125550100"),
        ("06 1 234 5678", "HU", "+3612345678"),
        ("tel:+1-212-555-0100", "HU", "+12125550100"),
        ("+1 212 555 0100 ext. 5", "US", "+12125550100;ext=5"),
        ("+1 555 555 0123", "US", "+15555550123"),
        ("\u200f+36 1 234 5678", "US", "+3612345678"),
    ],
)
def test_a_phone_number_becomes_e164(written: str, region: str, expected: str) -> None:
    assert identifiers.normalise_phone(written, region) == expected


@pytest.mark.parametrize(
    "written", ["", "anonymous", "12", "555-0123", "+1555", "sip:1000@x", "9" * 5000, "\x00"]
)
def test_what_is_no_phone_number_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match="invalid_phone") as refusal:
        identifiers.normalise_phone(written, "US")
    assert written not in refusal.value.detail or not written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" Jane.Doe@Example.COM ", "jane.doe@example.com"),
        ("jane@example.test", "jane@example.test"),
        ("a@xn--exmple-cua.com", "a@exämple.com"),
    ],
)
def test_an_address_is_kept_in_lower_case(written: str, expected: str) -> None:
    assert identifiers.normalise_email(written) == expected


@pytest.mark.parametrize(
    "written", ["", "jane", "jane@", "Jane <jane@example.com>", "a@b@c.com", "a" * 5000 + "@x.com"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match="invalid_email"):
        identifiers.normalise_email(written)


def test_a_crm_id_keeps_its_case_and_loses_its_blanks() -> None:
    assert identifiers.normalise("crm", " Ab-12\x00 ", "US").value == "Ab-12"
    for written in ("", "  ", "x" * 321):
        with pytest.raises(InvalidInput, match="invalid_crm_id"):
            identifiers.normalise_crm_id(written)


def test_another_kind_is_refused() -> None:
    with pytest.raises(InvalidInput, match="unknown_identifier"):
        identifiers.normalise("passport", "x", "US")
