"""Who speaks when on a channel that carries several voices: segmentation, voice prints, clustering."""

from nlp.diarization.diarizer import Diarization, Diarizer, SpeakerStretch, open_diarizer

__all__ = ["Diarization", "Diarizer", "SpeakerStretch", "open_diarizer"]
