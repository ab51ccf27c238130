"""What is said about a source by hand: over the API, on its page and with `overtone sources`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from service.intake.channel_maps import ChannelMap
from service.intake.metadata import LANGUAGE, Name
from service.store.sources import Source

MOST_WORDS = 500
Word = Annotated[Name, Field(max_length=60)]
_NAME: TypeAdapter[str] = TypeAdapter(Name)
MapDirection = Literal["inbound", "outbound", "unknown"]


class SourceSettings(BaseModel):
    """How recordings of a source are heard where their own metadata say nothing else.

    A change applies to recordings that are transcribed (or transcribed again) after it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    channel_maps: dict[MapDirection, ChannelMap] = Field(
        default_factory=dict,
        description="Party of each audio channel by direction of the call; `unknown`: where none is given",
    )
    vocabulary: tuple[Word, ...] = Field(
        (), max_length=MOST_WORDS, description="Names and products that the recogniser should expect"
    )
    language: str | None = Field(None, pattern=LANGUAGE, max_length=16, description="Spoken; null: found out")
    translate: bool = Field(False, description="Whether the text is to be English whatever is spoken")
    keep_original: bool | None = Field(
        None, description="Whether recordings are kept as they came; null: OVERTONE_KEEP_ORIGINALS decides"
    )

    @classmethod
    def check_name(cls, name: str) -> None:
        """Raise pydantic's ValidationError for what can't be the name of a source."""
        _NAME.validate_python(name)

    def named(self, name: str) -> Source:
        """The value that is stored."""
        return Source(
            name=name,
            channel_maps={str(direction): dict(one) for direction, one in self.channel_maps.items()},
            vocabulary=tuple(dict.fromkeys(word.strip() for word in self.vocabulary if word.strip())),
            language=self.language,
            translate=self.translate,
            keep_original=self.keep_original,
        )
