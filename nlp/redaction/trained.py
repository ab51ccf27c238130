"""Names and places by a trained pipeline of spaCy, where one is named; added to what the rules find."""

from collections.abc import Callable, Iterator

from nlp.errors import MissingArtifact
from nlp.redaction.spans import Span

Find = Callable[[str], Iterator[Span]]
_KINDS = {"PERSON": "name", "PER": "name", "GPE": "place", "LOC": "place"}  # labels of the usual pipelines
_PIECE = 100_000  # characters at a time: a pipeline's memory grows with the text


def open_trained(name: str) -> Find:
    """Load a pipeline by its package's name or its folder. Raises MissingArtifact."""
    import spacy  # noqa: PLC0415 - a second; most centres name none

    try:
        pipeline = spacy.load(name)
    except (OSError, ValueError) as error:
        raise MissingArtifact(
            "missing_artifact",
            "The spaCy pipeline of OVERTONE_NER cannot be loaded.",
            "Install its package, or name the folder it lies in.",
        ) from error

    def find(text: str) -> Iterator[Span]:
        for begin in range(0, len(text), _PIECE):
            for entity in pipeline(text[begin : begin + _PIECE]).ents:
                kind = _KINDS.get(entity.label_)
                if kind is not None:
                    yield Span(begin + entity.start_char, begin + entity.end_char, kind)

    return find
