"""Words by which issues, outcomes and next actions are told; they stand in cues.toml."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Cues = tuple[tuple[re.Pattern[str], float], ...]


def strongest(cues: Cues, sentence: str) -> float:
    """The weight of the weightiest cue in a sentence (as ``sentences.plain`` gives it), 0 without any."""
    return max((weight for pattern, weight in cues if pattern.search(sentence)), default=0.0)


def _read(file: Path) -> tuple[Mapping[str, re.Pattern[str]], Mapping[str, Cues]]:
    """Single signs and weighted cues, by name."""
    tables: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    words = {name: "|".join(listed) for name, listed in tables.pop("words").items()}

    def pattern(written: str) -> re.Pattern[str]:
        return re.compile(re.sub(r"@(\w+)@", lambda found: words[found[1]], written))

    signs = {name: pattern(written) for name, written in tables.pop("signs").items()}
    cues = {
        name: tuple((pattern(cue["pattern"]), float(cue["weight"])) for cue in listed)
        for name, listed in tables.items()
    }
    return signs, cues


_SIGNS, _CUES = _read(Path(__file__).with_suffix(".toml"))

NO_MATTER = _SIGNS["no_matter"]  # courtesies, offers of further help
IN_CALL = _SIGNS["in_call"]  # what is done at once, while the customer waits
COURTESY = _SIGNS["courtesy"]  # a customer's greeting or thanks: states nothing
SOON = _SIGNS["soon"]  # says when
ISSUES, OUTCOMES, ACCEPTED = _CUES["issues"], _CUES["outcomes"], _CUES["accepted"]
NEXT_ACTIONS, ASKED = _CUES["next_actions"], _CUES["asked"]  # of agents; of customers
