"""The baseline that every text model is printed beside: TF-IDF of words and pairs, logistic regression."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression


def label_scores(
    texts: Sequence[str], labels: NDArray[np.int8], *others: Sequence[str]
) -> list[NDArray[np.float32]]:
    """Fit one logistic regression per label; return its probabilities, (texts, labels), of other texts."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, strip_accents="unicode")
    seen = words.fit_transform(texts)
    unseen = [words.transform(other) for other in others]
    scores = [np.zeros((len(other), labels.shape[1]), np.float32) for other in others]
    for label in range(labels.shape[1]):
        model = LogisticRegression(C=10.0, max_iter=300, solver="liblinear").fit(seen, labels[:, label])
        for table, rows in zip(scores, unseen, strict=True):
            table[:, label] = model.predict_proba(rows)[:, 1]
    return scores


def class_choices(
    texts: Sequence[str], classes: NDArray[np.int64], other: Sequence[str]
) -> NDArray[np.int64]:
    """Fit one model over exclusive classes; return the class chosen for each other text."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, strip_accents="unicode")
    model = LogisticRegression(C=10.0, max_iter=1000).fit(words.fit_transform(texts), classes)
    chosen: NDArray[np.int64] = model.predict(words.transform(other))
    return chosen
