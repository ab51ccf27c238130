"""Facts of sound and pace in a conversation: who talked how long, how fast, over whom, and who did not."""

from nlp.characteristics.measuring import characteristics
from nlp.characteristics.values import Characteristics, Interruption, Thresholds

__all__ = ["Characteristics", "Interruption", "Thresholds", "characteristics"]
