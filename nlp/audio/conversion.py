"""Turns decoded frames of any shape into 16-bit samples of one rate and layout, in the decoding child."""

from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

GATHERED_SECONDS = 0.5  # a call of the resampler costs as much for one packet as for many


class Conversion:
    """Takes frames one after the other; their shape may change midway."""

    def __init__(self, layout: str, channels: int, rate: int) -> None:
        self._layout, self._channels, self._rate = layout, channels, rate
        self._shape: tuple[int, str, str] | None = None
        self._fifo = AudioFifo()
        self._resampler: AudioResampler | None = None

    def convert(self, frame: AudioFrame) -> bytes:
        """What is ready when the frame was added, channels interleaved."""
        shape = (frame.sample_rate, frame.layout.name, frame.format.name)
        ready = b"" if shape == self._shape else self.rest()
        self._shape = shape
        if shape == (self._rate, self._layout, "s16"):
            return ready + self._bytes(frame)
        if self._resampler is None:
            self._resampler = AudioResampler(format="s16", layout=self._layout, rate=self._rate)
            self._fifo = AudioFifo()
        frame.pts = None
        self._fifo.write(frame)
        if self._fifo.samples >= GATHERED_SECONDS * frame.sample_rate:
            ready += self._resampled(self._fifo.read())
        return ready

    def rest(self) -> bytes:
        """What is still held; the next frame begins anew."""
        if self._resampler is None:
            return b""
        left = self._resampled(self._fifo.read()) if self._fifo.samples else b""
        left += self._resampled(None)
        self._resampler = None
        return left

    def _resampled(self, frame: AudioFrame | None) -> bytes:
        assert self._resampler is not None  # noqa: S101 - only called where there is one
        return b"".join(self._bytes(part) for part in self._resampler.resample(frame))

    def _bytes(self, frame: AudioFrame) -> bytes:
        return bytes(frame.planes[0])[: frame.samples * self._channels * 2]
