"""What can be masked, and what is unless the centre decides otherwise."""

from nlp.errors import UnknownKind

KINDS = (
    "card", "cvv", "expiry", "iban", "account", "national_id", "passport", "licence", "phone", "email",
    "ip", "url",
    "address", "name", "agent_name", "place", "birth_date", "password", "pin", "username", "secret",
)  # fmt: skip
# Where a customer travels and which agent spoke is what a centre wants to know: kept unless asked for.
DEFAULT_KINDS = frozenset(KINDS) - {"agent_name", "place"}


def kinds_of(written: str) -> frozenset[str]:
    """Read a policy: "default", "all", or kinds separated by commas;
        "-place" takes one away, "+place" adds one.

    A policy that begins with a sign begins with the default. Raises UnknownKind.
    """
    parts = [part.strip().lower() for part in written.split(",") if part.strip()]
    signed = bool(parts) and parts[0][0] in "+-"
    chosen: set[str] = set(DEFAULT_KINDS) if signed or not parts else set()
    for part in parts:
        name = part.lstrip("+-")
        named = {"default": DEFAULT_KINDS, "all": frozenset(KINDS)}.get(name, frozenset({name}))
        if not named <= set(KINDS):
            raise UnknownKind(
                "unknown_kind", f"There is no kind {name!r} to mask.", f"Name some of {', '.join(KINDS)}."
            )
        chosen = chosen - named if part.startswith("-") else chosen | named
    return frozenset(chosen)
