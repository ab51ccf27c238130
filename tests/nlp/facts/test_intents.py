"""Switch intent: said by customers, about going to somebody else, not denied."""

import pytest

from nlp.facts import FactKind
from nlp.transcript import Party
from tests.nlp.facts.said import facts, found


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("I'm thinking of switching to Vodafone", "en", "Vodafone"),
        ("I'll move my number over to T-Mobile", "en", "Telekom"),
        ("I am signing up with Vodafone", "en", "Vodafone"),
        ("we are leaving you for Vodafone", "en", "Vodafone"),
        ("I'll take my business elsewhere", "en", ""),
        ("then I'll find another provider", "en", ""),
        ("I will just go somewhere else", "en", ""),
        ("Átmegyek a Telekomhoz", "hu", "Telekom"),
        ("a Vodafone-hoz fogok átmenni", "hu", "Vodafone"),
        ("másik szolgáltatóhoz megyünk és átviszem a számom", "hu", ""),
        ("אני עובר לפלאפון", "he", "Pelephone"),
        ("אני עוברת לחברה אחרת", "he", ""),
    ],
)
def test_a_customer_who_means_to_go_is_understood(text: str, language: str, name: str) -> None:
    assert [one for one, _, _ in found(text, FactKind.SWITCH_INTENT, language)] == [name]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I am not going to switch to Vodafone", "en"),
        ("I don't want to move to another provider", "en"),
        ("Vodafone called me to ask about the bill", "en"),
        ("switch it off. Vodafone is better", "en"),
        ("Nem megyek át a Telekomhoz", "hu"),
        ("I need another plan", "en"),
        ("please transfer me to another agent", "en"),
    ],
)
def test_what_is_denied_or_something_else_is_no_intent(text: str, language: str) -> None:
    assert found(text, FactKind.SWITCH_INTENT, language) == []


def test_an_agent_means_to_go_nowhere() -> None:
    told = facts("So you are switching to Vodafone", party=Party.AGENT)
    assert {one.kind for one in told} == {FactKind.COMPETITOR}


def test_a_place_is_named_in_the_language_of_the_text() -> None:
    assert found("I live in New York", FactKind.PLACE) == [("New York", None, "New York")]
    assert found("Magyarországon élek", FactKind.PLACE, "hu") == [("Hungary", None, "Magyarországon")]
    assert found("אני גר בישראל", FactKind.PLACE, "he") == [("Israel", None, "בישראל")]
    assert found("I eat turkey with chad", FactKind.PLACE) == []
