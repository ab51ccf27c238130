"""Persons' names, addresses and secrets that are words."""

import pytest

from nlp.redaction import DEFAULT_KINDS, Redactor, Statement

REDACTOR = Redactor()


def conversation(*turns: str, redactor: Redactor = REDACTOR) -> list[str]:
    statements = [Statement(turn[2:], "agent" if turn.startswith("a:") else "customer") for turn in turns]
    return [one.text for one in redactor.redact_turns(statements)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My name is Rubija Qwertz", "My name is [name]"),
        ("my name is john smith", "my name is [name]"),
        ("a nevem Kovács Éva", "a nevem [name]"),
        ("Ich heiße Hans Müller", "Ich heiße [name]"),
        ("je m'appelle Jean Dupont", "je m'appelle [name]"),
        ("me llamo Ana López", "me llamo [name]"),
        ("שמי דני כהן", "שמי [name]"),
        ("Dear Mr. Qwerty Zxcv, hello", "Dear Mr. [name], hello"),
        ("Why is Katrine so impulsive?", "Why is [name] so impulsive?"),
        ("we met Faina D. Uvwxyz there", "we met [name] there"),
        ("Unlike the Kowalewski novel", "Unlike the [name] novel"),
        ("Thanks,\nGabriella", "Thanks,\n[name]"),
    ],
)
def test_names_are_masked(text: str, expected: str) -> None:
    assert REDACTOR.redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "I will pay the bill in May",
        "We flew from San Francisco to Paris",
        "How do I change AUD to GBP by SWIFT?",
        "Can I talk to someone about my Mastercard?",
        "Dear Customer Service, thank you very much",
        "Hello there, good morning team",
        "I forgot my password and the password is wrong",
        "Windows and Office from Apple and Amazon",
        "hope you have a good day",
    ],
)
def test_other_words_are_kept(text: str) -> None:
    assert REDACTOR.redact(text).text == text


def test_a_customer_s_name_is_masked_wherever_it_is_said_and_the_agent_s_own_is_kept() -> None:
    turns = (
        "a:Thank you for calling, my name is Anna. May I have your name?", "c:sure, it's Olivia Flores",
        "a:Thanks Olivia, how can I help?", "c:Hi Anna, my flight was late",
    )  # fmt: skip
    assert conversation(*turns) == [
        "Thank you for calling, my name is Anna. May I have your name?", "sure, it's [name]",
        "Thanks [name], how can I help?", "Hi Anna, my flight was late",
    ]  # fmt: skip
    strict = Redactor(kinds=DEFAULT_KINDS | {"agent_name"})
    assert conversation(*turns, redactor=strict)[3] == "Hi [agent_name], my flight was late"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I live at 201 Elm Street, Boston", "I live at [address]"),
        ("it's two zero one elm street", "it's [address]"),
        ("Hauptstraße 12, 10115 Berlin", "[address]"),
        ("12 rue de la Paix, 75002 Paris", "[address]"),
        ("calle Mayor 5", "[address]"),
        ("1117 Budapest, Irinyi József utca 42.", "[address]."),
        ("ברחוב הרצל 15", "[address]"),
        ("P.O. Box 255", "[address]"),
        ("SW1A 1AA", "[address]"),
        ("send it to 86036 Rua do Arenque 1634", "send it to [address]"),
    ],
)
def test_addresses_are_masked(text: str, expected: str) -> None:
    assert REDACTOR.redact(text).text == expected


def test_a_street_without_a_number_is_kept() -> None:
    text = "the shop on Main Street opens in 24 hours"
    assert REDACTOR.redact(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my password is Hunter2", "my password is [password]"),
        ("password: s3cr3t!x", "password: [password]"),
        ("a jelszavam az titok123", "a jelszavam az [password]"),
        ("my username is jsmith42", "my username is [username]"),
        ("mother's maiden name is Robertson", "mother's maiden name is [secret]"),
    ],
)
def test_secrets_are_masked(text: str, expected: str) -> None:
    assert REDACTOR.redact(text).text == expected


def test_the_answer_to_a_security_question_is_masked() -> None:
    assert conversation("a:What is your mother's maiden name?", "c:it's Robertson")[1] == "it's [secret]"
    assert conversation("a:And the password?", "c:bluebird")[1] == "[password]"
