"""Conversations in which a card's number, date and code are given: six languages, and errors."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlp.redaction import Statement
from tests.nlp.redaction.said import LANGUAGES, cardinal, digit

STYLES = ("digits", "groups", "pairs", "cardinals", "doubles", "typed", "threes")
DELIVERIES = ("one_turn", "split", "split_repeated", "no_label", "with_fillers")
PREFIXES = ("4", "51", "55", "2221", "34", "37", "6011", "36", "3528", "62")
FILLERS = {
    "en": ("uh", "um", "let me see", "and then", "hold on", "okay"), "hu": ("ööö", "várjon", "és aztán",
    "egy pillanat"),
    "he": ("אה", "רגע", "ואז"), "de": ("ähm", "Moment", "und dann"), "es": ("eh", "a ver", "y luego"),
    "fr": ("euh", "attendez", "et puis"),
}  # fmt: skip
DOUBLE = {"en": "double", "hu": "dupla", "he": "פעמיים", "de": "zweimal die", "es": "doble", "fr": "double"}
ASK = {
    "en": ("Could I have the long number on the card, please?", "What's your card number?"),
    "hu": ("Megadná a kártyaszámát?", "Mi a bankkártya száma?"), "he": ("מה מספר הכרטיס?",
    "אפשר את מספר כרטיס האשראי?"),
    "de": ("Wie lautet Ihre Kartennummer?", "Geben Sie mir bitte die Kreditkartennummer."),
    "es": ("¿Me da el número de su tarjeta?", "¿Cuál es el número de tarjeta?"),
    "fr": ("Quel est le numéro de votre carte ?", "Votre numéro de carte bancaire, s'il vous plaît ?"),
}  # fmt: skip
ASK_DATE = {
    "en": "And the expiry date?", "hu": "És a lejárati dátum?", "he": "ומה התוקף?",
    "de": "Und gültig bis wann?",
    "es": "¿Y la fecha de caducidad?", "fr": "Et la date d'expiration ?",
}  # fmt: skip
ASK_CODE = {
    "en": ("And the three digits on the back?", "And the security code?", "What is the CVV?"),
    "hu": ("És a hátoldalon a három számjegy?", "A biztonsági kódot kérem."),
    "he": ("ושלוש ספרות בגב הכרטיס?", "מה קוד האבטחה?"),
    "de": ("Und die Prüfnummer auf der Rückseite?", "Und den Sicherheitscode?"),
    "es": ("¿Y los tres dígitos del reverso?", "¿Y el código de seguridad?"),
    "fr": ("Et le cryptogramme au dos ?", "Et les trois chiffres au verso ?"),
}  # fmt: skip
YES = {"en": "okay", "hu": "igen", "he": "כן", "de": "ja", "es": "vale", "fr": "d'accord"}
LEAD = {
    "en": ("sure, it's", "yes it's", ""), "hu": ("igen,", "persze,", ""), "he": ("כן, זה", ""),
    "de": ("ja, das ist", ""),
    "es": ("sí, es el", ""), "fr": ("oui, c'est le", ""),
}  # fmt: skip
LABEL = {
    "en": "my card number is", "hu": "a kártyaszámom", "he": "מספר הכרטיס שלי הוא",
    "de": "meine Kartennummer ist",
    "es": "mi número de tarjeta es", "fr": "mon numéro de carte est",
}  # fmt: skip


@dataclass
class Call:
    """Turns, and the words of each that say a secret: what must be gone from the turn."""

    language: str
    style: str
    delivery: str
    turns: list[Statement] = field(default_factory=list)
    secrets: list[tuple[int, str, str]] = field(default_factory=list)  # turn, kind, the words

    def say(self, party: str, text: str, kind: str = "", words: str = "") -> None:
        """One turn more."""
        if kind:
            self.secrets.append((len(self.turns), kind, words))
        self.turns.append(Statement(text.strip(), party))


def luhn_number(chance: random.Random) -> str:
    """A number that a scheme could issue."""
    prefix = chance.choice(PREFIXES)
    length = {"34": 15, "37": 15, "36": 14}.get(prefix, 16)
    body = prefix + "".join(str(chance.randrange(10)) for _ in range(length - len(prefix) - 1))
    total = sum(int(sign) for sign in body[-2::-2]) + sum(
        sum(divmod(2 * int(sign), 10)) for sign in body[-1::-2]
    )
    return body + str(-total % 10)


def noisy(words: Sequence[str], chance: random.Random, rate: float, language: str) -> list[str]:
    """Words of which a recogniser dropped or mistook some."""
    heard = []
    for word in words:
        dice = chance.random()
        if dice < rate / 2:
            continue
        heard.append(digit(language, chance.randrange(10)) if dice < rate else word)
    return heard


def groups_of(number: str, style: str, chance: random.Random) -> list[str]:
    """The number as it is read from the card."""
    sizes = [4, 4, 4, 4] if len(number) != 15 else [4, 6, 5]
    if style == "threes":
        sizes = [3] * 6
    groups, at = [], 0
    for size in sizes:
        groups.append(number[at : at + size])
        at += size
    return [group for group in groups if group]


def spoken(group: str, style: str, language: str, chance: random.Random, rate: float) -> str:
    """One group of digits as it is said."""
    if style == "typed":
        return chance.choice((group, " ".join(group)))
    if style == "pairs":
        parts = [group[at : at + 2] for at in range(0, len(group), 2)]
        said = [
            cardinal(language, int(part))
            if part[0] != "0"
            else " ".join(digit(language, int(sign)) for sign in part)
            for part in parts
        ]
        return " ".join(noisy(said, chance, rate, language))
    if style in ("cardinals", "threes") and group[0] != "0" and len(group) <= 4:
        return cardinal(language, int(group))
    if style == "doubles":
        said, at = [], 0
        while at < len(group):
            twice = at + 1 < len(group) and group[at] == group[at + 1]
            said.append((DOUBLE[language] + " " if twice else "") + digit(language, int(group[at])))
            at += 2 if twice else 1
        return " ".join(noisy(said, chance, rate, language))
    return " ".join(noisy([digit(language, int(sign)) for sign in group], chance, rate, language))


def call(language: str, style: str, delivery: str, chance: random.Random, *, rate: float = 0.0) -> Call:
    """One conversation."""
    made = Call(language, style, delivery)
    number = luhn_number(chance)
    said = [spoken(group, style, language, chance, rate) for group in groups_of(number, style, chance)]
    said = [group for group in said if group]
    if delivery == "no_label":
        whole = (", " if chance.random() < 0.5 else " ").join(said)
        made.say("customer", f"{LABEL[language]} {whole}", "card", whole)
    elif delivery in ("one_turn", "with_fillers"):
        made.say("agent", chance.choice(ASK[language]))
        glue = [", " if delivery == "one_turn" else f" {chance.choice(FILLERS[language])} " for _ in said[1:]]
        whole = "".join(part + between for part, between in zip(said, [*glue, ""], strict=True))
        made.say("customer", f"{chance.choice(LEAD[language])} {whole}", "card", whole)
    else:
        made.say("agent", chance.choice(ASK[language]))
        for at, group in enumerate(said):
            made.say(
                "customer", (chance.choice(LEAD[language]) + " " if not at else "") + group, "card", group
            )
            if at < len(said) - 1:
                repeats = delivery == "split_repeated" and chance.random() < 0.5
                made.say("agent", group if repeats else YES[language], "card" if repeats else "", group)
    year = cardinal(language, chance.randrange(26, 32))
    month = chance.randrange(1, 13)
    date = f"{digit(language, 0)} {digit(language, month)}" if month < 10 else cardinal(language, month)
    made.say("agent", ASK_DATE[language])
    made.say("customer", f"{date} {year}", "expiry", f"{date} {year}")
    code = " ".join(digit(language, chance.randrange(10)) for _ in range(3))
    made.say("agent", chance.choice(ASK_CODE[language]))
    made.say("customer", f"{chance.choice(LEAD[language])} {code}", "cvv", code)
    return made


def calls(count: int, *, seed: int = 0, rate: float = 0.0) -> Iterator[Call]:
    """So many for each language, style and delivery."""
    chance = random.Random(seed)
    for language in LANGUAGES:
        for style in STYLES:
            for delivery in DELIVERIES:
                for _ in range(count):
                    yield call(language, style, delivery, chance, rate=rate)


def is_gone(words: str, text: str) -> bool:
    """Whether no digit of a secret is left in the redacted turn: none of its words, in a row of two."""
    said = words.replace(",", " ").split()
    pairs = {f"{one} {other}" for one, other in itertools.pairwise(said)} or set(said)
    left = " ".join(text.replace(",", " ").split())
    return not any(f" {pair} " in f" {left} " for pair in pairs)
