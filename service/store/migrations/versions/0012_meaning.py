"""A vector per interaction, and searches that a worker answers."""

import time
import uuid
from datetime import UTC, datetime

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('embeddings',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('encoder', sa.String(length=100), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=True),
    sa.Column('vector', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_embeddings_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_embeddings')),
    sa.UniqueConstraint('interaction_id', name=op.f('uq_embeddings_interaction_id')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_embeddings_encoder_id'), 'embeddings', ['encoder', 'id'])
    op.create_table('searches',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('asked', _JSON, nullable=False),
    sa.Column('found', _JSON, nullable=True),
    sa.Column('measurable', sa.Boolean(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_searches'))
    )
    op.create_index(op.f('ix_searches_fingerprint'), 'searches', ['fingerprint'])
    op.create_index(op.f('ix_searches_created_at'), 'searches', ['created_at'])
    _queue_job('embeddings')


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
    op.bulk_insert(runs, [{'id': run_id, 'kind': kind, 'parameters': {}, 'counts': {'made': 0, 'not_measurable': 0}, 'total': total,
                           'done': 0, 'skipped': 0, 'created_at': created}])
    tasks = sa.table('tasks', sa.column('id', sa.Uuid()), sa.column('root_id', sa.Uuid()), sa.column('kind'),
                     sa.column('subject_id', sa.Uuid()), sa.column('generation'), sa.column('job_queue'),
                     sa.column('state'), sa.column('priority'), sa.column('attempts'), sa.column('max_attempts'),
                     sa.column('crashes'), sa.column('fence'), sa.column('run_at'), sa.column('created_at'))
    op.bulk_insert(tasks, [{'id': task_id, 'root_id': task_id, 'kind': kind, 'subject_id': run_id, 'generation': 0,
                            'job_queue': 'text', 'state': 'queued', 'priority': 20, 'attempts': 0, 'max_attempts': 3,
                            'crashes': 0, 'fence': 0, 'run_at': moment, 'created_at': moment}])


def downgrade() -> None:
    op.drop_table('searches')
    op.drop_table('embeddings')
