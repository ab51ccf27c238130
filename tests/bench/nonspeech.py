"""Sounds of telephone lines in which nobody speaks, generated at 8 kHz and limited to the telephone band."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

Floats = NDArray[np.float64]
Maker = Callable[[float, np.random.Generator], NDArray[np.float64]]  # seconds and chance to samples
RATE = 8000
DTMF = {(row, column) for row in (697, 770, 852, 941) for column in (1209, 1336, 1477)}


def sine(hz: float | Floats, seconds: float, level: float = 0.2) -> Floats:
    """A sine of one frequency, or of one that changes with every sample."""
    count = int(seconds * RATE)
    phase = np.cumsum(np.broadcast_to(hz, count)) * 2 * np.pi / RATE
    return level * np.sin(phase)


def quiet(seconds: float) -> Floats:
    return np.zeros(int(seconds * RATE))


def repeat(make: Callable[[], Floats], seconds: float) -> Floats:
    """Pieces one after the other until the time is full."""
    pieces, count = [], 0
    while count < seconds * RATE:
        pieces.append(make())
        count += len(pieces[-1])
    return np.concatenate(pieces)[: int(seconds * RATE)]


def band(samples: Floats) -> Floats:
    """300-3400 Hz, as a line passes it."""
    return np.asarray(sosfilt(butter(4, (300, 3400), "bandpass", fs=RATE, output="sos"), samples))


def line(samples: Floats) -> Floats:
    """Through G.711: mu-law and back."""
    clipped = np.clip(samples, -1, 1)
    coded = np.sign(clipped) * np.log1p(255 * np.abs(clipped)) / np.log(256)
    coarse = np.round(coded * 127) / 127
    return np.asarray(np.sign(coarse) * (256 ** np.abs(coarse) - 1) / 255)


def digital_silence(seconds: float, _: np.random.Generator) -> Floats:
    return quiet(seconds)


def line_silence(seconds: float, random: np.random.Generator) -> Floats:
    return random.normal(0, 0.0008, int(seconds * RATE))


def ring_american(seconds: float, _: np.random.Generator) -> Floats:
    ring = sine(440, 2, 0.15) + sine(480, 2, 0.15)
    return repeat(lambda: np.concatenate([ring, quiet(4)]), seconds)


def ring_european(seconds: float, _: np.random.Generator) -> Floats:
    return repeat(lambda: np.concatenate([sine(425, 1, 0.25), quiet(4)]), seconds)


def ring_british(seconds: float, _: np.random.Generator) -> Floats:
    ring = sine(400, 0.4, 0.15) + sine(450, 0.4, 0.15)
    return repeat(lambda: np.concatenate([ring, quiet(0.2), ring, quiet(2)]), seconds)


def busy(seconds: float, _: np.random.Generator) -> Floats:
    tone = sine(480, 0.5, 0.15) + sine(620, 0.5, 0.15)
    return repeat(lambda: np.concatenate([tone, quiet(0.5)]), seconds)


def dtmf(seconds: float, random: np.random.Generator) -> Floats:
    pairs = sorted(DTMF)

    def key() -> Floats:
        low, high = pairs[random.integers(len(pairs))]
        length = random.uniform(0.08, 0.4)
        return np.concatenate([sine(low, length) + sine(high, length), quiet(random.uniform(0.08, 0.8))])

    return repeat(key, seconds)


def white_noise(seconds: float, random: np.random.Generator) -> Floats:
    return repeat(lambda: random.normal(0, random.choice([0.01, 0.05, 0.2]), 10 * RATE), seconds)


def pink_noise(seconds: float, random: np.random.Generator) -> Floats:
    numerator = [0.049922035, -0.095993537, 0.050612699, -0.004408786]
    denominator = [1, -2.494956002, 2.017265875, -0.522189400]
    white = random.normal(0, 1, int(seconds * RATE))
    pink = lfilter(numerator, denominator, white)
    return np.asarray(0.1 * pink / np.std(pink))


def passing_cars(seconds: float, random: np.random.Generator) -> Floats:
    """Noise that swells and fades, as of passing cars."""
    noise = pink_noise(seconds, random)
    swell = np.abs(sine(0.11, seconds, 1.0)) + 0.1
    return noise * swell * 2


def hum(seconds: float, random: np.random.Generator) -> Floats:
    parts = [sine(50 * harmonic, seconds, 0.2 / harmonic) for harmonic in range(1, 20)]
    return np.sum(parts, axis=0) + random.normal(0, 0.002, int(seconds * RATE))


def crackle(seconds: float, random: np.random.Generator) -> Floats:
    samples = random.normal(0, 0.001, int(seconds * RATE))
    for at in random.integers(0, len(samples) - 200, int(seconds * 12)):
        samples[at : at + 100] += random.normal(0, 0.4, 100) * np.exp(-np.arange(100) / 15)
    return samples


def fax(seconds: float, random: np.random.Generator) -> Floats:
    """Calling tone, answering tone, 300 baud frames, then the hiss of a fast modem."""

    def call() -> Floats:
        calling = np.concatenate([sine(1100, 0.5), quiet(3)])
        bits = np.repeat(random.integers(0, 2, 300 * 3), RATE // 300)
        frames = sine(np.where(bits > 0, 1650.0, 1850.0), len(bits) / RATE)
        fast = np.repeat(random.normal(0, 1, 2400 * 6), RATE // 2400 + 1)[: 6 * RATE]
        page = 0.1 * fast * np.cos(2 * np.pi * 1800 * np.arange(len(fast)) / RATE)
        return np.concatenate([calling, calling, sine(2100, 3), quiet(0.1), frames, quiet(0.1), page])

    return repeat(call, seconds)


def note(hz: float, seconds: float, random: np.random.Generator, *, kind: str) -> Floats:
    """One note: plucked, bowed with vibrato, or as an organ plays it."""
    time = np.arange(int(seconds * RATE)) / RATE
    if kind == "bowed":
        pitch = hz * (1 + 0.012 * np.sin(2 * np.pi * 5.5 * time + random.uniform(0, 6)))
        envelope = np.minimum(time / 0.12, 1) * np.minimum((seconds - time) / 0.1, 1)
        partials = [1, 0.6, 0.45, 0.3, 0.2, 0.15]
    else:
        pitch = np.full(len(time), hz)
        envelope = (
            np.exp(-3 * time / seconds) if kind == "plucked" else np.minimum((seconds - time) / 0.05, 1)
        )
        partials = [1, 0.5, 0.3, 0.12, 0.06] if kind == "plucked" else [1, 0.8, 0.5, 0.4]
    phase = np.cumsum(pitch) * 2 * np.pi / RATE
    sound = sum(strength * np.sin(number * phase) for number, strength in enumerate(partials, start=1))
    return np.asarray(0.12 * envelope * sound)


def music(
    kind: str, *, beat: float, voices: int, drums: bool
) -> Callable[[float, np.random.Generator], Floats]:
    """Hold music: a melody over chords in one key, with drums if wanted."""
    scale = np.array([0, 2, 4, 5, 7, 9, 11, 12, 14, 16])

    def play(seconds: float, random: np.random.Generator) -> Floats:
        samples = np.zeros(int(seconds * RATE) + 8 * RATE)
        at, degree = 0.0, 4
        while at < seconds:
            degree = int(np.clip(degree + random.integers(-2, 3), 0, 9))
            length = beat * random.choice([0.5, 1, 1, 2])
            first = int(at * RATE)
            for voice in range(voices):
                semitones = scale[max(degree - 2 * voice, 0)] - 12 * (voice == voices - 1 and voices > 1)
                tone = note(392 * 2 ** (semitones / 12), length * 1.1, random, kind=kind)
                samples[first : first + len(tone)] += tone
            if drums:
                hit = random.normal(0, 0.25, 800) * np.exp(-np.arange(800) / 120)
                samples[first : first + 800] += hit
            at += length
        return samples[: int(seconds * RATE)]

    return play


def sung(seconds: float, random: np.random.Generator) -> Floats:
    """Vowels sung to a tune without words: a sawtooth with vibrato through the formants of a, u, i and e."""
    vowels = [(700, 1100, 2450), (300, 870, 2240), (270, 2290, 3010), (500, 1750, 2450)]
    pieces, count = [], 0
    while count < seconds * RATE:
        length = float(random.choice([0.4, 0.8, 1.6]))
        time = np.arange(int(length * RATE)) / RATE
        base = float(random.choice([130, 220, 260])) * 2 ** (float(random.choice([0, 2, 4, 5, 7, 9])) / 12)
        pitch = base * (1 + 0.015 * np.sin(2 * np.pi * 5.5 * time))
        source = 2 * (np.cumsum(pitch) / RATE % 1) - 1
        voice = np.zeros(len(source))
        for formant in vowels[random.integers(len(vowels))]:
            radius, angle = np.exp(-np.pi * 100 / RATE), 2 * np.pi * formant / RATE
            voice += lfilter([1 - radius], [1, -2 * radius * np.cos(angle), radius**2], source)
        pieces.append(0.3 * voice / np.abs(voice).max() * np.minimum(time / 0.05, 1))
        count += len(source)
    return np.concatenate(pieces)[: int(seconds * RATE)]


KINDS: dict[str, Maker] = {
    "digital silence": digital_silence,
    "line silence": line_silence,
    "ring tone, American": ring_american,
    "ring tone, European": ring_european,
    "ring tone, British": ring_british,
    "busy tone": busy,
    "DTMF": dtmf,
    "white noise": white_noise,
    "pink noise": pink_noise,
    "swelling noise": passing_cars,
    "mains hum": hum,
    "crackle": crackle,
    "fax and modem": fax,
    "music, plucked": music("plucked", beat=0.4, voices=1, drums=False),
    "music, plucked chords and drums": music("plucked", beat=0.5, voices=3, drums=True),
    "music, bowed with vibrato": music("bowed", beat=0.8, voices=1, drums=False),
    "music, bowed chords": music("bowed", beat=1.2, voices=3, drums=False),
    "music, vowels sung": sung,
    "music, organ": music("organ", beat=0.6, voices=2, drums=False),
}


def generated(kind: str, seconds: float, *, seed: int = 0) -> Floats:
    """One kind of non-speech, 8 kHz, as it arrives over a line."""
    return line(band(KINDS[kind](seconds, np.random.default_rng(seed))))
