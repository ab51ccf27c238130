"""The full-text index, and a job that fills it from the archive."""

import time
import uuid
from datetime import UTC, datetime

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('search_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('party', sa.String(length=16), nullable=False),
    sa.Column('words', sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_search_entries_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entries'))
    )
    op.create_index(op.f('ix_search_entries_interaction_id'), 'search_entries', ['interaction_id'])
    if op.get_bind().dialect.name == 'postgresql':
        op.create_index('ix_search_entries_words', 'search_entries', ['words'], postgresql_using='gin')
    else:
        _create_fts()
    _queue_job('search_index')


def _create_fts() -> None:
    """The words are comparable already: FTS5 has to part them at blanks only, which its ascii tokenizer does."""
    op.execute("CREATE VIRTUAL TABLE search_words USING fts5("
               "words, content='search_entries', content_rowid='id', tokenize='ascii', prefix='2 3 4')")
    op.execute("CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN "
               "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END")
    op.execute("CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN "
               "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END")


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
    op.bulk_insert(runs, [{'id': run_id, 'kind': kind, 'parameters': {}, 'counts': {'entries': 0}, 'total': total,
                           'done': 0, 'skipped': 0, 'created_at': created}])
    tasks = sa.table('tasks', sa.column('id', sa.Uuid()), sa.column('root_id', sa.Uuid()), sa.column('kind'),
                     sa.column('subject_id', sa.Uuid()), sa.column('generation'), sa.column('job_queue'),
                     sa.column('state'), sa.column('priority'), sa.column('attempts'), sa.column('max_attempts'),
                     sa.column('crashes'), sa.column('fence'), sa.column('run_at'), sa.column('created_at'))
    op.bulk_insert(tasks, [{'id': task_id, 'root_id': task_id, 'kind': kind, 'subject_id': run_id, 'generation': 0,
                            'job_queue': 'text', 'state': 'queued', 'priority': 20, 'attempts': 0, 'max_attempts': 3,
                            'crashes': 0, 'fence': 0, 'run_at': moment, 'created_at': moment}])


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_words')
    op.drop_table('search_entries')
