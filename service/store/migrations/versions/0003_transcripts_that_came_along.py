"""Transcripts that came with a recording, or instead of one."""

from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('transcript_key', sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f('ix_interactions_transcript_key'), ['transcript_key'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interactions_transcript_key'))
        batch_op.drop_column('transcript_key')
