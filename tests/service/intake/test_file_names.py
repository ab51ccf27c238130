"""File-name patterns: what they read, and how loudly they fail."""

from typing import Any

import pytest

from service.errors import InvalidInput
from service.intake.file_names import compile_pattern, preview


@pytest.mark.parametrize(
    ("pattern", "name", "found"),
    [
        (
            "{agent}_{phone}_{date:%Y%m%d}",
            "folder/kim_+12025550101_20260301.wav",
            {
                "agent": "kim",
                "customer": {"phone": "+12025550101"},
                "started_at": "2026-03-01T00:00:00+01:00",
            },
        ),
        (
            "{direction}-{phone}-{agent}-{date:%Y%m%d}-{time:%H%M%S}-{external_id}",
            "out-+36301234567-kim.lee-20260701-101500-1719828900.42.wav",
            {
                "direction": "outbound",
                "customer": {"phone": "+36301234567"},
                "agent": "kim.lee",
                "external_id": "1719828900.42",
                "started_at": "2026-07-01T10:15:00+02:00",
            },
        ),
        (
            "{agent}_{phone}_{started_at:%Y%m%d-%H%M%S}",
            "ann lee_(202) 555-0101_20260301-101500.mp3",
            {
                "agent": "ann lee",
                "customer": {"phone": "(202) 555-0101"},
                "started_at": "2026-03-01T10:15:00+01:00",
            },
        ),
        (
            "{started_at:%Y-%m-%dT%H.%M%z} {queue} {attributes.site} {}",
            "2026-03-01T10.15+0530 billing Pécs whatever.wav",
            {
                "queue": "billing",
                "attributes": {"site": "Pécs"},
                "started_at": "2026-03-01T10:15:00+05:30",
            },
        ),
        (
            "{external_id}.{started_at:epoch}",
            "a.b.1767225600.wav",
            {"external_id": "a.b", "started_at": "2026-01-01T00:00:00+00:00"},
        ),
        (
            "{crm_id}({email})",
            "C-1(ada@example.com).wav",
            {"customer": {"crm_id": "C-1", "email": "ada@example.com"}},
        ),
        ("{direction}_{agent}", "internal_kim.wav", {"agent": "kim"}),
    ],
)
def test_a_name_is_read(pattern: str, name: str, found: dict[str, Any]) -> None:
    assert compile_pattern(pattern, time_zone="Europe/Budapest").metadata(name) == found


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("plain", "names nothing"),
        ("{colour}", "not known"),
        ("{agent}{queue}", "nothing between"),
        ("{agent}_{agent}", "twice"),
        ("{agent", "not closed"),
        ("{time:%H%M}_{agent}", "needs a"),
        ("{started_at}_{date}", "beside"),
        ("{date:%Q}", "not a form"),
        ("{agent:%Y}", "takes no form"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why) as raised:
        compile_pattern(pattern)
    assert raised.value.code == "bad_pattern"


def test_an_unknown_time_zone_is_said() -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        compile_pattern("{agent}", time_zone="Mars/Base")


def test_a_preview_shows_what_does_not_fit() -> None:
    pattern = compile_pattern("{agent}_{date:%Y%m%d}")
    shown = preview(pattern, ["kim_20260301.wav", "kim.wav", "kim_20261399.wav"])
    assert [bool(line.problem) for line in shown] == [False, True, True]
    assert "does not fit" in str(shown[1].problem)
    assert "does not exist" in str(shown[2].problem)


def test_what_fits_but_cannot_be_taken_is_refused_too() -> None:
    with pytest.raises(InvalidInput) as raised:
        compile_pattern("{agent}_{date:%Y%m%d}").metadata("kim_29990101.wav")
    assert raised.value.code == "invalid_time"
