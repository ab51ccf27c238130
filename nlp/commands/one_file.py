"""One file: transcribed or read, analyzed, printed."""

import argparse
import re

from nlp.analysis import open_analysis
from nlp.commands.files import TEXT_BYTES, Asked
from nlp.commands.summary import show
from nlp.commands.telling import BadCall, printed
from nlp.document import document
from nlp.facts import FactFinder, read_terms
from nlp.recording_options import RecordingOptions
from nlp.redaction import kinds_of
from nlp.transcript import Party, Transcript
from nlp.transcription import SpeechOptions, Transcription, open_transcription

SPEAKER = re.compile(r"\s*(agent|customer|system|unknown)\s*:\s*(.*)", re.IGNORECASE)


def run(options: argparse.Namespace, asked: Asked) -> int:
    """Print the analysis document, or a summary for people."""
    speech = SpeechOptions(
        engine=options.engine,
        weights_dir=options.weights,
        allow_download=not options.no_download,
        phone_region=options.phone_region,
        masked_kinds=kinds_of(options.redact),
        ner=options.ner,
        models_dir=options.models,
    )
    transcript = _transcribed(open_transcription(speech), asked)
    terms = FactFinder(read_terms(options.terms) if options.terms else (), region=options.phone_region)
    analysis = open_analysis(options.models).analyze(transcript)
    found = document(transcript, analysis, terms.named_in(transcript, analysis.language))
    if options.json:
        return printed(found.model_dump_json(indent=2))
    show(found, name=asked.path.name)
    return 0


def text_turns(text: str) -> list[tuple[Party, str]]:
    """Turns of a plain text: one a line where every line says who speaks ("Agent: ..."), else one."""
    lines = [SPEAKER.fullmatch(line) for line in text.splitlines() if line.strip()]
    spoken = [(Party(line[1].lower()), line[2]) for line in lines if line]
    return spoken if lines and len(spoken) == len(lines) else [(Party.CUSTOMER, text.strip())]


def _transcribed(transcription: Transcription, asked: Asked) -> Transcript:
    if asked.kind == "email":
        return transcription.email(asked.path)
    if asked.kind == "messages":
        return transcription.messages(asked.path)
    if asked.kind == "text":
        return transcription.texts(text_turns(_text(asked)))
    options = RecordingOptions(asked.channel_map, asked.language, pauses=asked.pauses)
    if asked.kind == "transcript":
        return transcription.imported(asked.path, options)
    if asked.transcript is not None:
        return transcription.imported(asked.transcript, options, recording=asked.path)
    return transcription.recording(asked.path, options)


def _text(asked: Asked) -> str:
    with asked.path.open("rb") as file:
        content = file.read(TEXT_BYTES + 1)
    if len(content) > TEXT_BYTES:
        raise BadCall("text_too_long", f"The text is longer than {TEXT_BYTES} bytes.", "Send it in parts.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCall("unreadable_text", "The file is not text in UTF-8.", "Save it as UTF-8.") from error
    if not text.strip():
        raise BadCall("no_text", "The file has no text.", "Send a text.")
    return text
