"""Jobs over the archive, whatever is applied to it."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('archive_runs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('about', sa.Uuid(), nullable=True),
    sa.Column('parameters', _JSON, nullable=False),
    sa.Column('counts', _JSON, nullable=False),
    sa.Column('first', sa.Date(), nullable=True),
    sa.Column('last', sa.Date(), nullable=True),
    sa.Column('reached_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reached_id', sa.Uuid(), nullable=True),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_archive_runs'))
    )
    op.create_index(op.f('ix_archive_runs_kind_id'), 'archive_runs', ['kind', 'id'])
    op.create_index(op.f('ix_archive_runs_about'), 'archive_runs', ['about'])


def downgrade() -> None:
    op.drop_index(op.f('ix_archive_runs_about'), table_name='archive_runs')
    op.drop_index(op.f('ix_archive_runs_kind_id'), table_name='archive_runs')
    op.drop_table('archive_runs')
