"""Full-text queries: what people type, the words of texts made comparable, and excerpts around hits."""

from service.search.excerpt import Excerpt, excerpt
from service.search.folding import Word, words_of
from service.search.parsing import parse
from service.search.query import Query, Sought

__all__ = ["Excerpt", "Query", "Sought", "Word", "excerpt", "parse", "words_of"]
