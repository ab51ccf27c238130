"""What sums an interaction up; a worker goes through what is there."""

import time
import uuid
from datetime import UTC, datetime

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('summary_picks',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('start_char', sa.Integer(), nullable=False),
    sa.Column('end_char', sa.Integer(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_summary_picks_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', 'kind', name=op.f('pk_summary_picks'))
    )
    _queue_job('summaries')


def _queue_job(kind: str) -> None:
    """Let a worker go through what is there; a database without transcripts needs none."""
    connection = op.get_bind()
    total = connection.scalar(sa.text('SELECT count(*) FROM interactions WHERE transcribed_at IS NOT NULL'))
    if not total:
        return
    run_id, task_id, moment = uuid.uuid4(), uuid.uuid4(), int(time.time() * 1000)
    runs = sa.table('archive_runs', sa.column('id', sa.Uuid()), sa.column('kind'), sa.column('parameters', _JSON),
                    sa.column('counts', _JSON), sa.column('total'), sa.column('done'), sa.column('skipped'),
                    sa.column('created_at', sa.DateTime(timezone=True)))
    created = datetime.now(UTC)
    if connection.dialect.name == 'sqlite':
        created = created.replace(tzinfo=None)
    op.bulk_insert(runs, [{'id': run_id, 'kind': kind, 'parameters': {}, 'counts': {'picks_before': 0, 'picks_after': 0}, 'total': total,
                           'done': 0, 'skipped': 0, 'created_at': created}])
    tasks = sa.table('tasks', sa.column('id', sa.Uuid()), sa.column('root_id', sa.Uuid()), sa.column('kind'),
                     sa.column('subject_id', sa.Uuid()), sa.column('generation'), sa.column('job_queue'),
                     sa.column('state'), sa.column('priority'), sa.column('attempts'), sa.column('max_attempts'),
                     sa.column('crashes'), sa.column('fence'), sa.column('run_at'), sa.column('created_at'))
    op.bulk_insert(tasks, [{'id': task_id, 'root_id': task_id, 'kind': kind, 'subject_id': run_id, 'generation': 0,
                            'job_queue': 'text', 'state': 'queued', 'priority': 20, 'attempts': 0, 'max_attempts': 3,
                            'crashes': 0, 'fence': 0, 'run_at': moment, 'created_at': moment}])



def downgrade() -> None:
    op.drop_table('summary_picks')
