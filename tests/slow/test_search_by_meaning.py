"""The real encoder finds what is about the same."""

from pathlib import Path

import numpy as np
import pytest

from nlp.analysis import AnalysisPipeline, open_analysis
from nlp.transcript import Party, Transcript, Turn

MODELS = Path(__file__).resolve().parents[2] / "models"
SAID = (
    "Hello, I returned the shoes two weeks ago and I still have not got a refund on my card.",
    "My internet has been down since this morning, the router only blinks red.",
    "I would like to change the delivery address of my parcel.",
    "I forgot my password and cannot log in to my account.",
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pipeline() -> AnalysisPipeline:
    """The real second pipeline."""
    return open_analysis(MODELS)


def vector(packed: bytes) -> np.ndarray:
    """As numbers."""
    return np.frombuffer(packed, "<f2").astype(np.float32)


@pytest.mark.parametrize(
    ("query", "nearest"),
    [("money back", 0), ("wifi does not work", 1), ("shipping to another street", 2), ("locked out", 3)],
)
def test_a_query_finds_what_means_the_same(pipeline: AnalysisPipeline, query: str, nearest: int) -> None:
    gists = []
    for text in SAID:
        turns = (Turn(Party.AGENT, "How can I help you today?"), Turn(Party.CUSTOMER, text))
        gist = pipeline.analyze(Transcript("x", "1", turns, reliable=True)).gist
        assert gist is not None
        assert gist.turn == 1
        gists.append(vector(gist.vector))

    assert int(np.argmax(np.stack(gists) @ vector(pipeline.query(query)))) == nearest


def test_what_cannot_be_read_has_no_gist(pipeline: AnalysisPipeline) -> None:
    turns = (Turn(Party.CUSTOMER, "שלום, אני רוצה לקבל את הכסף שלי בחזרה בבקשה, תודה רבה"),)

    assert pipeline.analyze(Transcript("x", "1", turns, reliable=True)).gist is None
    english = (Turn(Party.CUSTOMER, SAID[0]),)
    assert pipeline.analyze(Transcript("x", "1", english, reliable=False)).gist is None
