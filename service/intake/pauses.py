"""Pauses: stretches that the telephony cut out of a recording because something secret was said."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

_LONGEST_MS = 48 * 3600 * 1000


class Pause(BaseModel):
    """A stretch in which the telephony paused the recording; ms from its start."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start_ms: Annotated[int, Field(ge=0, le=_LONGEST_MS, strict=True)]
    end_ms: Annotated[int, Field(gt=0, le=_LONGEST_MS, strict=True)]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.end_ms <= self.start_ms:
            raise PydanticCustomError("invalid_pause", "ends before it begins")
        return self
