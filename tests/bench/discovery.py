"""Discovery: planted themes and phrases, and how many words lie beyond 1.96 errors by chance alone."""

import csv
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from nlp.discovery import Said
from nlp.themes import open_themes
from service.store import log_odds
from tests.requirements import DATA

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 10
CONTACTS, WITH_PHRASE = 2000, 20
PLANTED, AMONG = (40, 25, 15), 300  # questions of three intents among others
PHRASES = (
    "i saw the thunder bundle",
    "is the thunder bundle here",
    "thunder bundle please",
    "about my thunder bundle",
)


def questions() -> dict[str, list[str]]:
    """Banking questions by intent."""
    found: dict[str, list[str]] = defaultdict(list)
    with (DATA / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["category"]].append(row["text"])
    return found


def strangers() -> list[str]:
    """Questions that have nothing in common with them or each other."""
    data = json.loads((DATA / "clinc150" / "data_full.json").read_text("utf-8"))
    return [text for text, _ in data["oos_train"] + data["oos_val"]]


def planted_themes(chance: random.Random) -> tuple[list[int], int, float]:
    """The ranks at which three intents are found, themes in all, CPU seconds; for texts never read before."""
    by_intent, other = questions(), strangers()
    names = chance.sample(
        [name for name, texts in by_intent.items() if len(texts) >= max(PLANTED)], len(PLANTED)
    )
    texts = [
        (text, name)
        for name, n in zip(names, PLANTED, strict=True)
        for text in chance.sample(by_intent[name], n)
    ]
    texts += [(text, "") for text in chance.sample(other, min(AMONG, len(other)))]
    chance.shuffle(texts)
    finder = open_themes(ROOT / "models")
    began = time.process_time()
    themes = finder.find([Said(((0, text),)) for text, _ in texts])
    spent = time.process_time() - began
    most = [
        Counter(texts[one.interaction][1] for one in theme.members).most_common(1)[0][0] for theme in themes
    ]
    return [most.index(name) + 1 if name in most else 0 for name in names], len(themes), spent


def new_words(said: Sequence[str], chance: random.Random) -> tuple[float, int]:
    """Share of terms within 1.96 errors between random halves, and the rank of a planted phrase."""
    texts = chance.sample(list(said), CONTACTS)
    half = CONTACTS // 2
    before = Counter(term for text in texts[half:] for term in log_odds.terms([text]))
    now = Counter(term for text in texts[:half] for term in log_odds.terms([text]))
    changes = log_odds.compare(now, before)
    within = sum(abs(one.z) < 1.96 for one in changes) / len(changes)
    for place in chance.sample(range(half), WITH_PHRASE):
        texts[place] += " " + chance.choice(PHRASES)
    now = Counter(term for text in texts[:half] for term in log_odds.terms([text]))
    common = log_odds.common(now, before, half, half)
    told = log_odds.told(log_odds.compare(now, before), most=50, common_words=common)
    ranks = [rank for rank, one in enumerate(told, 1) if "thunder" in one.term]
    return within, ranks[0] if ranks else 0


def main() -> None:
    """Print the figures; the last line is JSON."""
    every = [text for texts in questions().values() for text in texts]
    words = [new_words(every, random.Random(seed)) for seed in range(ROUNDS)]
    themes = [planted_themes(random.Random(seed)) for seed in range(3)]
    within = [share for share, _ in words]
    figures = {
        f"terms within 1.96 errors between random halves of {CONTACTS} contacts (asked: 95 %), "
        f"mean and least of {ROUNDS}":
            f"{100 * sum(within) / ROUNDS:.1f} %, {100 * min(within):.1f} %",
        f"rank of a phrase planted in {WITH_PHRASE} of {CONTACTS} contacts (asked: 1-3), {ROUNDS} rounds":
            ", ".join(str(rank) for _, rank in words),
        f"ranks of three intents of {PLANTED[0]}, {PLANTED[1]} and {PLANTED[2]} contacts among {AMONG} "
        "others (asked: 1-3), 3 rounds": "; ".join(", ".join(map(str, ranks)) for ranks, _, _ in themes),
        "themes found in all, 3 rounds": ", ".join(str(count) for _, count, _ in themes),
        f"CPU seconds for {sum(PLANTED) + AMONG} contacts": f"{max(spent for _, _, spent in themes):.1f}",
    }  # fmt: skip
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
