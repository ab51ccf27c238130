"""Themes among what no reason explains."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('themes',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', _JSON, nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('cohesion', sa.Double(), nullable=False),
    sa.Column('accepted_taxonomy', sa.String(length=64), nullable=True),
    sa.Column('accepted_reason', sa.String(length=120), nullable=True),
    sa.ForeignKeyConstraint(['run_id'], ['archive_runs.id'], name=op.f('fk_themes_run_id_archive_runs'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_themes'))
    )
    op.create_index(op.f('ix_themes_run_id_position'), 'themes', ['run_id', 'position'])
    op.create_table('theme_members',
    sa.Column('theme_id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_theme_members_theme_id_themes'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_theme_members_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('theme_id', 'interaction_id', name=op.f('pk_theme_members'))
    )
    op.create_index(op.f('ix_theme_members_interaction_id'), 'theme_members', ['interaction_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_theme_members_interaction_id'), table_name='theme_members')
    op.drop_table('theme_members')
    op.drop_index(op.f('ix_themes_run_id_position'), table_name='themes')
    op.drop_table('themes')
