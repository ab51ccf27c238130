"""A vector per interaction, and searches that a worker answers."""

from alembic import op
from service.store.migrations import archive_job
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
    archive_job.queue('embeddings', {'made': 0, 'not_measurable': 0})


def downgrade() -> None:
    op.drop_table('searches')
    op.drop_table('embeddings')
