"""Texts: complete in every language, chosen as the visitor wishes."""

import re
import string
from collections.abc import Mapping

import pytest

from service.dashboard.catalogue import FOLDER, LANGUAGES, Text, negotiate, texts, words
from service.dashboard.rendering import environment

TEMPLATES = FOLDER.parent / "templates"
OTHERS = [tag for tag in LANGUAGES if tag != "en"]


def places(text: Text) -> set[str]:
    """The names that a text asks to be filled in."""
    forms = text.values() if isinstance(text, Mapping) else [text]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.mark.parametrize("tag", OTHERS)
def test_every_language_says_the_same(tag: str) -> None:
    english, other = texts("en"), texts(tag)
    assert set(english) == set(other)
    for key, text in english.items():
        assert places(text) == places(other[key]), key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_plurals_have_the_forms_of_the_language(tag: str) -> None:
    wanted = set(words(tag).locale.plural_form.tags) | {"other"}
    for key, text in texts(tag).items():
        if isinstance(text, Mapping):
            assert wanted <= set(text), key


def test_templates_ask_only_for_texts_that_exist() -> None:
    asked = set()
    for template in TEMPLATES.iterdir():
        environment().get_template(template.name)
        asked |= set(
            re.findall(
                r"""\bt(?:\.count)?\(\s*["']([a-z_]+\.[a-z_0-9]+)["']\s*[,)]""", template.read_text("utf-8")
            )
        )
    assert asked
    unfinished = {key for key in asked if key == "period.d" or key.endswith("_")}  # they go on with a value
    assert not asked - unfinished - set(texts("en"))


@pytest.mark.parametrize(
    ("asked", "remembered", "accepted", "chosen"),
    [
        ("he", "hu", "en", "he"),
        (None, "hu", "en", "hu"),
        (None, None, "he-IL,he;q=0.9,en;q=0.8", "he"),
        (None, None, "fr, hu;q=0.5", "hu"),
        ("xx", "../..", "*;q=, ,,", "en"),
        (None, None, "", "en"),
    ],
)
def test_the_visitor_chooses(asked: str | None, remembered: str | None, accepted: str, chosen: str) -> None:
    assert negotiate(asked, remembered, accepted) == chosen


def test_counting() -> None:
    assert words("en").count("interaction.turns", 1) == "1 turn"
    assert words("en").count("interaction.turns", 1200, shown="1,200") == "1,200 turns"
    assert words("he").count("interaction.turns", 2) == "שני תורי דיבור"


def test_a_code_without_a_text_is_shown_as_it_is() -> None:
    assert words("hu").known("failure.new_code", "new_code") == "new_code"
    assert words("hu")("no.such") == "no.such"
