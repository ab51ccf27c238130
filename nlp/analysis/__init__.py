"""The second pipeline: redacted turns become call reasons, emotions, sentiment and characteristics."""

from nlp.analysis.pipeline import AnalysisPipeline, open_analysis
from nlp.analysis.plan import LONGEST_TURN
from nlp.analysis.values import Analysis, TurnFindings

__all__ = ["LONGEST_TURN", "Analysis", "AnalysisPipeline", "TurnFindings", "open_analysis"]
