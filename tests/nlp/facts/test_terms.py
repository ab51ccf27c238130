"""Terms of lists: by alias, in inflected forms, never inside another word."""

import pytest

from nlp.facts import FactFinder, FactKind, Term
from nlp.transcript import Party, Transcript, Turn
from tests.nlp.facts.said import facts, found


@pytest.mark.parametrize(
    ("text", "language", "name", "words"),
    [
        ("A Telekomnál olcsóbb", "hu", "Telekom", "Telekomnál"),
        ("a telekommal volt bajom", "hu", "Telekom", "telekommal"),
        ("A Magyar Telekomhoz megyek", "hu", "Telekom", "Magyar Telekomhoz"),
        ("Vodafone-nál voltam", "hu", "Vodafone", "Vodafone-nál"),
        ("a postánál vettem", "hu", "Posta", "postánál"),
        ("a telekomosok szerint", "hu", "Telekom", "telekomosok"),
        ("הייתי בפלאפון שנה", "he", "Pelephone", "בפלאפון"),
        ("אמרו לי שבפלאפון זול", "he", "Pelephone", "שבפלאפון"),
        ("ל-Vodafone עברתי", "he", "Vodafone", "ל-Vodafone"),
        ("מהוט אמרו", "he", "HOT", "מהוט"),
        ("Vodafone's price", "en", "Vodafone", "Vodafone's"),
        ("two family packages", "en", "Family Plan", "family packages"),
        ("I like the One network", "en", "One", "One"),
        ("VODAFONE IS BETTER", "en", "Vodafone", "VODAFONE"),
        ("T‑Mobile called", "en", "Telekom", "T‑Mobile"),  # a hyphen that does not break
        ("Voda\u200bfone called", "en", "Vodafone", "Voda\u200bfone"),
        ("about \u202bפלאפון\u202c here", "en", "Pelephone", "פלאפון"),
        ("פֶּלֶאפוֹן", "he", "Pelephone", "פֶּלֶאפוֹן"),
    ],
)
def test_a_term_is_found_in_the_forms_of_its_language(
    text: str, language: str, name: str, words: str
) -> None:
    told = [*found(text, FactKind.COMPETITOR, language), *found(text, FactKind.PRODUCT, language)]
    assert (name, None, words) in told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a telekommunikáció drága", "hu"),
        ("a postás jött, postaládába", "en"),
        ("vodafonesque", "en"),
        ("no one was there", "en"),
        ("One moment, please. One more thing", "en"),
        ("hot water", "en"),
        ("הוטל קנס", "he"),
        ("", "en"),
        ("😀😀", None),
        ("\u200b\u202e", None),
    ],
)
def test_a_term_is_not_found_inside_another_word(text: str, language: str | None) -> None:
    assert not [one for one in facts(text, language) if one.kind is FactKind.COMPETITOR]


def test_of_terms_that_overlap_the_longest_counts() -> None:
    finder = FactFinder([Term("Plan", FactKind.PRODUCT), Term("Family Plan", FactKind.PRODUCT)])
    assert [one.name for one in finder.find([Turn(Party.CUSTOMER, "the family plan")])] == ["Family Plan"]


def test_a_listed_place_is_named_once_and_as_the_list_calls_it() -> None:
    finder = FactFinder([Term("Budapest office", FactKind.PLACE, ("Budapest",))])
    told = finder.find([Turn(Party.CUSTOMER, "I was in Budapest yesterday")], language="en")
    assert [one.name for one in told if one.kind is FactKind.PLACE] == ["Budapest office"]


def test_a_term_without_letters_finds_nothing() -> None:
    assert (
        FactFinder([Term("…", FactKind.TERM), Term(" ", FactKind.TERM)]).find([Turn(Party.AGENT, "a b")])
        == ()
    )


def test_a_megabyte_in_one_line_is_read_as_far_as_a_turn_is() -> None:
    assert len(facts("Vodafone " * 120_000)) == 500


def test_what_the_system_says_is_no_fact() -> None:
    assert facts("You have reached Vodafone", party=Party.SYSTEM) == []


def test_a_transcript_that_does_not_say_its_language_is_read_in_the_one_it_was_taken_for() -> None:
    said = Transcript("chat", "1", (Turn(Party.CUSTOMER, "Magyarországon élek"),))
    assert [one.name for one in FactFinder().named_in(said, "hu")] == ["Hungary"]
    assert FactFinder().named_in(said, "en") == ()
