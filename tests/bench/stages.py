"""Where the time of `analyze --jsonl` goes: CPU seconds of each stage, in the order that a line takes."""

import json
import time
from collections.abc import Sequence

from nlp.analysis import AnalysisPipeline
from nlp.batch import EVERYTHING
from nlp.document import document
from nlp.facts import FactFinder
from nlp.sought import Sought
from nlp.transcript import Party, Transcript
from nlp.transcription import Transcription


def stages(
    texts: Sequence[str], transcription: Transcription, analysis: AnalysisPipeline, facts: FactFinder
) -> dict[str, float]:
    """CPU seconds by stage; what the encoder remembers of one stage is what it remembers in the command.

    Whatever of an analysis is not a model's work (language, joining, measures) is "language and joining".
    """
    spent: dict[str, float] = {}
    started = time.process_time()

    def lap(name: str) -> None:
        nonlocal started
        spent[name] = time.process_time() - started
        started = time.process_time()

    transcripts: list[Transcript] = [transcription.texts([(Party.CUSTOMER, text)]) for text in texts]
    lap("redaction")
    analysis.analyze_many(transcripts, ())
    lap("language and joining")
    for kind in (Sought.EMOTION, Sought.SENTIMENT, Sought.REASONS):
        analysis.analyze_many(transcripts, (kind,))
        lap(kind.value)
        spent[kind.value] = max(0.0, spent[kind.value] - spent["language and joining"])
    analyses = analysis.analyze_many(transcripts, EVERYTHING)
    started = time.process_time()
    found = [facts.named_in(transcript) for transcript in transcripts]
    lap("facts")
    for transcript, one, named in zip(transcripts, analyses, found, strict=True):
        json.dumps(document(transcript, one, named).model_dump(mode="json"), ensure_ascii=False)
    lap("document")
    return spent
