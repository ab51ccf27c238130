"""Which numbers can be payment cards: checksum, issuer, length."""

from functools import lru_cache

# Issuer prefix ranges with the lengths in use (ISO/IEC 7812 number ranges as the schemes publish them).
_ISSUERS: tuple[tuple[int, int, frozenset[int]], ...] = (
    (4, 4, frozenset({13, 16, 19})),  # Visa
    (51, 55, frozenset({16})),  # Mastercard
    (2221, 2720, frozenset({16})),  # Mastercard
    (34, 34, frozenset({15})),  # American Express
    (37, 37, frozenset({15})),  # American Express
    (300, 305, frozenset(range(14, 20))),  # Diners Club
    (3095, 3095, frozenset(range(14, 20))),  # Diners Club
    (36, 36, frozenset(range(14, 20))),  # Diners Club
    (38, 39, frozenset(range(14, 20))),  # Diners Club
    (3528, 3589, frozenset(range(16, 20))),  # JCB
    (6011, 6011, frozenset(range(16, 20))),  # Discover
    (644, 659, frozenset(range(16, 20))),  # Discover, RuPay
    (60, 60, frozenset({16})),  # RuPay
    (62, 62, frozenset(range(16, 20))),  # UnionPay
    (81, 82, frozenset(range(16, 20))),  # UnionPay, RuPay
    (50, 50, frozenset(range(12, 20))),  # Maestro
    (56, 58, frozenset(range(12, 20))),  # Maestro
    (6304, 6304, frozenset(range(12, 20))),  # Maestro
    (6759, 6759, frozenset(range(12, 20))),  # Maestro
    (676, 676, frozenset(range(12, 20))),  # Maestro
    (2200, 2204, frozenset(range(16, 20))),  # Mir
    (9792, 9792, frozenset({16})),  # Troy
)


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn checksum of the others (ISO/IEC 7812-1 annex B)."""
    doubled = [int(sign) * 2 for sign in digits[-2::-2]]
    total = sum(int(sign) for sign in digits[-1::-2]) + sum(
        value - 9 if value > 9 else value for value in doubled
    )
    return total % 10 == 0


def issued(digits: str) -> bool:
    """Whether a card scheme issues numbers of this prefix and length."""
    return len(digits) in _lengths(digits[:4])


@lru_cache(maxsize=10_000)
def _lengths(prefix: str) -> frozenset[int]:
    """The lengths in use of numbers that begin so, four digits."""
    return frozenset().union(
        *(
            lengths
            for first, last, lengths in _ISSUERS
            if first <= int(prefix[: len(str(first))] or 0) <= last
        )
    )
