"""What sums an interaction up; a worker goes through what is there."""

from alembic import op
from service.store.migrations import archive_job
import sqlalchemy as sa

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None



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
    archive_job.queue('summaries', {'picks_before': 0, 'picks_after': 0})


def downgrade() -> None:
    op.drop_table('summary_picks')
