"""Copies of texts as a recogniser would hand them over: no punctuation, lead-ins, misheard words."""

import random
import re
from collections.abc import Sequence

LEAD_INS = (
    "hi my name is {name} and",
    "yes hello",
    "hello this is {name} i'm calling because",
    "good morning um",
    "yeah so the thing is",
    "okay so",
    "hi {name} speaking uh",
    "dear sir or madam",
    "hello i hope you can help me",
)
NAMES = ("anna", "john smith", "maria", "peter brown", "lisa", "mister novak", "daniel", "eszter")
# Goods that may stand for each other: what is late or broken does not make it another reason.
THINGS = (
    *("lamp", "phone", "laptop", "sofa", "jacket", "shoes", "dress", "table", "chair", "book", "camera"),
    *("kettle", "headphones", "tablet", "bike", "mattress", "shirt", "toaster", "watch", "television"),
    *("fridge", "printer", "backpack", "mirror", "blender", "vacuum", "carpet", "tent", "coat", "helmet"),
    *("guitar", "keyboard", "monitor", "drill", "mug", "vase", "suitcase", "item", "product"),
)
LOST = 0.06  # share of words a recogniser drops
MISHEARD = 0.06  # share it takes for another word


def spoken(text: str) -> str:
    """Lower case without punctuation; apostrophes stay."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.lower()).split())


def with_lead_in(text: str, rng: random.Random) -> str:
    """The text after the opening words of a call or mail."""
    lead = rng.choice(LEAD_INS).format(name=rng.choice(NAMES))
    return f"{lead} {spoken(text)}"


def misheard(text: str, rng: random.Random, *, vocabulary: Sequence[str]) -> str:
    """The text with some words lost and some replaced by words of ``vocabulary``."""
    words = []
    for word in spoken(text).split():
        chance = rng.random()
        if chance >= LOST + MISHEARD:
            words.append(word)
        elif chance >= LOST:
            words.append(rng.choice(vocabulary))
    return " ".join(words) or spoken(text)


def of_other_things(text: str, rng: random.Random) -> str:
    """The text with its goods replaced by others."""
    words = spoken(text).split()
    return " ".join(rng.choice(THINGS) if word in THINGS else word for word in words)


def copies(text: str, rng: random.Random, *, vocabulary: Sequence[str]) -> list[str]:
    """The text and its copies, without repeats."""
    found = [
        text,
        spoken(text),
        with_lead_in(text, rng),
        misheard(text, rng, vocabulary=vocabulary),
        of_other_things(text, rng),
        with_lead_in(of_other_things(text, rng), rng),
    ]
    return list(dict.fromkeys(found))
