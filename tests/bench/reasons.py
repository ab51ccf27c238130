"""Call reasons of the user's own on public sets: accuracy, few examples, out of scope, conversations.

`python -m tests.bench reasons`; names of parts after `python -m tests.bench.reasons` run only those.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from nlp.call_reasons.conversations import conversation_of, own_words
from nlp.call_reasons.definition import Labels, from_labels
from nlp.call_reasons.own import OwnReasonModel
from nlp.call_reasons.values import Thresholds
from nlp.encoder import open_encoder
from nlp.training.baseline import class_choices
from nlp.training.evaluate_call_reasons import Remembering
from nlp.training.own_reasons import Example, train_reasons
from nlp.transcript import Party
from tests.bench.reason_sets import Pairs, banking77, clinc150, multidogo, stating_turns, travel

MODELS = Path(__file__).resolve().parents[2] / "models"
SEEDS, SHOTS, HALVES = 5, 10, 3
IN_SCOPE_KEPT = 0.95
PER_DOMAIN = 200  # conversations of multidogo that are trained with: more take minutes
Figures = dict[str, float]


def main(parts: list[str]) -> None:
    """Run the parts named, all by default; the last line is a JSON object of figures."""
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        sys.exit(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    encoder = Remembering(open_encoder(MODELS))
    figures: Figures = {}
    for name in parts or PARTS:
        started = time.process_time()
        found = PARTS[name](encoder) | {f"part {name}, CPU s": time.process_time() - started}
        print(name, found, file=sys.stderr, flush=True)
        figures.update(found)
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


def full(encoder: Remembering) -> Figures:
    """banking77's training split: ten-fold cross-validation, and what training costs."""
    found = _trained(banking77(), encoder)
    return {
        "banking77 ten-fold accuracy": found["accuracy"],
        "banking77 ten-fold macro-F1": found["macro_f1"],
        "banking77 ten-fold coverage at .95 precision": found["coverage"],
        "banking77 ten-fold calibration error": found["ece"],
        "banking77 training CPU s, texts encoded too": found["cpu"],
    }


def few(encoder: Remembering) -> Figures:
    """Ten examples of each reason of banking77 with the labels' names; tested on the rest of the split."""
    pairs, accuracies, seconds = banking77(), [], []
    for seed in range(SEEDS):
        train, test = _drawn(pairs, SHOTS, seed)
        started = time.process_time()
        model = _model(train, Remembering(open_encoder(MODELS)) if not seed else encoder, pairs)
        seconds.append(time.process_time() - started)
        accuracies.append(_accuracy(model, test))
    return {
        "banking77 10-shot accuracy, mean of 5 seeds": float(np.mean(accuracies)),
        "banking77 10-shot accuracy, standard deviation": float(np.std(accuracies, ddof=1)),
        "banking77 10-shot training CPU s": seconds[0],
    }


def none(encoder: Remembering) -> Figures:
    """No example at all: the labels' names alone."""
    bank = banking77()
    clinc = clinc150("val")
    return {
        "banking77 accuracy by names alone": _accuracy(_model([], encoder, bank), bank),
        "CLINC150 val accuracy by names alone": _accuracy(_model([], encoder, clinc), clinc),
    }


def scope(encoder: Remembering) -> Figures:
    """CLINC150: in-scope accuracy on test; the threshold keeps 95 % of the in-scope validation texts."""
    model = _model(clinc150("train"), encoder, clinc150("train"))
    test, outside = clinc150("test"), clinc150("oos_test")
    threshold = np.quantile(_sureness(model, clinc150("val")), 1 - IN_SCOPE_KEPT)
    return {
        "CLINC150 in-scope accuracy": _accuracy(model, test),
        "CLINC150 in-scope kept": float((_sureness(model, test) >= threshold).mean()),
        "CLINC150 out-of-scope recall": float((_sureness(model, outside) < threshold).mean()),
        "CLINC150 out-of-scope recall at the model's own threshold": float(
            (_sureness(model, outside) < model.thresholds.primary).mean()
        ),
    }


