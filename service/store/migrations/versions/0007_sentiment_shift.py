"""How the customer's sentiment began and ended."""

from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('analyses', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sentiment_start', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('sentiment_end', sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('analyses', schema=None) as batch_op:
        batch_op.drop_column('sentiment_end')
        batch_op.drop_column('sentiment_start')
