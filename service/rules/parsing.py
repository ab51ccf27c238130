"""Reads a rule from its text; every mistake is told with its place.

rule      = both { "or" both }
both      = part { "and" part }                      and binds closer than or
part      = "not" part | "(" rule ")" | condition
condition = WHO says ["exactly" | "any form of" | "regex"] TEXT [["not"] within N words of TEXT] [WINDOW]
          | WHO feels EMOTION ["group"] [">=" SCORE] [WINDOW]
          | WHO sentiment is (negative | positive | neutral) [WINDOW]
          | [WHO] MEASURE OP NUMBER [after WHO] [WINDOW | in quarter N]
          | ["main"] reason is TEXT | finds [phrase TEXT of] list TEXT | rule TEXT
          | FIELD (is | is not | in | not in | contains | < | <= | >= | >) VALUES | FIELD is (given | missing)
WHO       = agent | customer | system | unknown | anyone
WINDOW    = in first 30s | in last 10% | in first 3 turns | in 10s to 60s
FIELD     = channel, queue, agent, ... hour, weekday, attributes.KEY
"""

from service.rules import condition_parsing
from service.rules.lexing import bad
from service.rules.marks import Marks
from service.rules.tree import DEEPEST, AllOf, AnyOf, Node, NoneOf, check_size, normal, too_large


def parse(rule: str) -> Node:
    """A rule from its text. Raises InvalidInput: bad_rule, rule_too_large."""
    marks = Marks(rule)
    node = _rule(marks, 0)
    mark = marks.next
    if mark.text == ")":
        raise bad(mark.place, "this bracket was never opened.")
    if mark.kind != "end":
        raise bad(mark.place, "put and, or, or nothing here.")
    node = normal(node)
    check_size(node)
    return node


def _rule(marks: Marks, depth: int) -> Node:
    parts = [_both(marks, depth)]
    while marks.takes("or"):
        parts.append(_both(marks, depth))
    return parts[0] if len(parts) == 1 else AnyOf.model_construct(any=tuple(parts))


def _both(marks: Marks, depth: int) -> Node:
    parts = [_part(marks, depth)]
    while marks.takes("and"):
        parts.append(_part(marks, depth))
    return parts[0] if len(parts) == 1 else AllOf.model_construct(all=tuple(parts))


def _part(marks: Marks, depth: int) -> Node:
    if depth > DEEPEST:
        raise too_large(f"At character {marks.next.place}: nested {DEEPEST} deep at most.")
    if marks.takes("not"):
        return NoneOf.model_construct(none=(_part(marks, depth + 1),))
    opened = marks.next
    if marks.takes("("):
        node = _rule(marks, depth + 1)
        if not marks.takes(")"):
            raise bad(opened.place, "this bracket is not closed.")
        return node
    return condition_parsing.condition(marks)
