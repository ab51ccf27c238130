"""Mail threads, mails from machines, attachments."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_contact', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('automatic', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('attachments', _JSON, nullable=True))
        batch_op.drop_index('ix_interactions_trends')
        batch_op.create_index('ix_interactions_trends', ['status', 'is_contact', 'day', 'channel', 'queue', 'agent', 'customer_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interactions_thread_started_at'), ['thread', 'started_at'], unique=False)

    op.create_table('mail_ids',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('thread', sa.String(length=512), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_mail_ids'))
    )
    op.create_index(op.f('ix_mail_ids_thread'), 'mail_ids', ['thread'])
    op.create_table('mail_subjects',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('is_reply', sa.Boolean(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_mail_subjects_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', name=op.f('pk_mail_subjects'))
    )
    op.create_index(op.f('ix_mail_subjects_digest_sent_at'), 'mail_subjects', ['digest', 'sent_at'])


def downgrade() -> None:
    op.drop_table('mail_subjects')
    op.drop_table('mail_ids')
    with op.batch_alter_table('interactions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interactions_thread_started_at'))
        batch_op.drop_index('ix_interactions_trends')
        batch_op.create_index('ix_interactions_trends', ['status', 'day', 'channel', 'queue', 'agent', 'customer_id', 'id'], unique=False)
        batch_op.drop_column('attachments')
        batch_op.drop_column('automatic')
        batch_op.drop_column('is_contact')
