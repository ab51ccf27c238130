"""Lists of terms, and facts found in interactions."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('term_lists',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('terms', _JSON, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_term_lists')),
    sa.UniqueConstraint('name', name=op.f('uq_term_lists_name'))
    )
    op.create_table('facts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('list_id', sa.Uuid(), nullable=True),
    sa.Column('list_version', sa.Integer(), nullable=True),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('party', sa.String(length=16), nullable=False),
    sa.Column('start_char', sa.Integer(), nullable=False),
    sa.Column('end_char', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('value', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_facts_interaction_id_interactions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['list_id'], ['term_lists.id'], name=op.f('fk_facts_list_id_term_lists'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facts'))
    )
    op.create_index(op.f('ix_facts_interaction_id'), 'facts', ['interaction_id'])
    op.create_index(op.f('ix_facts_kind_name_interaction_id'), 'facts', ['kind', 'name', 'interaction_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_facts_kind_name_interaction_id'), table_name='facts')
    op.drop_index(op.f('ix_facts_interaction_id'), table_name='facts')
    op.drop_table('facts')
    op.drop_table('term_lists')
