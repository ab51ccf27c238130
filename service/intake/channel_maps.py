"""Channel maps: which party speaks on which audio channel, as people and programs write it."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from service.errors import InvalidInput

Party = Literal["agent", "customer", "system", "unknown"]
PARTIES: tuple[Party, ...] = ("agent", "customer", "system", "unknown")
MOST_CHANNELS = 8
_KEY = re.compile(r"[0-7]")
_PAIR = re.compile(r"([0-7])\s*[=:]\s*([a-z]+)")


def _audio_channels(value: dict[str, Party]) -> dict[str, Party]:
    if not (value and all(_KEY.fullmatch(key) for key in value)):
        raise PydanticCustomError("invalid_channel_map", "names audio channels 0 to 7 as its keys")
    return value


ChannelMap = Annotated[dict[str, Party], AfterValidator(_audio_channels)]


def from_words(written: str) -> dict[str, str]:
    """A map written as ``0=agent 1=customer``, commas or spaces between; empty for none.

    Raises InvalidInput("invalid_channel_map") for anything else; parties are checked by who takes the map.
    """
    found: dict[str, str] = {}
    for piece in re.split(r"[,;\s]+", re.sub(r"\s*([=:])\s*", r"\1", written.strip().lower())):
        if not piece:
            continue
        pair = _PAIR.fullmatch(piece)
        if pair is None or pair[1] in found or pair[2] not in PARTIES:
            raise InvalidInput(
                "invalid_channel_map",
                "A channel map names a party for each audio channel, 0 to 7.",
                "Write it as 0=agent 1=customer; parties are agent, customer, system and unknown.",
            )
        found[pair[1]] = pair[2]
    return found


def to_words(channel_map: Mapping[str, str]) -> str:
    """A map as ``from_words`` reads it."""
    return " ".join(f"{number}={party}" for number, party in sorted(channel_map.items()))
