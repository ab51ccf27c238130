"""Lists of terms in a file: what ``overtone terms show`` prints, or several of them."""

import json
from pathlib import Path
from typing import Any

from nlp.errors import NlpError
from nlp.facts.terms import Term
from nlp.facts.values import FactKind

_HOW = 'Write {"kind": "competitor", "terms": [{"name": "...", "aliases": ["..."]}]}, or a list of these.'


class BadTerms(NlpError):
    """A file of terms that cannot be read."""


def read_terms(path: Path) -> list[Term]:
    """The terms of a JSON file; raises BadTerms."""
    try:
        content = json.loads(path.read_text("utf-8-sig"))
        lists = content if isinstance(content, list) else [content]
        return [_term(one["kind"], term) for one in lists for term in one["terms"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadTerms("bad_terms", f"{path.name} holds no lists of terms.", _HOW) from error


def _term(kind: str, given: dict[str, Any]) -> Term:
    aliases = tuple(str(alias) for alias in given.get("aliases", ()))
    return Term(str(given["name"]), FactKind(kind), aliases, bool(given.get("exact_case", False)))
