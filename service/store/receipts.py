"""What the sender of an interaction is given: the first task of its chain."""

from uuid import UUID

from sqlalchemy import select

from service.errors import NotFound
from service.store.database import Session
from service.store.tables import TaskRow


def first_task(session: Session, interaction_id: UUID) -> UUID:
    """The id of the task that the interaction's arrival began; raises NotFound("task_not_found")."""
    query = select(TaskRow.id).where(TaskRow.subject_id == interaction_id, TaskRow.id == TaskRow.root_id)
    task_id = session.scalars(query.order_by(TaskRow.created_at, TaskRow.id).limit(1)).first()
    if task_id is None:
        raise NotFound("task_not_found", "There is no task for this interaction.")
    return task_id
