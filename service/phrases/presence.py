"""Whether a query can match a text at all, by the letters it needs: cheaper than looking for words."""

from service.phrases.query import Absent, AllOf, AnyOf, Node, Row
from service.phrases.terms import Exact, Term, Wildcard


def may_stand(node: Node, text: str) -> bool:
    """False only where the query certainly does not hold; ``text`` is all that is said, by ``key_of``."""
    if isinstance(node, Absent):
        return True
    if isinstance(node, AllOf):
        return all(may_stand(part, text) for part in node.parts)
    if isinstance(node, AnyOf):
        return any(may_stand(part, text) for part in node.parts)
    if isinstance(node, Row):
        return all(
            any(all(_letters(term) in text for term in choice) for choice in place) for place in node.places
        )
    return all(any(_letters(term) in text for term in choice) for choice in node.words)


def _letters(term: Term) -> str:
    """Letters that a word meant surely holds; none of a fuzzy or an inflected one."""
    if isinstance(term, Exact):
        return term.key
    return max(term.pieces, key=len) if isinstance(term, Wildcard) else ""
