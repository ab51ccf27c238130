"""What was masked, as keyed hashes, and which kinds were masked when a transcript was made."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('redacted_values',
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_redacted_values_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('interaction_id', 'kind', 'hash', name=op.f('pk_redacted_values'))
    )
    op.create_index(op.f('ix_redacted_values_hash'), 'redacted_values', ['hash'])
    with op.batch_alter_table('transcripts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('masked_kinds', _JSON, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('transcripts', schema=None) as batch_op:
        batch_op.drop_column('masked_kinds')
    op.drop_index(op.f('ix_redacted_values_hash'), table_name='redacted_values')
    op.drop_table('redacted_values')
