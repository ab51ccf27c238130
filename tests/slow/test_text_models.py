"""The shipped emotion and sentiment models: loaded as published, and sensible on sentences of the field."""

from pathlib import Path

import numpy as np
import pytest

from nlp.artifacts import read_manifest
from nlp.emotion import GROUPS, EmotionModel, open_emotion
from nlp.encoder import Encoder, open_encoder
from nlp.sentiment import SentimentModel, open_encoded

pytestmark = pytest.mark.slow

MODELS = Path(__file__).resolve().parents[2] / "models"
SENTENCES = Path(__file__).with_name("service_sentiment.tsv")
FEELINGS = [
    ("This makes me so angry!", "anger"),
    ("I'm furious, you charged me again and this is ridiculous.", "anger"),
    ("That is really annoying.", "anger"),
    ("Thank you so much for your help!", "joy"),
    ("I love this, it's amazing.", "joy"),
    ("Haha that was hilarious 😂", "joy"),
    ("I'm so sad, my dog died yesterday.", "sadness"),
    ("I am very disappointed with the product.", "sadness"),
    ("I'm sorry, that was my fault.", "sadness"),
    ("I am afraid someone stole my identity.", "fear"),
    ("I'm really nervous about the surgery.", "fear"),
    ("That is disgusting, there was a hair in my food.", "disgust"),
    ("Wow, I did not expect that at all!", "surprise"),
    ("I'm confused, what does this charge mean?", "surprise"),
    ("My account number is 4711.", "neutral"),
    ("The parcel will be delivered on Monday.", "neutral"),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder(MODELS)


@pytest.fixture(scope="module")
def emotion(encoder: Encoder) -> EmotionModel:
    return open_emotion(MODELS, encoder)


@pytest.fixture(scope="module")
def sentiment(encoder: Encoder) -> SentimentModel:
    return open_encoded(MODELS, encoder)


@pytest.mark.parametrize("name", ["emotion", "sentiment"])
def test_measured_figures_reach_the_floor(name: str) -> None:
    artifact = read_manifest(MODELS).artifact(name)
    assert artifact.floor
    assert {
        key: artifact.metrics[key] for key, floor in artifact.floor.items() if artifact.metrics[key] < floor
    } == {}


def test_all_labels_have_a_group_and_a_threshold(emotion: EmotionModel) -> None:
    assert set(emotion.labels) == set(GROUPS) == set(emotion.thresholds)


def test_emotion_groups_of_plain_sentences(emotion: EmotionModel) -> None:
    found = emotion.predict([text for text, _ in FEELINGS])
    right = [
        group in {GROUPS[score.label].ekman for score in scores}
        for (_, group), scores in zip(FEELINGS, found, strict=True)
    ]
    assert np.mean(right) >= 0.8


def test_sentiment_of_service_sentences(sentiment: SentimentModel) -> None:
    rows = [line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines()]
    scores = sentiment.predict([text for _, text in rows])
    right = {
        "positive": lambda score: score > 1,
        "negative": lambda score: score < -1,
        "neutral": lambda score: abs(score) <= 2,
    }
    hits = [right[name](score) for (name, _), score in zip(rows, scores, strict=True)]
    assert np.mean(hits) >= 0.85


def test_an_answer_does_not_depend_on_its_neighbours(
    emotion: EmotionModel, sentiment: SentimentModel
) -> None:
    texts = [text for text, _ in FEELINGS]
    fresh = open_encoder(MODELS)
    alone = [open_emotion(MODELS, fresh).predict([text])[0] for text in texts]
    for together, single in zip(emotion.predict(texts), alone, strict=True):
        assert [score.label for score in together] == [score.label for score in single]
    assert sentiment.predict(texts)[:1] == pytest.approx(sentiment.predict(texts[:1]), abs=0.02)
