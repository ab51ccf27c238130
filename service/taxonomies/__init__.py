"""Taxonomies of call reasons as values: what a good one is, how one is changed, where labels went since."""

from service.taxonomies.reasons import MOST_REASONS, Reason, folded, from_json, to_json, tops

__all__ = ["MOST_REASONS", "Reason", "folded", "from_json", "to_json", "tops"]
