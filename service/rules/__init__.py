"""Rules: saved conditions on what was said, felt, measured and told, evaluated in three-valued logic."""

from service.rules.evaluation import evaluate
from service.rules.facts import Facts
from service.rules.parsing import parse
from service.rules.verdicts import Code, Evidence, Outcome, Verdict
from service.rules.writing import written

__all__ = ["Code", "Evidence", "Facts", "Outcome", "Verdict", "evaluate", "parse", "written"]
