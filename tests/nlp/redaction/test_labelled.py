"""What only a word beside it gives away."""

import pytest

from nlp.errors import UnknownKind
from nlp.redaction import DEFAULT_KINDS, KINDS, Redactor, kinds_of
from nlp.redaction.ids import hungarian

REDACTOR = Redactor()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("card 4111 1111 1111 1111 12/25 123", "card [card] [expiry] [cvv]"),
        ("my card number is 1234-5678-9012-3456", "my card number is [card]"),
        ("the cvv is 123 and it expires 12/25", "the cvv is [cvv] and it expires [expiry]"),
        ("lejár huszonöt tizenkettő, kártyaszám 4111111111111111", "lejár [expiry], kártyaszám [card]"),
        ("My SSN is 460-89-9847", "My SSN is [national_id]"),
        ("social security one two three four five six seven eight nine", "social security [national_id]"),
        ("TAJ számom 123 456 788", "TAJ számom [national_id]"),
        ("תעודת זהות 123456782", "תעודת זהות [national_id]"),
        ("DNI 12345678Z", "DNI [national_id]"),
        ("ni number QQ 12 34 56 C", "ni number [national_id]"),
        ("passport is A B one two three four five six seven", "passport is [passport]"),
        ("Reisepass C01X00T47", "Reisepass [passport]"),
        ("driver's license number is 2270-66-1551", "driver's license number is [licence]"),
        ("account number one two three four five six seven", "account number [account]"),
        ("sort code 20-00-00 account 55779911", "sort code [account] account [account]"),
        ("Kontonummer 1234567", "Kontonummer [account]"),
        ("my birthday is April 2nd, 1985", "my birthday is [birth_date]"),
        ("geboren am dritten März neunzehnhundertfünfundachtzig", "geboren am [birth_date]"),
        ("date de naissance 03/04/1985", "date de naissance [birth_date]"),
        ("my pin is four four two one", "my pin is [pin]"),
        ("IBAN DE89 37 zero four zero zero four four zero five three two zero one three zero zero zero",
         "IBAN [iban]"),
        ("from 192.168.10.7", "from [ip]"),
        ("open https://x.example/a?token=abc123 now", "open [url] now"),
    ],
)  # fmt: skip
def test_masks(text: str, expected: str) -> None:
    assert REDACTOR.redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "order 12345678 for $1,250.00 on 2024-11-05 in twenty twenty four",
        "model one two three four, version 10.2.3.4",
        "policy number five six two three eight",
        "the card costs 250 dollars and arrives in 14 days",
        "the last four digits of my card are 1234",
        "my flight 4512 leaves at 12 25 from gate 123",
        "https://shop.example/product?id=4711",
    ],
)
def test_keeps(text: str) -> None:
    assert REDACTOR.redact(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("írjon a kovács pont éva kukac freemail pont hu címre", "írjon a [email] címre"),
        ("mein email ist hans punkt müller at gmx punkt de", "mein email ist [email]"),
        ("mon adresse est jean point dupont arobase orange point fr", "mon adresse est [email]"),
        ("mi correo es ana guion bajo lopez arroba gmail punto com", "mi correo es [email]"),
        ("האימייל שלי דני נקודה כהן שטרודל ג'ימייל נקודה קום", "האימייל שלי [email]"),
        ("my email is john smith 42 at yahoo dot co dot uk", "my email is [email]"),
        ("j o h n at mail dot com", "[email]"),
    ],
)
def test_spoken_addresses(text: str, expected: str) -> None:
    assert REDACTOR.redact(text).text == expected


def test_a_policy_says_what_is_masked() -> None:
    text = "mail a@b.example, card 4111111111111111"
    assert Redactor(kinds=kinds_of("card")).redact(text).text == "mail a@b.example, card [card]"
    assert kinds_of("") == kinds_of("default") == DEFAULT_KINDS
    assert kinds_of("all") == set(KINDS)
    assert kinds_of("-phone,+place") == (DEFAULT_KINDS - {"phone"}) | {"place"}
    with pytest.raises(UnknownKind) as raised:
        kinds_of("card,shoe size")
    assert raised.value.code == "unknown_kind"


def test_hungarian_personal_numbers_have_a_checksum() -> None:
    first = "1850101123"
    last = sum(weight * int(sign) for weight, sign in zip(range(1, 11), first, strict=True)) % 11
    assert last < 10
    assert hungarian(f"{first}{last}")
    assert not hungarian(f"{first}{(last + 1) % 10}")
