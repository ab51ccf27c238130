"""What is said by hand about who speaks in a recording: one of three ways, never two at once."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from service.intake.channel_maps import ChannelMap, Party

_MOST_SPEAKERS = 50


def _speaker(value: object) -> object:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 3:
        return str(int(value))
    raise PydanticCustomError("invalid_speaker", "is not the number of a speaker")


Speaker = Annotated[str, BeforeValidator(_speaker)]


class RolesChange(BaseModel):
    """Give one of the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    roles: Literal["swap"] | None = Field(None, description="The agent is the customer and vice versa")
    channel_map: ChannelMap | None = Field(
        None, description='Party of each audio channel: {"0": "agent", "1": "customer"}'
    )
    speakers: dict[Speaker, Party] | None = Field(
        None,
        min_length=1,
        max_length=_MOST_SPEAKERS,
        description='Party of each voice where audio channels do not tell them apart: {"0": "agent"}',
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(value is not None for value in (self.roles, self.channel_map, self.speakers)) != 1:
            raise PydanticCustomError("ambiguous_roles", "takes one of roles, channel_map and speakers")
        return self
