"""A phrase list as it is sent: every query read once, so that a mistake is told when it is saved."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.errors import InvalidInput
from service.intake.metadata import FieldError, InvalidMetadata, Name, field_errors
from service.phrases import parse
from service.store.phrase_lists import SavedPhrase

MOST_PHRASES = 500
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’\- ]+[^\W\d_]+)*")
_LONGEST_SPOKEN = 100
PartyName = Literal["agent", "customer", "system", "unknown"]
Query = Annotated[str, Field(min_length=1, max_length=2000)]


class PhraseSettings(BaseModel):
    """One phrase of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name = Field(description="What it is called where it is shown; once in a list")
    query: Query
    party: PartyName | None = Field(None, description="Only where this party says it")
    window: str | None = Field(None, max_length=100, description="`first 30s`, `last 10%`, `first 2m`")
    sound: bool = Field(
        False, description="Sought in the sound of recordings: plain words, whatever was recognised"
    )


class PhraseListSettings(BaseModel):
    """All of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: tuple[PhraseSettings, ...] = Field(min_length=1, max_length=MOST_PHRASES)

    def checked(self) -> list[SavedPhrase]:
        """The phrases, ready to be saved. Raises InvalidMetadata(bad_phrase, duplicate_field)."""
        errors: list[FieldError] = []
        names: set[str] = set()
        for number, phrase in enumerate(self.phrases):
            problem = _problem(phrase)
            if problem is not None:
                errors.append(FieldError(f"phrases.{number}.{problem[0]}", "bad_phrase", problem[1]))
            if phrase.name in names:
                errors.append(
                    FieldError(f"phrases.{number}.name", "duplicate_field", "is the name of another phrase")
                )
            names.add(phrase.name)
        if errors:
            raise InvalidMetadata(errors)
        return [SavedPhrase(**phrase.model_dump()) for phrase in self.phrases]


def read_phrase_list(fields: Mapping[str, Any]) -> list[SavedPhrase]:
    """Phrases from plain values. Raises InvalidMetadata naming every field at fault."""
    try:
        return PhraseListSettings.model_validate(fields).checked()
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None


def check_spoken(query: str) -> None:
    """Raise InvalidInput(bad_phrase) unless the phrase can be sought in sound: words and nothing else."""
    if not _SPOKEN.fullmatch(query.strip()) or len(query) > _LONGEST_SPOKEN:
        raise InvalidInput(
            "bad_phrase",
            f"A phrase sought in sound is words alone, no signs or numbers, up to {_LONGEST_SPOKEN} letters.",
            "Write numbers and abbreviations as they are said.",
        )


def _problem(phrase: PhraseSettings) -> tuple[str, str] | None:
    """The field at fault and what is wrong with it; None where nothing is."""
    saved = SavedPhrase(**phrase.model_dump())
    if phrase.sound and phrase.window:
        return "window", "A phrase sought in sound takes no window."
    try:
        if phrase.sound:
            check_spoken(phrase.query)
        parse(phrase.query)
    except InvalidInput as error:
        return "query", error.detail
    try:
        saved.parsed()
    except InvalidInput as error:
        return "window" if phrase.window else "query", error.detail
    return None
