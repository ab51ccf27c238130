"""Trains and evaluates party roles on pairs of agent and customer; each source is judged by the others."""

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlp.artifacts import Artifact, digests, read_manifest, register
from nlp.party_roles import BUCKETS, FILES, NAME, OPENING_WORDS, features, open_party_roles
from nlp.training.emotion import check_floor
from nlp.training.party_role_data import Dialogue, calls_with_sound, sources
from nlp.transcript import Party

VERSION = "1.0.0"
LANGUAGES = ("en",)
LICENCE = "MIT (vCon calls, ms_contact_center)"
SOURCE = "vcon_synthetic_calls (conversations without a recording), ms_contact_center"
TRAINED_ON = ("vcon_synthetic_calls", "ms_contact_center")
FLOOR = {"ms_contact_center_accuracy": 0.95, "vcon_synthetic_calls_accuracy": 0.95, "sure_precision": 0.98}
THRESHOLD = 0.9
MISHEARD = 0.2  # of the words are lost or another, as an offline recogniser has it
EXCERPTS = 3  # of each conversation, besides the whole
FEWEST_TURNS = 2
INVERSE_PENALTY = 30.0

Figures = dict[str, float]
Pair = tuple[str, str]  # what the agent said, what the customer said


def train(data: Path, models: Path) -> Figures:
    """Train on ``data``, write ``models``/party_roles with card and manifest entry; a minute or two."""
    dialogues = sources(data)
    weights = fitted(pairs_of(dialogues, TRAINED_ON))
    margins = np.concatenate([margins_held_out(dialogues, held) for held in TRAINED_ON])
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(directory / FILES[0], weights=weights.astype(np.float16))
    settings = {"scale": round(slope(margins), 3), "threshold": THRESHOLD, "languages": list(LANGUAGES)}
    (directory / FILES[1]).write_text(json.dumps(settings) + "\n", "utf-8")
    _register(models, {})
    figures = evaluate(data, models)
    _register(models, figures)
    (directory / "card.md").write_text(card(figures), "utf-8")
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def evaluate(data: Path, models: Path) -> Figures:
    """Print and return how often the agent is found; raises NlpError("below_floor").

    A source that was trained on is judged by a model of the other ones, whole conversations and excerpts
    alike, misheard words and all; what was never trained on (calls with a recording, consultations) by the
    artefact.
    """
    dialogues = sources(data)
    model = open_party_roles(models)
    scale = json.loads((models / NAME / FILES[1]).read_text("utf-8"))["scale"]
    figures: Figures = {}
    margins = {held: margins_held_out(dialogues, held) for held in TRAINED_ON}
    for held, found in margins.items():
        figures[f"{held}_accuracy"] = round(float((found > 0).mean()), 4)
    together = np.concatenate(list(margins.values()))
    sure = 1 / (1 + np.exp(-scale * np.abs(together))) >= model.threshold
    figures["sure_share"] = round(float(sure.mean()), 4)
    figures["sure_precision"] = round(float((together[sure] > 0).mean()), 4)
    for name, unseen in {"calls_with_sound": calls_with_sound(data), **unseen_of(dialogues)}.items():
        told = [model.roles([dialogue.customer, dialogue.agent]) for dialogue in unseen]
        known = [roles for roles in told if Party.UNKNOWN not in roles.parties]
        right = sum(roles.parties[1] is Party.AGENT for roles in known)
        figures[f"{name}_sure_share"] = round(len(known) / len(told), 4)
        figures[f"{name}_sure_precision"] = round(right / max(len(known), 1), 4)
    for key, value in figures.items():
        print(f"  {key:40} {value:.4f}")
    check_floor(read_manifest(models).artifact(NAME), figures)
    return figures


def unseen_of(dialogues: dict[str, list[Dialogue]]) -> dict[str, list[Dialogue]]:
    """Sources that are never trained on."""
    return {name: found for name, found in dialogues.items() if name not in TRAINED_ON}


def margins_held_out(dialogues: dict[str, list[Dialogue]], held: str) -> NDArray[np.float64]:
    """Margins on one source by a model of the other sources."""
    others = tuple(name for name in TRAINED_ON if name != held)
    return np.asarray(differences(pairs_of(dialogues, (held,))) @ fitted(pairs_of(dialogues, others)))


