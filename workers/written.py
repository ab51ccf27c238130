"""A summary by a command that the user set: redacted turns in, text out, within limits."""

import json
import os
import shlex
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from nlp.transcript import Transcript
from service.store.written_summaries import Written

SECONDS = 60.0
BYTES = 16_384
SEEN = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")  # of the worker's environment; no passwords


def written(command: str, transcript: Transcript, *, seconds: float = SECONDS) -> Written | None:
    """What the command writes about a transcript, None without a command; a failure is a code, no error.

    The command gets {"language", "turns": [{"party", "text"}]} as JSON on its standard input and writes plain
    text in UTF-8. No shell is started; after ``seconds`` it is ended, as it is when it writes more than
    16 KiB. A transcript that is not reliable or has no words is not given to it.
    """
    words = _words(command)
    if not words:
        return None
    made_by = Path(words[0]).name
    turns = [{"party": turn.party.value, "text": turn.text} for turn in transcript.turns if turn.text.strip()]
    if transcript.reliable is False or not turns:
        return Written(made_by, error="not_measurable")
    document = json.dumps({"language": transcript.language, "turns": turns}, ensure_ascii=False)
    with tempfile.TemporaryFile() as given:
        given.write(document.encode("utf-8", "replace"))
        given.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - the words are the administrator's own, no shell reads them
                words,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in SEEN if name in os.environ},
                start_new_session=True,
            )
        except (OSError, ValueError):
            return Written(made_by, error="summary_command_missing")
        return _said(process, made_by, seconds)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:  # a quotation mark without its other half
        return [command]


def _said(process: "subprocess.Popen[bytes]", made_by: str, seconds: float) -> Written:
    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        with process:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            out = process.stdout.read(BYTES + 1)
            if len(out) > BYTES:
                _kill(process)
                process.wait()
                return Written(made_by, error="summary_too_long")
            code = process.wait()
    finally:
        timer.cancel()
        _kill(process)
    if late.is_set():
        return Written(made_by, error="summary_command_late")
    text = out.decode("utf-8", "replace").strip()
    if code or not text:
        return Written(made_by, error="summary_command_failed")
    return Written(made_by, text=text)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End it with all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
