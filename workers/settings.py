"""Settings of the worker processes, beside those of the service."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from service.settings import Settings


class WorkerSettings(Settings):
    """Read from ``OVERTONE_*`` variables like the service's own; frozen."""

    engine: str = Field(
        "auto",
        description="Recogniser: auto, whisper[:size or :path], faster-whisper[:size or :path], sphinx",
    )
    weights_dir: Path | None = Field(
        None, description="Folder searched for recogniser weights before the usual caches"
    )
    allow_download: bool = Field(True, description="Whether recogniser weights may be downloaded")
    sentiment_model: str = Field(
        "", description="Sentiment model in place of ours: a folder or hub name of a sequence classifier"
    )
    sentiment_languages: str = Field(
        "en", description="Languages that it scores, ISO 639-1 codes with commas between"
    )
    precision: Literal["auto", "float32"] = Field(
        "auto",
        description="How texts are computed: auto is bfloat16 where the processor has it, twice as quick",
    )
    summary_command: str = Field(
        "",
        description="Your command that writes a summary: redacted turns as JSON in, text out; empty: none",
    )
    threads: int = Field(
        0, ge=0, description="Threads that the models of one worker use; 0: theirs to choose"
    )
    redact: str = Field(
        "default",
        description="Kinds that are masked: default, all, or a list; `-phone,+place` changes the default",
    )
    ner: str = Field(
        "", description="spaCy pipeline that finds further names and places: a package or a folder"
    )
    retry_seconds: float = Field(
        5.0, gt=0, description="Pause before a second attempt; it doubles with each further one"
    )
    reconcile_seconds: float = Field(
        5.0, gt=0, description="How often the tasks of lost workers are looked for"
    )
    stop_seconds: float = Field(
        8.0, ge=0, description="A worker told to stop gives its task back if it takes longer than this"
    )
    non_talk_ms: int = Field(
        3000, ge=100, description="Silence of all parties longer than this is non-talk time, in ms"
    )
    interruption_ms: int = Field(
        250, ge=0, description="Talking over each other for less than this is no interruption, in ms"
    )
