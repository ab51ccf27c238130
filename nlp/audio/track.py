"""The sound track as the decoding child sends it: every frame at its own time, gaps filled with silence."""

from collections.abc import Iterator
from typing import Any

import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from nlp.audio.conversion import Conversion
from nlp.audio.records import Records, Refused

MAX_FAILURES = 200
DAMAGE = (av.error.EOFError, av.error.InvalidDataError, av.error.PatchWelcomeError)
BYTE_COUNTED = ("mp3", "aac")  # their demuxers count packets, whatever lies between them
SHORTEST_LOSS = 0.001
SHORTEST_LEAP = 0.05  # some containers round their time stamps
SHORTEST_END = 0.5  # the last packet of a file that breaks off is seldom whole
LONGEST_STEP_BACK = 1.0
UNDECLARED_LEAP = 600.0


def check_shape(request: dict[str, Any], rate: int, channels: int) -> None:
    """Refuse rates that carry no speech and more channels than anyone has given parties to."""
    low, high = request["sample_rates"]
    if not low <= rate <= high:
        raise Refused("bad_sample_rate", f"The sample rate is {rate} Hz; {low} to {high} Hz are read.")
    if not 1 <= channels <= request["max_channels"]:
        detail = f"The recording has {channels} audio channels; {request['max_channels']} are expected."
        raise Refused("too_many_audio_channels", detail)


def packets_of(container: Any, stream: Any) -> Iterator["Packet[AudioStream] | None"]:
    """Every packet that can be found; None where the demuxer finds nothing but damage and is given up."""
    failures = 0
    packets = container.demux(stream)
    while failures < MAX_FAILURES:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except DAMAGE:
            failures += 1
            packets = container.demux(stream)  # an iterator that raised is at its end; the file is not
            continue
        failures = 0
        yield packet
    yield None


class Track:
    """Sends the frames of a track at their own times: silence, told as a gap, stands for what is missing.

    What is missing shows in three ways: packets that cannot be decoded, time stamps that leap and, where
    these are only counted (BYTE_COUNTED), the bytes of damaged packets and between two packets.
    """

    def __init__(
        self, request: dict[str, Any], records: Records, stream: Any, kept: int, declared: float | None
    ) -> None:
        self._request, self._records, self._stream = request, records, stream
        self._kept, self._declared = kept, declared
        self._channels = stream.codec_context.channels
        self._unit = float(stream.time_base)  # of time stamps, in seconds
        self._conversion = Conversion(stream.codec_context.layout.name, self._channels, kept)
        self._position = 0.0  # seconds sent, gaps with them
        self._heard = 0.0  # seconds decoded
        self._sent = 0  # frames sent
        self._lost = 0.0  # seconds of packets that could not be decoded since the last frame
        self._damaged = self._given_up = False
        self._origin: float | None = None  # time stamp of the recording's start
        self._next_byte, self._bytes = 0, 0

    def add(self, packet: "Packet[AudioStream] | None") -> None:
        """Decode a packet and send what comes of it; None is the end of what can be found."""
        if packet is None:
            self._given_up = True
            return
        counted = self._request["demuxer"] in BYTE_COUNTED
        if counted and packet.pos is not None and packet.size > 0:
            if self._next_byte and self._bytes:
                self._lost += max(packet.pos - self._next_byte, 0) * self._heard / self._bytes
            self._next_byte = packet.pos + packet.size
        try:
            frames = packet.decode()
        except DAMAGE:
            self._damaged = True
            self._lost += self._seconds_of(packet, counted=counted)
            return
        self._bytes += packet.size
        for frame in frames:
            self._place(frame)
            self._send(frame)

    def _seconds_of(self, packet: "Packet[AudioStream]", *, counted: bool) -> float:
        """How long a packet that cannot be decoded would have sounded."""
        if counted and self._bytes:
            return packet.size * self._heard / self._bytes
        unit = packet.time_base
        return float((packet.duration or 0) * unit) if unit is not None else 0.0

    def _place(self, frame: AudioFrame) -> None:
        """Fill what is missing before the frame."""
        lost, self._lost = self._lost, 0.0
        stamp = None if frame.pts is None else frame.pts * self._unit
        if stamp is not None and self._origin is None:
            counts = self._request["demuxer"] == "flac"  # its frames say how many samples came before
            self._origin = 0.0 if counts else stamp - self._position - lost
        due = self._position + lost
        if stamp is not None and self._origin is not None and self._request["demuxer"] not in BYTE_COUNTED:
            due = stamp - self._origin
        leap = due - self._position
        if not -LONGEST_STEP_BACK < leap < self._longest_leap():
            self._origin = None if stamp is None else stamp - self._position  # a new count begins here
        elif leap > (SHORTEST_LOSS if lost else SHORTEST_LEAP):
            self._fill(leap)

    def _longest_leap(self) -> float:
        """A leap beyond the recording's own end is a broken time stamp."""
        if self._declared is None:
            return UNDECLARED_LEAP
        return max(self._declared - self._position, 0.0) + 1.0

    def _fill(self, seconds: float) -> None:
        start = self._position
        self._advance(seconds)
        self._pass_on(self._conversion.rest())
        missing = round(self._position * self._kept) - self._sent
        self._records.say(b"G", start_ms=round(start * 1000), end_ms=round(self._position * 1000))
        while missing > 0:
            count = min(missing, self._kept)
            self._pass_on(bytes(count * self._channels * 2))
            missing -= count

    def _advance(self, seconds: float) -> None:
        self._position += seconds
        if self._position > self._request["max_seconds"]:
            raise Refused("audio_too_long", f"The recording is longer than {self._request['max_seconds']} s.")

    def _send(self, frame: AudioFrame) -> None:
        rate = frame.sample_rate
        check_shape(self._request, rate, frame.layout.nb_channels)
        seconds = frame.samples / rate
        self._advance(seconds)
        self._heard += seconds
        self._pass_on(self._conversion.convert(frame))

    def _pass_on(self, pcm: bytes) -> None:
        self._sent += len(pcm) // (2 * self._channels)
        if self._sent * 2 * self._channels > self._request["max_bytes"]:
            detail = f"The sound decodes to more than {self._request['max_bytes']} bytes."
            raise Refused("decoded_too_large", detail)
        self._records.samples(pcm)

    def finish(self) -> None:
        """Send the rest; no sound at all is an error, less sound than promised a notice."""
        if self._heard and self._lost > SHORTEST_END:
            self._fill(min(self._lost, self._longest_leap()))
        self._pass_on(self._conversion.rest())
        if self._heard == 0:
            if self._damaged:
                raise Refused("unreadable_audio", "No part of the recording can be decoded.")
            raise Refused("empty_file", "The file has a header but holds no sound.")
        if self._declared is not None and self._position < 0.97 * self._declared - 0.5:
            ends, declared = f"{self._position:.1f}", f"{self._declared:.1f}"
            detail = f"The recording breaks off: {ends} of {declared} s could be decoded."
            self._records.say(b"N", code="truncated_audio", detail=detail)
        elif self._given_up:
            detail = f"After {self._position:.1f} s nothing more of the recording could be decoded."
            self._records.say(b"N", code="truncated_audio", detail=detail)
