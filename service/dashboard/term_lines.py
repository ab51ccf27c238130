"""Lists of terms as lines of a form: ``Telekom = T-Mobile, Magyar Telekom``; ``One [exact]``."""

from collections.abc import Mapping, Sequence
from typing import Any

EXACT = "[exact]"


def written(terms: Sequence[Mapping[str, Any]]) -> str:
    """Terms as lines that ``read_lines`` reads."""
    lines = []
    for term in terms:
        name = f"{term['name']} {EXACT}" if term["exact_case"] else term["name"]
        lines.append(f"{name} = {', '.join(term['aliases'])}" if term["aliases"] else name)
    return "\n".join(lines)


def read_lines(lines: str) -> list[dict[str, Any]]:
    """Terms from lines; empty lines say nothing."""
    found = []
    for line in lines.splitlines():
        name, _, aliases = line.partition("=")
        exact = name.strip().endswith(EXACT)
        if not line.strip():
            continue
        found.append(
            {
                "name": name.strip().removesuffix(EXACT).strip(),
                "aliases": [alias.strip() for alias in aliases.split(",") if alias.strip()],
                "exact_case": exact,
            }
        )
    return found
