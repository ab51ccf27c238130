"""The numbers that a condition can compare: what they are called, their unit, and what narrows them."""

from dataclasses import dataclass
from typing import Literal

MeasureName = Literal[
    "longest_silence",
    "total_silence",
    "longest_hold",
    "total_hold",
    "holds",
    "interruptions",
    "talk_share",
    "talk_speed",
    "duration",
    "first_response",
    "longest_response",
    "average_response",
    "turns",
    "sentiment",
    "sentiment_change",
]
UnitName = Literal["ms", "count", "percent", "score", "wpm"]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a measure is written, its unit, and what may narrow it."""

    written: str
    unit: UnitName
    party: Literal["needed", "possible", "none"] = "none"
    window: bool = False
    after: bool = False
    quarter: bool = False


MEASURES: dict[MeasureName, Kind] = {
    "longest_silence": Kind("silence", "ms", window=True, after=True),
    "total_silence": Kind("total silence", "ms", window=True, after=True),
    "longest_hold": Kind("hold", "ms", window=True, after=True),
    "total_hold": Kind("total hold", "ms", window=True, after=True),
    "holds": Kind("holds", "count", window=True, after=True),
    "interruptions": Kind("interruptions", "count", party="possible", window=True),
    "talk_share": Kind("talk share", "percent", party="needed"),
    "talk_speed": Kind("talk speed", "wpm", party="needed"),
    "duration": Kind("duration", "ms"),
    "first_response": Kind("first response", "ms", party="needed"),
    "longest_response": Kind("longest response", "ms", party="needed"),
    "average_response": Kind("average response", "ms", party="needed"),
    "turns": Kind("turns", "count", party="possible", window=True),
    "sentiment": Kind("sentiment", "score", party="needed", window=True, quarter=True),
    "sentiment_change": Kind("sentiment change", "score", party="needed"),
}
