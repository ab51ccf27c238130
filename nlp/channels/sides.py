"""Which party speaks on which audio channel, and which channels are worth hearing."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nlp.audio.recording import Recording
from nlp.channels.levels import SILENT_PEAK, Levels
from nlp.channels.likeness import is_dual_mono
from nlp.transcript import Notice, Party

STEREO = {0: Party.AGENT, 1: Party.CUSTOMER}


@dataclass(frozen=True, slots=True)
class Side:
    """What is heard as one voice: an audio channel with its party, or one speaker of a channel of several."""

    audio_channel: int
    party: Party
    speaker: int | None = None


def sides_of(
    recording: Recording, levels: Levels, *, channel_map: Mapping[int, Party] | None = None
) -> tuple[tuple[Side, ...], tuple[Notice, ...]]:
    """The audio channels to transcribe with their parties, and what the reader must know about them."""
    if recording.audio_channels == 1:
        return mono_side(levels, channel_map)
    notices = missing_channels(recording.audio_channels, channel_map)
    if recording.audio_channels == 2 and all(levels.audible) and is_dual_mono(recording, levels):
        detail = "Both audio channels carry the same sound: heard as mono."
        louder = int(np.argmax(levels.rms.max(axis=0)))
        return (Side(louder, Party.UNKNOWN),), (*notices, Notice("dual_mono", detail))
    parties = party_map(recording.audio_channels, channel_map)
    sides = [Side(channel, party) for channel, party in sorted(parties.items()) if levels.audible[channel]]
    silent = [channel for channel in sorted(parties) if not levels.audible[channel]]
    notices += tuple(silence_of(channel, levels) for channel in silent)
    return tuple(sides), notices + unnamed_channels(recording.audio_channels, parties)


def mono_side(
    levels: Levels, channel_map: Mapping[int, Party] | None
) -> tuple[tuple[Side, ...], tuple[Notice, ...]]:
    """One channel: its party is known only where the map speaks of this one channel alone."""
    silence = () if levels.audible[0] else (silence_of(0, levels),)
    if channel_map is not None and set(channel_map) == {0}:
        return (Side(0, channel_map[0]),), silence
    if channel_map:
        detail = "The channel map names several audio channels, the recording has one."
        return (Side(0, Party.UNKNOWN),), (Notice("mono_recording", detail), *silence)
    return (Side(0, Party.UNKNOWN),), silence


def party_map(audio_channels: int, channel_map: Mapping[int, Party] | None) -> dict[int, Party]:
    """Channel to party; in stereo a map that names one channel leaves the other to the other party."""
    if not channel_map:
        return dict(STEREO)
    named = {channel: party for channel, party in channel_map.items() if 0 <= channel < audio_channels}
    if audio_channels == 2 and not named:
        return dict(STEREO)
    if audio_channels == 2 and len(named) == 1:
        (channel, party), other = next(iter(named.items())), Party.UNKNOWN
        if party in (Party.AGENT, Party.CUSTOMER):
            other = Party.CUSTOMER if party is Party.AGENT else Party.AGENT
        named[1 - channel] = other
    return named


def missing_channels(audio_channels: int, channel_map: Mapping[int, Party] | None) -> tuple[Notice, ...]:
    """What the map names and the recording lacks."""
    missing = sorted(channel for channel in channel_map or {} if not 0 <= channel < audio_channels)
    if not missing:
        return ()
    detail = f"The channel map names audio channel {listed(missing)}; the recording has {audio_channels}."
    return (Notice("channel_not_there", detail),)


def unnamed_channels(audio_channels: int, parties: Mapping[int, Party]) -> tuple[Notice, ...]:
    """What the recording has and the map does not name."""
    unnamed = [channel for channel in range(audio_channels) if channel not in parties]
    if not unnamed:
        return ()
    detail = f"The channel map does not name audio channel {listed(unnamed)}: left out."
    return (Notice("channel_not_named", detail),)


def silence_of(audio_channel: int, levels: Levels) -> Notice:
    """Why a channel is not heard: nothing on it, or a constant that is no sound."""
    offset = levels.offset[audio_channel]
    if abs(offset) >= SILENT_PEAK:
        detail = f"Audio channel {audio_channel} is constant ({offset:.2f}) and holds no sound: skipped."
        return Notice("constant_channel", detail)
    return Notice("silent_channel", f"Audio channel {audio_channel} is silent: skipped.")


def listed(numbers: list[int]) -> str:
    """1, 2 and 5."""
    return ", ".join(map(str, numbers[:-1])) + (" and " if numbers[1:] else "") + str(numbers[-1])
