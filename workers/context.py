"""What every job of this process works with; models are built once, when first needed."""

import os
import secrets
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from nlp.checkpoint import Checkpoint
from nlp.recording_options import RecordingOptions
from nlp.transcript import Notice, Party, SpokenPhrase, Stretch, Transcript
from service.jobs import Jobs
from service.store.blobs import Blobs
from service.store.database import Database
from service.store.reason_models import Pinned
from workers import own_reasons
from workers.own_reasons import Train
from workers.settings import WorkerSettings

if TYPE_CHECKING:  # at run time it would load the models' libraries, which not every worker needs
    from nlp.analysis import Analysis
    from nlp.call_reasons import ReasonScore, Taxonomy, TextEncoder
    from nlp.discovery import ThemeFinder
    from nlp.gist import Gist
    from nlp.summary import Summary
    from workers.vectors import Vectors

Report = Callable[[float], None]  # takes the progress, 0-1; raises Stopped when the work is in vain


class Transcription(Protocol):
    """What transcribing needs of ``nlp.transcription.Transcription``."""

    def recording(
        self,
        path: Path,
        options: RecordingOptions,
        *,
        progress: Report | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> Transcript:
        """Recognise, redact."""

    def spoken_phrases(
        self, path: Path, options: RecordingOptions, *, known: Transcript | None = None
    ) -> tuple[tuple[SpokenPhrase, ...], tuple[Notice, ...]]:
        """Seek ``options.spoken_phrases`` in the sound, with what its transcript tells."""

    def email(self, path: Path, *, author: Party = Party.CUSTOMER) -> Transcript:
        """Read, redact."""

    def messages(self, path: Path) -> Transcript:
        """Read, redact."""

    def imported(self, path: Path, options: RecordingOptions, *, recording: Path | None = None) -> Transcript:
        """Take a transcript that was made elsewhere, redact."""

    def playback(
        self, path: Path, transcript: Transcript, target: Path, *, pauses: Sequence[Stretch] = ()
    ) -> None:
        """Write what may be played."""


class Analysing(Protocol):
    """What analysing needs of ``nlp.analysis.AnalysisPipeline``."""

    @property
    def taxonomy(self) -> "Taxonomy":
        """The call reasons it knows."""

    @property
    def reads_with(self) -> "TextEncoder | None":
        """What texts are read with; training reads with the same."""

    @property
    def models(self) -> Mapping[str, str]:
        """Versions of its models."""

    @property
    def thresholds(self) -> Mapping[str, float]:
        """What scores must reach."""

    def analyze(self, transcript: Transcript) -> "Analysis":
        """Find reasons, emotions, sentiment, characteristics."""

    @property
    def encoder(self) -> str:
        """Which vectors are comparable with those it makes."""

    def gist(self, transcript: Transcript) -> "Gist | None":
        """What an interaction is about, as a vector."""

    def summary(self, transcript: Transcript, evidence: int | None = None) -> "Summary":
        """Issue, outcome and next action, as they were said."""

    def query(self, text: str) -> bytes:
        """A query as a vector."""

    def find_reasons(
        self, transcripts: Sequence[Transcript]
    ) -> "list[tuple[tuple[ReasonScore, ...], str | None]]":
        """Find reasons alone, or why there are none."""

    def with_reasons(self, folder: Path) -> "Analysing":
        """The same, with reasons that a user trained."""


class Stopped(Exception):
    """The task is no longer this worker's; whatever comes of it is thrown away."""


@dataclass
class Stop:
    """Whether this process was told to end, and when (monotonic seconds)."""

    requested_at: float | None = None

    @property
    def requested(self) -> bool:
        """Whether it is to end after the current task."""
        return self.requested_at is not None

    def request(self) -> None:
        """End after the current task; only sets a value, so that a signal handler may call it."""
        if self.requested_at is None:
            self.requested_at = time.monotonic()


def _open_themes(models_dir: Path) -> "ThemeFinder":
    from nlp.themes import open_themes  # noqa: PLC0415 - loads the models' libraries

    return open_themes(models_dir)


def _owner() -> str:
    return f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass
class Context:
    """The wiring of one worker process."""

    settings: WorkerSettings
    database: Database
    blobs: Blobs
    jobs: Jobs
    open_transcription: Callable[[], Transcription]
    open_analysis: Callable[[], Analysing]
    job_queues: Sequence[str] = ("speech", "text")
    open_themes: "Callable[[Path], ThemeFinder]" = _open_themes
    owner: str = field(default_factory=_owner)
    stop: Stop = field(default_factory=Stop)
    train: Train = own_reasons.train_into
    _with_own: dict[UUID, Analysing] = field(default_factory=dict)

    @cached_property
    def transcription(self) -> Transcription:
        """The first pipeline."""
        return self.open_transcription()

    @cached_property
    def vectors(self) -> "Vectors":
        """The vectors of all interactions, for searches by meaning."""
        from workers.vectors import Vectors  # noqa: PLC0415 - loads numpy, which not every worker needs

        return Vectors()

    @cached_property
    def analysis(self) -> Analysing:
        """The second pipeline."""
        return self.open_analysis()

    def analysing(self, own: Pinned | None) -> Analysing:
        """The second pipeline with the reasons in use; asked at each task, opened once. Raises NlpError."""
        if own is None:
            return self.analysis
        if own.id not in self._with_own:
            folder = own_reasons.checked(self.settings.reasons_dir / own.folder, own.digest)
            self._with_own = {own.id: self.analysis.with_reasons(folder)}
        return self._with_own[own.id]


_installed: list[Context] = []


def install(context: Context) -> None:
    """Make this the context of the process; RQ calls a function by name and cannot hand it one."""
    _installed[:] = [context]


def current() -> Context:
    """The context of the process. Raises RuntimeError before ``install``."""
    if not _installed:
        raise RuntimeError("no worker context was installed in this process")
    return _installed[0]
