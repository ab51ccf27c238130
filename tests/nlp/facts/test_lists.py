"""Files of terms: one list or several; what is none is told."""

import json
from pathlib import Path

import pytest

from nlp.facts import FactKind, Term, read_terms
from nlp.facts.lists import BadTerms

LIST = {"kind": "competitor", "terms": [{"name": "Telekom", "aliases": ["T-Mobile"]}]}


@pytest.mark.parametrize("content", [LIST, [LIST]])
def test_lists_are_read(tmp_path: Path, content: object) -> None:
    file = tmp_path / "terms.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert read_terms(file) == [Term("Telekom", FactKind.COMPETITOR, ("T-Mobile",))]


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"kind": "enemy", "terms": [{"name": "x"}]}', "\udcff"]
)
def test_what_holds_no_list_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "terms.json"
    file.write_text(content, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(BadTerms, match=r"terms\.json holds no lists"):
        read_terms(file)
    with pytest.raises(BadTerms):
        read_terms(tmp_path / "nowhere.json")
