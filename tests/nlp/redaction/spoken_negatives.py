"""Conversations full of numbers that are nobody's card: orders, amounts, phones of shops, years, times."""

import random
from collections.abc import Iterator

from nlp.redaction import Statement
from tests.nlp.redaction.said import LANGUAGES, cardinal, digit

_TEMPLATES: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Could I have the order number?", "sure, it's {ten}"), ("And what did you pay?", "{sum} dollars"),
        ("When was that?", "in {year}"), ("You can call our shop.", "is that {phone}?"),
        ("Which model is it?", "model {four}, serial number {twelve}"), ("What is the tracking number?",
        "{typed}"),
        ("How many of you?", "{small} adults, room {three}"), ("The reference?",
        "reference {nine} from {year}"),
    ),
    "hu": (
        ("Mi a rendelési szám?", "igen, {ten}"), ("Mennyit fizetett?", "{sum} forintot"), ("Mikor?",
        "{year}-ben"),
        ("Melyik modell?", "{four} típus, gyári szám {twelve}"), ("A csomagszám?", "{typed}"),
        ("Hányan jönnek?", "{small} felnőtt, {three} szoba"),
    ),
    "he": (
        ("מה מספר ההזמנה?", "{ten}"), ("כמה שילמת?", "{sum} שקל"), ("איזה דגם?",
        "דגם {four} מספר סידורי {twelve}"),
        ("מספר מעקב?", "{typed}"), ("כמה אנשים?", "{small} אנשים חדר {three}"),
    ),
    "de": (
        ("Wie ist die Bestellnummer?", "ja, {ten}"), ("Was haben Sie bezahlt?", "{sum} Euro"),
        ("Wann war das?", "{year}"),
        ("Welches Modell?", "Modell {four}, Seriennummer {twelve}"), ("Die Sendungsnummer?", "{typed}"),
        ("Wie viele Personen?", "{small} Personen, Zimmer {three}"),
    ),
    "es": (
        ("¿Me da el número de pedido?", "sí, {ten}"), ("¿Cuánto pagó?", "{sum} euros"), ("¿Cuándo?",
        "en {year}"),
        ("¿Qué modelo?", "modelo {four}, número de serie {twelve}"), ("¿El número de seguimiento?",
        "{typed}"),
        ("¿Cuántas personas?", "{small} personas, habitación {three}"),
    ),
    "fr": (
        ("Quel est le numéro de commande ?", "oui, {ten}"), ("Combien avez-vous payé ?", "{sum} euros"),
        ("Quand ?", "en {year}"),
        ("Quel modèle ?", "modèle {four}, numéro de série {twelve}"), ("Le numéro de suivi ?", "{typed}"),
        ("Combien de personnes ?", "{small} personnes, chambre {three}"),
    ),
}  # fmt: skip


def _digits(language: str, count: int, chance: random.Random) -> str:
    return " ".join(digit(language, chance.randrange(10)) for _ in range(count))


def harmless(count: int, *, seed: int = 0) -> Iterator[list[Statement]]:
    """So many conversations of each language; none has a card in it, or anything of one."""
    chance = random.Random(seed)
    for language in LANGUAGES:
        for _ in range(count):
            turns: list[Statement] = []
            for question, answer in chance.sample(_TEMPLATES[language], 4):
                said = answer.format(
                    ten=_digits(language, 10, chance), nine=_digits(language, 9, chance),
                    four=_digits(language, 4, chance),
                    three=cardinal(language, chance.randrange(100, 999)),
                    twelve=_digits(language, 12, chance),
                    phone=_digits(language, 10, chance), small=cardinal(language, chance.randrange(2, 9)),
                    sum=cardinal(language, chance.randrange(10, 9999)),
                    year=cardinal(language, chance.randrange(1990, 2027)),
                    typed=str(chance.randrange(10**11, 10**12)),
                )  # fmt: skip
                turns += [Statement(question, "agent"), Statement(said, "customer")]
            yield turns
