"""The first schema."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('api_keys',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('scopes', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_keys'))
    )
    op.create_table('call_reasons',
    sa.Column('taxonomy', sa.String(length=64), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('parent', sa.String(length=120), nullable=True),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('taxonomy', 'version', 'name', name=op.f('pk_call_reasons'))
    )
    op.create_table('customers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('attributes', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customers'))
    )
    op.create_table('idempotency_keys',
    sa.Column('api_key_id', sa.String(length=16), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('task_id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('api_key_id', 'key', name=op.f('pk_idempotency_keys'))
    )
    op.create_table('tasks',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('root_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('job_queue', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=17), nullable=False),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('max_attempts', sa.Integer(), nullable=False),
    sa.Column('crashes', sa.Integer(), nullable=False),
    sa.Column('fence', sa.BigInteger(), nullable=False),
    sa.Column('owner', sa.String(length=128), nullable=True),
    sa.Column('lease_until', sa.BigInteger(), nullable=True),
    sa.Column('run_at', sa.BigInteger(), nullable=False),
    sa.Column('hinted_at', sa.BigInteger(), nullable=True),
    sa.Column('progress', sa.Double(), nullable=True),
    sa.Column('error_code', sa.String(length=64), nullable=True),
    sa.Column('error_detail', sa.Text(), nullable=True),
    sa.Column('created_at', sa.BigInteger(), nullable=False),
    sa.Column('started_at', sa.BigInteger(), nullable=True),
    sa.Column('finished_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks')),
    sa.UniqueConstraint('kind', 'subject_id', 'generation', name=op.f('uq_tasks_kind_subject_id_generation'))
    )
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.create_index('ix_tasks_due', ['job_queue', 'priority', 'run_at', 'id'], unique=False, sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'"))
        batch_op.create_index('ix_tasks_leased', ['lease_until'], unique=False, sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
        batch_op.create_index(batch_op.f('ix_tasks_root_id'), ['root_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tasks_subject_id'), ['subject_id'], unique=False)

    op.create_table('identifiers',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('customer_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=13), nullable=False),
    sa.Column('value', sa.String(length=320), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_identifiers_customer_id_customers'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identifiers')),
    sa.UniqueConstraint('kind', 'value', name=op.f('uq_identifiers_kind_value'))
    )
    with op.batch_alter_table('identifiers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identifiers_customer_id'), ['customer_id'], unique=False)

    op.create_table('interactions',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel', sa.String(length=15), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('external_id', sa.String(length=512), nullable=False),
    sa.Column('direction', sa.String(length=16), nullable=True),
    sa.Column('status', sa.String(length=19), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('transcribed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('analyzed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('duration_ms', sa.BigInteger(), nullable=True),
    sa.Column('language', sa.String(length=16), nullable=True),
    sa.Column('agent', sa.String(length=200), nullable=True),
    sa.Column('queue', sa.String(length=200), nullable=True),
    sa.Column('campaign', sa.String(length=200), nullable=True),
    sa.Column('disposition', sa.String(length=200), nullable=True),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('thread', sa.String(length=512), nullable=True),
    sa.Column('customer_id', sa.Uuid(), nullable=True),
    sa.Column('customer_party', sa.String(length=16), nullable=True),
    sa.Column('channel_map', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('attributes', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('blob_key', sa.String(length=80), nullable=False),
    sa.Column('blob_bytes', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=True),
    sa.Column('playback_key', sa.String(length=80), nullable=True),
    sa.Column('failure_code', sa.String(length=64), nullable=True),
    sa.Column('failure_detail', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['customer_id'], ['customers.id'], name=op.f('fk_interactions_customer_id_customers'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interactions')),
    sa.UniqueConstraint('source', 'external_id', name=op.f('uq_interactions_source_external_id'))
    )
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interactions_customer_id_started_at'), ['customer_id', 'started_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_interactions_day'), ['day'], unique=False)
        batch_op.create_index(batch_op.f('ix_interactions_started_at_id'), ['started_at', 'id'], unique=False)
        batch_op.create_index('ix_interactions_trends', ['status', 'day', 'channel', 'queue', 'agent', 'customer_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interactions_agent_started_at_id'), ['agent', 'started_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interactions_queue_started_at_id'), ['queue', 'started_at', 'id'], unique=False)

    op.create_table('sessions',
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('api_key_id', sa.String(length=16), nullable=False),
    sa.Column('csrf', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['api_key_id'], ['api_keys.id'], name=op.f('fk_sessions_api_key_id_api_keys'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id_hash', name=op.f('pk_sessions'))
    )
    op.create_table('task_attempts',
    sa.Column('task_id', sa.Uuid(), nullable=False),
    sa.Column('fence', sa.BigInteger(), nullable=False),
    sa.Column('owner', sa.String(length=128), nullable=False),
    sa.Column('started_at', sa.BigInteger(), nullable=False),
    sa.Column('ended_at', sa.BigInteger(), nullable=True),
    sa.Column('outcome', sa.String(length=16), nullable=True),
    sa.Column('error_code', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['task_id'], ['tasks.id'], name=op.f('fk_task_attempts_task_id_tasks'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('task_id', 'fence', name=op.f('pk_task_attempts'))
    )
    op.create_table('analyses',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('sentiment', sa.Double(), nullable=True),
    sa.Column('sentiment_by_party', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('characteristics', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('models', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('thresholds', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('no_reason', sa.String(length=32), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_analyses_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', name=op.f('pk_analyses'))
    )
    op.create_table('emotion_scores',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('party', sa.String(length=16), nullable=False),
    sa.Column('label', sa.String(length=32), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_emotion_scores_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', 'party', 'label', name=op.f('pk_emotion_scores'))
    )
    with op.batch_alter_table('emotion_scores', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_emotion_scores_label'), ['label'], unique=False)

    op.create_table('reason_scores',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('parent', sa.String(length=120), nullable=True),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('is_primary', sa.Boolean(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=True),
    sa.Column('taxonomy', sa.String(length=64), nullable=False),
    sa.Column('taxonomy_version', sa.String(length=32), nullable=False),
    sa.Column('model_version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_reason_scores_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', 'name', name=op.f('pk_reason_scores'))
    )
    with op.batch_alter_table('reason_scores', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reason_scores_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_reason_scores_parent'), ['parent'], unique=False)

    op.create_table('transcripts',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('engine', sa.String(length=100), nullable=False),
    sa.Column('engine_version', sa.String(length=100), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=True),
    sa.Column('reliable', sa.Boolean(), nullable=True),
    sa.Column('confidence', sa.Double(), nullable=True),
    sa.Column('audio_channels', sa.Integer(), nullable=True),
    sa.Column('notices', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('thresholds', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_transcripts_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', name=op.f('pk_transcripts'))
    )
    op.create_table('turn_findings',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('sentiment', sa.Double(), nullable=True),
    sa.Column('emotions', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_turn_findings_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', 'position', name=op.f('pk_turn_findings'))
    )
    op.create_table('turns',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('party', sa.String(length=16), nullable=False),
    sa.Column('start_ms', sa.BigInteger(), nullable=True),
    sa.Column('end_ms', sa.BigInteger(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('quoted', sa.Text(), nullable=False),
    sa.Column('signature', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Double(), nullable=True),
    sa.Column('audio_channel', sa.Integer(), nullable=True),
    sa.Column('words', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('redactions', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_turns_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', 'position', name=op.f('pk_turns'))
    )


def downgrade() -> None:
    op.drop_table('turns')
    op.drop_table('turn_findings')
    op.drop_table('transcripts')
    with op.batch_alter_table('reason_scores', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reason_scores_parent'))
        batch_op.drop_index(batch_op.f('ix_reason_scores_name'))

    op.drop_table('reason_scores')
    with op.batch_alter_table('emotion_scores', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_emotion_scores_label'))

    op.drop_table('emotion_scores')
    op.drop_table('analyses')
    op.drop_table('task_attempts')
    op.drop_table('sessions')
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interactions_queue_started_at_id'))
        batch_op.drop_index(batch_op.f('ix_interactions_agent_started_at_id'))
        batch_op.drop_index('ix_interactions_trends')
        batch_op.drop_index(batch_op.f('ix_interactions_started_at_id'))
        batch_op.drop_index(batch_op.f('ix_interactions_day'))
        batch_op.drop_index(batch_op.f('ix_interactions_customer_id_started_at'))

    op.drop_table('interactions')
    with op.batch_alter_table('identifiers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_identifiers_customer_id'))

    op.drop_table('identifiers')
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tasks_subject_id'))
        batch_op.drop_index(batch_op.f('ix_tasks_root_id'))
        batch_op.drop_index('ix_tasks_leased', sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
        batch_op.drop_index('ix_tasks_due', sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'"))

    op.drop_table('tasks')
    op.drop_table('idempotency_keys')
    op.drop_table('customers')
    op.drop_table('call_reasons')
    op.drop_table('api_keys')
