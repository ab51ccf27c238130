"""Each language has its own model; what none knows is not scored."""

from collections.abc import Sequence

from nlp.sentiment import Sentiment


class Fixed:
    """Gives every text the same score; remembers what it was asked."""

    def __init__(self, version: str, score: float | None) -> None:
        self.version = version
        self.score = score
        self.asked: list[str] = []

    def predict(self, texts: Sequence[str]) -> list[float | None]:
        """The score, for each text."""
        self.asked += texts
        return [self.score] * len(texts)


def test_a_text_goes_to_the_model_of_its_language() -> None:
    english, hungarian = Fixed("1", 2.0), Fixed("2", None)
    model = Sentiment({"en": english, "hu": hungarian})
    assert model.predict(["a", "b", "c", "d"], ["hu", "en", "de", "en"]) == [None, 2.0, None, 2.0]
    assert (english.asked, hungarian.asked) == (["b", "d"], ["a"])
    assert model.languages == {"en", "hu"}
    assert model.version == "en 1, hu 2"


def test_no_texts_ask_no_model() -> None:
    english = Fixed("1", 2.0)
    assert Sentiment({"en": english}).predict([], []) == []
    assert english.asked == []
