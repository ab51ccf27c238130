"""How a command tells of a failure: a code, a sentence and what to do, never a traceback."""

import json
import sys

from nlp.errors import NlpError


class BadCall(NlpError):
    """What was asked for cannot be done as it stands."""


def tell(error: NlpError, *, as_json: bool) -> None:
    """Write the failure to stderr, or as a JSON document to stdout."""
    if as_json:
        document = {"error": {"code": error.code, "detail": error.detail, "remedy": error.remedy}}
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")
    else:
        lines = [f"{error.code}: {error.detail}", error.remedy]
        sys.stderr.write("\n".join(line for line in lines if line) + "\n")


def printed(text: str) -> int:
    """Write a line to stdout; returns the exit code of success."""
    sys.stdout.write(text + "\n")
    return 0