def pairs_of(dialogues: dict[str, list[Dialogue]], names: Sequence[str]) -> list[Pair]:
    """Whole conversations and excerpts of them, each once as written and once misheard."""
    chance = random.Random(7)  # noqa: S311 - the same excerpts every time
    vocabulary = [word for name in names for dialogue in dialogues[name] for word in dialogue.agent.split()]
    found: list[Pair] = []
    for name in names:
        for dialogue in dialogues[name]:
            for pair in (dialogue.pair, *excerpts(dialogue, chance)):
                found += [
                    pair,
                    (misheard(pair[0], vocabulary, chance), misheard(pair[1], vocabulary, chance)),
                ]
    return found


def excerpts(dialogue: Dialogue, chance: random.Random) -> Iterator[Pair]:
    """Parts of a conversation: a recording may begin or end anywhere."""
    for _ in range(EXCERPTS):
        length = chance.randint(FEWEST_TURNS, max(FEWEST_TURNS, len(dialogue.turns)))
        first = chance.randint(0, len(dialogue.turns) - length)
        part = Dialogue(dialogue.turns[first : first + length])
        if part.agent and part.customer:
            yield part.pair


def misheard(text: str, vocabulary: Sequence[str], chance: random.Random) -> str:
    """Some words lost, some replaced by any other."""
    words = []
    for word in text.split():
        draw = chance.random()
        if draw > MISHEARD:
            words.append(word)
        elif draw > MISHEARD / 2:
            words.append(chance.choice(vocabulary))
    return " ".join(words)


def differences(pairs: Sequence[Pair]) -> csr_matrix:
    """Features of the agent less those of the customer, (pairs, buckets)."""
    rows, columns, values = [], [], []
    for row, (agent, customer) in enumerate(pairs):
        for text, sign in ((agent, 1.0), (customer, -1.0)):
            for bucket, value in features(text).items():
                rows.append(row)
                columns.append(bucket)
                values.append(sign * value)
    return csr_matrix((values, (rows, columns)), shape=(len(pairs), BUCKETS))


def fitted(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Weights by logistic regression without an intercept: swapping the voices swaps the answer."""
    table = differences(pairs)
    signs = np.where(np.arange(len(pairs)) % 2, 1.0, -1.0)
    model = LogisticRegression(C=INVERSE_PENALTY, fit_intercept=False, solver="liblinear", max_iter=500)
    model.fit(csr_matrix(table.multiply(signs[:, None])), signs > 0)
    return np.asarray(model.coef_[0])


def slope(margins: NDArray[np.float64]) -> float:
    """Platt's scaling through the origin, on margins of sources that were not trained on."""
    both = np.concatenate([margins, -margins])[:, None]
    truth = np.arange(len(both)) < len(margins)
    model = LogisticRegression(C=1e6, fit_intercept=False).fit(both, truth)
    return float(model.coef_[0, 0])


def card(figures: Figures) -> str:
    """What the artefact is, from what, how good, and where it stops."""
    measured = "\n".join(f"| {name} | {value:.4f} |" for name, value in figures.items())
    return f"""# Party roles {VERSION}

Which of the voices on a mono recording is the agent's, from the words each of them says (greeting, questions,
disclosures, thanks). English only; with any other language nobody's role is told.

- Model: logistic regression on the difference of two voices' hashed words and word pairs, those of the first
  {OPENING_WORDS} words counted apart; no intercept, so that swapping the voices swaps the answer. The hash
  keeps no word.
- Confidence: Platt's scaling of margins on sources that the model had not seen; below {THRESHOLD} all parties
  stay unknown.
- Data: {SOURCE}. Licence: {LICENCE}. Excerpts of conversations and copies with a fifth of
  the words lost or wrong are trained on too, as an offline recogniser hears.
- Who speaks first is not used: in the data it is always the agent.

| measured | value |
|---|---|
{measured}

`NAME_accuracy`: NAME held out, judged by a model of the other sources, excerpts and misheard words
included. `sure_*`: the part of these above the threshold, and how much of it is right. `calls_with_sound`:
conversations that have a recording, never trained on. `primock57`: consultations, the doctor taken as the
agent: another field altogether. Written conversations; what recognised ones give is printed by the bench
`parties`.

Not for: judging an employee; more than the parties' roles.
"""


def _register(models: Path, figures: Figures) -> None:
    files = digests(models / NAME, *FILES)
    register(models, Artifact(NAME, VERSION, files, LICENCE, SOURCE, figures, FLOOR if figures else {}))
