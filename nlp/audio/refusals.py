"""Why a recording is not read: every code with what its owner can do about it."""

from nlp.errors import UnreadableAudio

FORMATS = "wav, mp3, ogg, opus, flac, m4a, mp4, mov, mka, webm, amr, aac, au, aiff"
EXPORT = "Play the file in an audio player; if it plays, export it again as WAV or FLAC."
REMEDIES = {
    "empty_file": "Check that the recording was fully copied.",
    "unreadable_audio": EXPORT,
    "unsupported_format": f"Send a recording as one of: {FORMATS}.",
    "unsupported_codec": "Export the recording again as WAV, FLAC, MP3 or Opus.",
    "no_sound_track": "Send a file that has a sound track.",
    "protected_audio": "Export the recording without copy protection, with the program that may play it.",
    "bad_sample_rate": "Export the recording again with a usual sample rate such as 8000, 16000 or 44100 Hz.",
    "too_many_audio_channels": "Send mono or stereo, or name the party of each audio channel in channel_map.",
    "audio_too_long": "Split the recording, or raise OVERTONE_MAX_AUDIO_SECONDS.",
    "decoded_too_large": "Split the recording, or export it as mono or stereo.",
}


def refusal(code: str, detail: str) -> UnreadableAudio:
    """An UnreadableAudio with the remedy of its code."""
    return UnreadableAudio(code, detail, REMEDIES[code])
