"""Whole mails of many programs and languages give exactly the text that is new in them."""

import pytest

from nlp.messages.parsing import parse
from tests.nlp.messages.reply_cases import Case, cases


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_only_what_was_written_now_is_text(case: Case) -> None:
    assert parse(case.mail).text == case.new


def test_there_are_enough_cases_of_each_kind() -> None:
    found = cases()
    seldom = sum(case.name.startswith(("hu", "he")) for case in found)
    assert seldom >= 60
    assert len(found) - seldom >= 40
    assert len({case.name for case in found}) == len(found)
