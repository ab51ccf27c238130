"""A list of terms as it is sent: names and aliases, each once."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.intake.metadata import FieldError, InvalidMetadata, Name, field_errors
from service.store.term_lists import SavedTerm

MOST_TERMS, MOST_ALIASES = 5000, 50
Kind = Literal["product", "competitor", "place", "term"]


class TermSettings(BaseModel):
    """One term of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name = Field(description="What it is called where it is shown; it is sought as well")
    aliases: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = Field(
        (), max_length=MOST_ALIASES, description="Further names; inflected forms need none of their own"
    )
    exact_case: bool = Field(
        False, description="Found only as it is written, not as the first word of a sentence: One, Orange"
    )


class TermListSettings(BaseModel):
    """All of a list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind = Field(description="What its terms are")
    terms: tuple[TermSettings, ...] = Field(min_length=1, max_length=MOST_TERMS)

    def checked(self) -> list[SavedTerm]:
        """The terms, ready to be saved. Raises InvalidMetadata(bad_term, duplicate_field)."""
        errors: list[FieldError] = []
        taken: dict[str, int] = {}
        for number, term in enumerate(self.terms):
            for place, alias in [
                ("name", term.name),
                *((f"aliases.{n}", a) for n, a in enumerate(term.aliases)),
            ]:
                field = f"terms.{number}.{place}"
                if not any(sign.isalnum() for sign in alias):
                    errors.append(FieldError(field, "bad_term", "has neither a letter nor a digit"))
                elif taken.setdefault(alias.strip().casefold(), number) != number:
                    errors.append(FieldError(field, "duplicate_field", "is a name of another term"))
        if errors:
            raise InvalidMetadata(errors)
        return [SavedTerm(**term.model_dump()) for term in self.terms]


def read_term_list(fields: Mapping[str, Any]) -> tuple[Kind, list[SavedTerm]]:
    """Kind and terms from plain values. Raises InvalidMetadata naming every field at fault."""
    try:
        wanted = TermListSettings.model_validate(fields)
    except ValidationError as error:
        raise InvalidMetadata(field_errors(error.errors())) from None
    return wanted.kind, wanted.checked()
