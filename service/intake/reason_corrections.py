"""What a person says an interaction was about, as it is sent."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.store.reason_corrections import MOST, Correction
from service.taxonomies.reasons import LONGEST_NAME


class ReasonCorrection(BaseModel):
    """The reasons, none of the taxonomy's, or that the model's is wrong and no better one is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Literal["reasons", "none", "wrong"] = "reasons"
    reasons: tuple[Annotated[str, Field(max_length=LONGEST_NAME)], ...] = Field(
        (), max_length=MOST, description="Names of the taxonomy in use, the primary one first"
    )
    turn: int | None = Field(None, ge=0, description="Where it is stated; the next training reads it there")

    def said(self) -> Correction:
        """As the store takes it."""
        return Correction(verdict=self.verdict, reasons=self.reasons, turn=self.turn)
