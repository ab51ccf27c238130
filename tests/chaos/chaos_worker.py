"""A real worker process with fake pipelines: ``python -m tests.chaos.chaos_worker ARGUMENTS``."""

import sys

from tests.fakes import FakeAnalysis, FakeTranscription
from workers.__main__ import main

if __name__ == "__main__":
    sys.exit(
        main(
            transcription=lambda settings: FakeTranscription(),
            analysis=lambda settings: FakeAnalysis(),  # type: ignore[arg-type,return-value] # same names
        )
    )