def conversations(encoder: Remembering) -> Figures:
    """The one reason of a whole conversation, macro-F1 beside TF-IDF + logistic regression."""
    train, test = list(multidogo("train", most=PER_DOMAIN)), list(multidogo("dev"))
    ours, plain, evidence = talks(train, test, encoder)
    halves = [travel(seed) for seed in range(HALVES)]
    travel = [talks(one, other, encoder)[:2] for pair in halves for one, other in (pair, pair[::-1])]
    return {
        "multidogo conversations macro-F1": ours,
        "multidogo TF-IDF + logistic regression": plain,
        "multidogo, evidence is a turn annotated with the reason": evidence,
        "ms_contact_center conversations macro-F1, mean of 6 halves": float(np.mean([a for a, _ in travel])),
        "ms_contact_center standard deviation": float(np.std([a for a, _ in travel], ddof=1)),
        "ms_contact_center TF-IDF + logistic regression": float(np.mean([b for _, b in travel])),
    }


PARTS: dict[str, Callable[[Remembering], Figures]] = {
    "full": full,
    "few": few,
    "none": none,
    "scope": scope,
    "conversations": conversations,
}


def _trained(pairs: Pairs, encoder: Remembering) -> Figures:
    report = train_reasons(
        from_labels((label for _, label in pairs), name="bench"), _examples(pairs), encoder, version="1"
    ).report
    assert report.figures is not None
    figures = report.figures
    return {
        "accuracy": figures.accuracy,
        "macro_f1": figures.macro_f1,
        "coverage": figures.coverage_at_95_precision,
        "ece": figures.expected_calibration_error,
        "cpu": report.cpu_seconds,
    }


def _model(train: Pairs, encoder: Remembering, all_labels: Pairs) -> OwnReasonModel:
    taxonomy = from_labels((label for _, label in all_labels), name="bench")
    return train_reasons(taxonomy, _examples(train), encoder, version="1").model.on(encoder)


def talks(train: Pairs, test: Pairs, encoder: Remembering) -> tuple[float, float, float]:
    """Macro-F1 of our model and of the plain one; how often the turn shown is one that states the reason.

    The last is of MultiDoGO's conversations whose reason was found; elsewhere no turn is annotated.
    """
    model = _model(train, encoder, train)
    labels, column = Labels(model.taxonomy), {label: n for n, label in enumerate(model.labels)}
    known = {label for _, label in train}
    test = [(text, label) for text, label in test if label in known]
    spoken = [conversation_of(text) for text, _ in test]
    truth = [str(labels.reason(label)) for _, label in test]
    found = [model.labels[int(row.argmax())] for row in model.distributions(spoken)]
    classes = np.array([column[str(labels.reason(label))] for _, label in train])
    plain = class_choices(_read(train), classes, _read(test))
    shown = model.with_thresholds(Thresholds(0.0, 0.0, 1.0)).predict(spoken)
    right = [
        turns[reasons[0].turn][1] in stating_turns(test[row][1])
        for row, (turns, reasons) in enumerate(zip(spoken, shown, strict=True))
        if found[row] == truth[row]
    ]
    return _f1(truth, found), _f1(truth, [model.labels[int(one)] for one in plain]), float(np.mean(right))


def _examples(pairs: Pairs) -> list[Example]:
    return [Example(text, label) for text, label in pairs]


def _accuracy(model: OwnReasonModel, test: Pairs) -> float:
    chances = model.distributions([[(Party.CUSTOMER, text)] for text, _ in test])
    labels = Labels(model.taxonomy)
    right = [
        model.labels[int(row.argmax())] == labels.reason(label)
        for row, (_, label) in zip(chances, test, strict=True)
    ]
    return float(np.mean(right))


def _sureness(model: OwnReasonModel, pairs: Pairs) -> np.ndarray:
    return model.distributions([[(Party.CUSTOMER, text)] for text, _ in pairs])[:, :-1].max(axis=1)


def _drawn(pairs: Pairs, shots: int, seed: int) -> tuple[Pairs, Pairs]:
    count: dict[str, int] = {}
    train, test = [], []
    for text, label in random.Random(seed).sample(pairs, len(pairs)):
        count[label] = count.get(label, 0) + 1
        (train if count[label] <= shots else test).append((text, label))
    return train, test


def _read(pairs: Pairs) -> list[str]:
    return [" ".join(own_words(conversation_of(text))) for text, _ in pairs]


def _f1(truth: Sequence[str], found: Sequence[str]) -> float:
    return float(f1_score(truth, found, labels=sorted(set(truth)), average="macro", zero_division=0.0))


if __name__ == "__main__":
    main(sys.argv[1:])
