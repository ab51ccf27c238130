"""Every format that a contact centre's recorder writes is read: the same sound comes out of each."""

import struct
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from nlp.audio.recording import Recording, open_recording
from nlp.audio.sample_formats import A_LAW, MU_LAW
from nlp.errors import UnreadableAudio
from tests.nlp.sounds import encode, noise, tone, wav_header, write_wav

LEVEL = 0.3 / np.sqrt(2)
EXTENSIBLE_REST = bytes.fromhex("000000001000800000aa00389b71")


def wav(form: bytes, data: bytes, *, before: bytes = b"", riff: bytes = b"RIFF") -> bytes:
    body = b"WAVE" + before + b"fmt " + struct.pack("<I", len(form)) + form
    return (
        riff
        + struct.pack("<I", len(body) + 8 + len(data))
        + body
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )


def form_of(tag: int, bits: int, *, channels: int = 2, rate: int = 8000) -> bytes:
    frame = channels * bits // 8
    return struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits)


def stereo() -> NDArray[np.float64]:
    """A tone on the left, silence on the right; shape (n, 2)."""
    return np.stack([tone(1.0, rate=8000), np.zeros(8000)], axis=1)


def as_bytes(samples: NDArray[np.float64], tag: int, bits: int) -> bytes:
    """The samples as PCM of some width, or as floating point."""
    if tag == 3:
        return samples.astype(f"<f{bits // 8}").tobytes()
    if bits == 8:
        return (samples * 127 + 128).astype(np.uint8).tobytes()
    whole = (samples * (2 ** (bits - 1) - 1)).astype("<i8").reshape(-1, 1).view(np.uint8)
    return whole[:, : bits // 8].tobytes()


def holds_the_tone(recording: Recording) -> None:
    left, right = recording.samples(0), recording.samples(1)
    assert len(left) == len(right) == 16_000
    assert np.sqrt(np.mean(left[200:-200] ** 2)) == pytest.approx(LEVEL, rel=0.02)
    assert np.abs(right).max() < 0.005


@pytest.mark.parametrize(("tag", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
@pytest.mark.parametrize("extensible", [False, True])
def test_wav_of_every_width(tmp_path: Path, tag: int, bits: int, extensible: bool) -> None:  # noqa: FBT001
    path = tmp_path / "a.wav"
    form = form_of(tag, bits)
    if extensible:
        form = struct.pack("<H", 0xFFFE) + form[2:] + struct.pack("<HHIH", 22, bits, 3, tag) + EXTENSIBLE_REST
    path.write_bytes(wav(form, as_bytes(stereo(), tag, bits)))
    with open_recording(path) as recording:
        assert (recording.source_rate, recording.notices) == (8000, ())
        holds_the_tone(recording)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.mp3", "libmp3lame", 16_000),
        ("a.mp3", "libmp3lame", 8_000),
        ("a.flac", "flac", 8_000),
        ("a.flac", "flac", 44_100),
        ("a.ogg", "vorbis", 44_100),
        ("a.opus", "libopus", 48_000),
        ("a.m4a", "aac", 16_000),
        ("a.m4a", "alac", 16_000),
        ("a.webm", "libopus", 48_000),
        ("a.mka", "flac", 16_000),
        ("a.wav", "pcm_mulaw", 8_000),
        ("a.wav", "pcm_alaw", 8_000),
        ("a.wav", "pcm_s16le", 44_100),
        ("a.wav", "adpcm_ms", 8_000),
        ("a.wav", "adpcm_ima_wav", 8_000),
        ("a.au", "pcm_alaw", 8_000),
        ("a.aiff", "pcm_s16be", 8_000),
        ("a.aac", "aac", 16_000),
    ],
)
def test_every_listed_format_is_read(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    path = encode(tmp_path / name, codec, tone(2.0, rate=rate), np.zeros(2 * rate), rate=rate)
    with open_recording(path) as recording:
        assert recording.audio_channels == 2
        assert recording.duration_ms == pytest.approx(2000, abs=130)
        assert recording.gaps == ()
        assert np.sqrt(np.mean(recording.samples(0) ** 2)) == pytest.approx(LEVEL, rel=0.1)
        assert np.sqrt(np.mean(recording.samples(1) ** 2)) < 0.02


def test_amr_of_mobile_phones_is_read(tmp_path: Path) -> None:
    path = encode(tmp_path / "a.amr", "libopencore_amrnb", noise(1.0, rate=8000), rate=8000)
    with open_recording(path) as recording:
        assert (recording.audio_channels, recording.source_rate) == (1, 8000)
        assert recording.duration_ms == pytest.approx(1000, abs=60)


def test_wide_band_amr_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.amr"
    path.write_bytes(b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * 50)  # fifty frames of 20 ms at 6.6 kbit/s
    with open_recording(path) as recording:
        assert (recording.source_rate, recording.duration_ms) == (16_000, 1000)


def test_gsm_of_pbx_systems_is_read(tmp_path: Path) -> None:
    """Microsoft's GSM 6.10: blocks of 65 bytes hold 320 samples; any bits are some sound."""
    form = struct.pack("<HHIIHHHH", 0x31, 1, 8000, 1625, 65, 0, 2, 320)
    path = tmp_path / "a.wav"
    path.write_bytes(wav(form, np.random.default_rng(0).bytes(65 * 50)))
    with open_recording(path) as recording:
        assert (recording.codec, recording.duration_ms) == ("gsm_ms", 2000)
        assert np.abs(recording.samples(0)).max() > 0.01


def test_a_file_above_four_gigabytes_says_its_size_elsewhere(tmp_path: Path) -> None:
    data = as_bytes(stereo(), 1, 16)
    sizes = struct.pack("<QQQI", 0, len(data), 8000, 0)
    chunk = b"ds64" + struct.pack("<I", len(sizes)) + sizes
    whole = wav(form_of(1, 16), data, before=chunk, riff=b"RF64")
    after = b"LIST" + struct.pack("<I", 40_000) + bytes(40_000)
    path = tmp_path / "a.wav"
    path.write_bytes(whole.replace(b"data" + struct.pack("<I", len(data)), b"data\xff\xff\xff\xff") + after)
    with open_recording(path) as recording:
        holds_the_tone(recording)


@pytest.mark.parametrize("codec", ["pcm_mulaw", "pcm_alaw"])
def test_g711_is_decoded_as_ffmpeg_does(tmp_path: Path, codec: str) -> None:
    codes = np.arange(256, dtype=np.uint8)
    form = {"pcm_mulaw": MU_LAW, "pcm_alaw": A_LAW}[codec]
    decoder = av.CodecContext.create(codec, "r")
    decoder.sample_rate, decoder.layout = 8000, "mono"
    (frame,) = decoder.decode(av.Packet(codes.tobytes()))
    assert np.array_equal(form.decode(codes[:, None]), frame.to_ndarray()[0])


def test_floating_point_beyond_full_scale_is_cut_and_what_is_no_number_is_silence(tmp_path: Path) -> None:
    values = np.array([0.5, 2.0, -2.0, np.nan, np.inf, -np.inf, 1e30] * 1000, dtype="<f4")
    path = tmp_path / "a.wav"
    path.write_bytes(wav(form_of(3, 32, channels=1), values.tobytes()))
    with open_recording(path) as recording:
        assert recording.window(0, 7)[:, 0].tolist() == [16384, 32767, -32768, 0, 32767, -32768, 32767]


def test_a_header_that_contradicts_itself_is_left_to_the_decoder(tmp_path: Path) -> None:
    form = struct.pack("<HHIIHH", 1, 1, 8000, 16_000, 7, 16)  # frames of seven bytes do not exist
    path = tmp_path / "a.wav"
    path.write_bytes(wav(form, bytes(16_000)))
    with suppress(UnreadableAudio), open_recording(path) as recording:
        assert recording.duration_ms <= 2500


def test_a_long_chunk_before_the_sound_is_passed_over(tmp_path: Path) -> None:
    notes = b"LIST" + struct.pack("<I", 300_001) + bytes(300_002)
    path = tmp_path / "a.wav"
    path.write_bytes(wav(form_of(1, 16), as_bytes(stereo(), 1, 16), before=notes))
    with open_recording(path) as recording:
        holds_the_tone(recording)


def picture(container: "av.container.OutputContainer") -> None:
    """Half a second of grey."""
    stream = container.add_stream("mpeg4", rate=10)
    stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
    for _ in range(5):
        container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
    container.mux(stream.encode(None))


def test_a_picture_is_ignored_with_a_word(tmp_path: Path) -> None:
    sound = encode(tmp_path / "sound.mp4", "aac", tone(2.0), tone(2.0))
    path = tmp_path / "meeting.mp4"
    with av.open(str(path), "w") as out, av.open(str(sound)) as source:
        spoken = out.add_stream_from_template(source.streams.audio[0])
        picture(out)
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = spoken
                out.mux(packet)
    with open_recording(path) as recording:
        assert recording.duration_ms == pytest.approx(2000, abs=130)
        assert [notice.code for notice in recording.notices] == ["video_ignored"]


def test_a_film_without_sound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as out:
        picture(out)
    with pytest.raises(UnreadableAudio, match="no_sound_track"), open_recording(path):
        pass


def test_forty_milliseconds_are_a_recording(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(0.04, rate=8000), rate=8000)
    with open_recording(path) as recording:
        assert recording.duration_ms == 40
        assert len(recording.samples(0)) == 640


def test_a_header_and_half_a_frame_hold_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav_header(rate=8000, channels=2, data_bytes=3) + bytes(3))
    with pytest.raises(UnreadableAudio, match="empty_file"), open_recording(path):
        pass
