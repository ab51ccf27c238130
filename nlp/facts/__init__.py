"""Facts in what was said: products, competitors, places, amounts, dates, numbers of orders and tickets."""

from nlp.facts.finder import FactFinder
from nlp.facts.lists import read_terms
from nlp.facts.terms import Term
from nlp.facts.values import Fact, FactKind

__all__ = ["Fact", "FactFinder", "FactKind", "Term", "read_terms"]
