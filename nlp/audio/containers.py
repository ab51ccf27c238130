"""Names the demuxer of a recording by its first bytes: a short allow-list, never a guess by file name."""

from nlp.audio.refusals import refusal

HEAD_BYTES = 64 * 1024
MIN_SAMPLE_RATE = 4_000
MAX_SAMPLE_RATE = 192_000


def sniff(head: bytes) -> str:
    """Choose the demuxer from up to ``HEAD_BYTES`` of the file, by FFmpeg's name.

    Raises UnreadableAudio: empty_file, unsupported_format.
    """
    if not head:
        raise refusal("empty_file", "The file is empty.")
    demuxer = demuxer_of(head)
    if demuxer is None:
        raise refusal("unsupported_format", "The file is no recording in a known format.")
    return demuxer


def check_sample_rate(rate: int) -> None:
    """Raise UnreadableAudio("bad_sample_rate") unless the rate in Hz is one that carries speech."""
    if not MIN_SAMPLE_RATE <= rate <= MAX_SAMPLE_RATE:
        detail = f"The sample rate is {rate} Hz; {MIN_SAMPLE_RATE} to {MAX_SAMPLE_RATE} Hz are read."
        raise refusal("bad_sample_rate", detail)


def demuxer_of(head: bytes) -> str | None:
    """FFmpeg's name of the container that starts so, or None."""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide"):
        return "mov"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    for magic, demuxer in _MAGIC.items():
        if head.startswith(magic):
            return demuxer
    return _demuxer_of_frames(_after_id3(head))


_MAGIC = {
    b"fLaC": "flac",
    b"OggS": "ogg",
    b"\x1a\x45\xdf\xa3": "matroska",
    b"#!AMR": "amr",
    b".snd": "au",
}


def _after_id3(head: bytes) -> bytes:
    """Skip an ID3v2 tag; its length is four bytes of seven bits."""
    if not head.startswith(b"ID3") or len(head) < 10:
        return head
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte & 0x7F
    rest = head[10 + length :]
    return rest or b"\xff\xfb"  # a picture larger than the head hides the frames: tags are an mp3 habit


def _demuxer_of_frames(frames: bytes) -> str | None:
    """Bare MPEG frames: eleven sync bits, then the layer tells mp3 from AAC in ADTS."""
    frames = frames.lstrip(b"\0")
    if frames.startswith(b"fLaC"):
        return "flac"
    if len(frames) < 2 or frames[0] != 0xFF or frames[1] & 0xE0 != 0xE0:
        return None
    layer = frames[1] >> 1 & 3
    if layer == 0:
        return "aac" if frames[1] & 0xF0 == 0xF0 else None
    return "mp3"
