"""The vector that an analysis made, as it is stored."""

from typing import TYPE_CHECKING
from uuid import UUID

from service.store import embeddings
from service.store.database import Session

if TYPE_CHECKING:  # at run time it would load the models' libraries
    from nlp.gist import Gist


def keep(session: Session, interaction_id: UUID, encoder: str, gist: "Gist | None") -> None:
    """Write the vector of an interaction, or that it has none."""
    embeddings.replace(
        session,
        interaction_id,
        encoder=encoder,
        turn=gist.turn if gist else None,
        vector=gist.vector if gist else None,
    )
