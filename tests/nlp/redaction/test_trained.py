"""A trained pipeline, where one is named, finds names that no rule knows."""

import random
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from nlp.errors import MissingArtifact
from nlp.redaction import DEFAULT_KINDS, Redactor
from nlp.redaction.trained import open_trained

TEXTS = ("we saw {} there", "then {} came", "ask {} about it")
NAMES = ("zorblat", "quixem", "vandrix")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that learnt three names and a town in a moment."""
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = []
    for text in TEXTS:
        for label, said in (*(("PERSON", name) for name in NAMES), ("GPE", "ploomtown")):
            first = text.index("{")
            entities = [(first, first + len(said), label)]
            examples.append(Example.from_dict(nlp.make_doc(text.format(said)), {"entities": entities}))
    random.seed(1)
    spacy.util.fix_random_seed(1)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(30):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("pipeline") / "names"
    nlp.to_disk(folder)
    return folder


@pytest.mark.slow
def test_what_the_pipeline_finds_is_masked(pipeline: Path) -> None:
    text = "we saw zorblat there"
    assert Redactor().redact(text).text == text
    redactor = Redactor(trained=open_trained(str(pipeline)))
    assert redactor.redact(text).text == "we saw [name] there"
    assert redactor.redact("then ploomtown came").text == "then ploomtown came"  # places stay by default
    everywhere = Redactor(trained=open_trained(str(pipeline)), kinds=DEFAULT_KINDS | {"place"})
    assert everywhere.redact("then ploomtown came").text == "then [place] came"
    once = redactor.redact("ask vandrix about it, card 4111111111111111").text
    assert redactor.redact(once).text == once


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingArtifact) as raised:
        open_trained("no_such_pipeline")
    assert raised.value.code == "missing_artifact"
