"""Texts of contact centres as they are spoken: lower case, numbers in words, only words that sphinx knows."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

from pocketsphinx import get_model_path

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
TOKEN = re.compile(r"[a-z']+|\d+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")

Sentence = tuple[str, ...]


def sentences(data: Path) -> list[Sentence]:
    """Distinct sentences with <s> and </s>; cut where a word is not in sphinx's dictionary."""
    known = dictionary()
    texts = dict.fromkeys(text.strip() for text in texts_in(data))
    found: list[Sentence] = []
    for text in texts:
        for sentence in SENTENCE_END.split(text):
            words = spoken(sentence)
            if words:
                found += runs(["<s>", *words, "</s>"], known)
    return found


def runs(words: list[str], known: frozenset[str]) -> Iterator[Sentence]:
    """The longest stretches of known words."""
    run: list[str] = []
    for word in words:
        if word in known:
            run.append(word)
            continue
        if run:
            yield tuple(run)
        run = []
    if run:
        yield tuple(run)


def texts_in(data: Path) -> Iterator[str]:
    """What customers and agents say or write, of four public sets."""
    for line in (data / "vcon_synthetic_calls" / "conversations.jsonl").read_text("utf-8").splitlines():
        yield from (turn["text"] or "" for turn in json.loads(line)["turns"])
    for line in (data / "ms_contact_center" / "travel_conversations.jsonl").read_text("utf-8").splitlines():
        yield from (message.get("Value") or "" for message in json.loads(line)["Conversation"]["Messages"])
    for path in sorted((data / "multidogo").glob("*/train.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            yield from (row["utterance"] or "" for row in rows)
    with (data / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        yield from (row[0] for row in csv.reader(file) if row)


def dictionary() -> frozenset[str]:
    """Words of sphinx's pronunciation dictionary."""
    lines = Path(get_model_path("en-us/cmudict-en-us.dict")).read_text("utf-8").splitlines()
    words = (line.split(" ", 1)[0] for line in lines)
    return frozenset({"<s>", "</s>", *(word for word in words if "(" not in word)})


def spoken(text: str) -> list[str]:
    """The words as they are said."""
    text = text.lower().replace("’", "'").replace("%", " percent ")
    text = re.sub(r"\$(\d+)\.(\d\d)", r"\1 dollars and \2 cents", text)
    text = re.sub(r"\$(\d+)", r"\1 dollars", text)
    words: list[str] = []
    for token in TOKEN.findall(text):
        words += spoken_digits(token) if token.isdigit() else [token.strip("'")]
    return [word for word in words if word]


def spoken_digits(digits: str) -> list[str]:
    """A number up to four digits as a number, longer ones (accounts, cards) digit by digit."""
    if len(digits) > 4 or digits.startswith("0"):
        return [ONES[int(digit)] for digit in digits]
    return spoken_number(int(digits))


def spoken_number(number: int) -> list[str]:
    """1 to 9999 in words; years as people say them."""
    if number < 20:
        return [ONES[number]]
    if number < 100:
        return [TENS[number // 10], *([ONES[number % 10]] if number % 10 else [])]
    if number < 1000:
        return [ONES[number // 100], "hundred", *(spoken_number(number % 100) if number % 100 else [])]
    if number % 1000 == 0:
        return [ONES[number // 1000], "thousand"]
    if number % 100 == 0:
        return [*spoken_number(number // 100), "hundred"]
    return [*spoken_number(number // 100), *spoken_number(number % 100)]
