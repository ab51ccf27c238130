"""The hard set: two halves that share nothing with each other or with what models are trained on."""

import re

from nlp.emotion import GROUPS
from nlp.training.hard_feelings import HALVES, by_kind, hard_sentences
from nlp.training.sentiment_data import FEELINGS, feelings, service_sentences
from nlp.training.sentiment_language_data import LANGUAGES, own


def plain(texts: tuple[str, ...]) -> list[str]:
    return [re.sub(r"\W+", " ", text.casefold()).strip() for text in texts]


def test_no_sentence_of_the_hard_set_is_trained_on_or_stands_in_both_halves() -> None:
    dev, blind = (plain(tuple(row.text for row in hard_sentences(half))) for half in HALVES)
    trained = plain(service_sentences().texts + feelings(weight=1).texts)
    assert len(set(dev + blind)) == len(dev) + len(blind)
    assert not set(dev + blind) & set(trained)
    assert len(set(trained)) == len(trained)


def test_both_halves_have_the_same_kinds_and_known_labels() -> None:
    dev, blind = (hard_sentences(half) for half in HALVES)
    assert sorted(row.kind for row in dev) == sorted(row.kind for row in blind)
    groups = {group.ekman for group in GROUPS.values()}
    for row in dev + blind:
        assert row.sentiment in {"negative", "neutral", "positive", "none"}
        assert set(row.emotions) <= groups | {"none"}


def test_what_is_trained_on_has_known_emotions() -> None:
    content = FEELINGS.read_text("utf-8")
    assert {line.split("\t")[1] for line in content.splitlines()} <= set(GROUPS)


def test_unseen_sentences_of_a_language_are_not_trained_on() -> None:
    for language in LANGUAGES:
        assert not set(plain(own(language).texts)) & set(plain(own(language, unseen=True).texts))


def test_shares_are_by_kind_and_of_all() -> None:
    rows = hard_sentences("dev")[:2]
    assert by_kind(rows, [True, False])["all"] == 0.5
