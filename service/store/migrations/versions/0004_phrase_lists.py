"""Phrase lists, what of them was found, and jobs over the archive."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('phrase_lists',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('phrases', _JSON, nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phrase_lists')),
    sa.UniqueConstraint('name', name=op.f('uq_phrase_lists_name'))
    )
    op.create_table('phrase_runs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('list_id', sa.Uuid(), nullable=True),
    sa.Column('phrases', _JSON, nullable=False),
    sa.Column('party', sa.String(length=16), nullable=True),
    sa.Column('first', sa.Date(), nullable=True),
    sa.Column('last', sa.Date(), nullable=True),
    sa.Column('reached_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reached_id', sa.Uuid(), nullable=True),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.Integer(), nullable=False),
    sa.Column('hits_before', sa.Integer(), nullable=False),
    sa.Column('hits_after', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['list_id'], ['phrase_lists.id'], name=op.f('fk_phrase_runs_list_id_phrase_lists'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phrase_runs'))
    )
    op.create_table('phrase_hits',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('list_id', sa.Uuid(), nullable=False),
    sa.Column('list_version', sa.Integer(), nullable=False),
    sa.Column('phrase', sa.String(length=200), nullable=False),
    sa.Column('in_sound', sa.Boolean(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=True),
    sa.Column('party', sa.String(length=16), nullable=True),
    sa.Column('start_ms', sa.BigInteger(), nullable=True),
    sa.Column('end_ms', sa.BigInteger(), nullable=True),
    sa.Column('start_char', sa.Integer(), nullable=True),
    sa.Column('end_char', sa.Integer(), nullable=True),
    sa.Column('score', sa.Double(), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_phrase_hits_interaction_id_interactions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['list_id'], ['phrase_lists.id'], name=op.f('fk_phrase_hits_list_id_phrase_lists'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phrase_hits'))
    )
    with op.batch_alter_table('phrase_hits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phrase_hits_interaction_id'), ['interaction_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_phrase_hits_list_id_phrase_interaction_id'), ['list_id', 'phrase', 'interaction_id'], unique=False)

    op.create_table('phrase_run_hits',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('phrase', sa.String(length=200), nullable=False),
    sa.Column('party', sa.String(length=16), nullable=False),
    sa.Column('start_ms', sa.BigInteger(), nullable=False),
    sa.Column('end_ms', sa.BigInteger(), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_phrase_run_hits_interaction_id_interactions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['phrase_runs.id'], name=op.f('fk_phrase_run_hits_run_id_phrase_runs'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phrase_run_hits'))
    )
    with op.batch_alter_table('phrase_run_hits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phrase_run_hits_run_id_id'), ['run_id', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('phrase_run_hits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phrase_run_hits_run_id_id'))

    op.drop_table('phrase_run_hits')
    with op.batch_alter_table('phrase_hits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phrase_hits_list_id_phrase_interaction_id'))
        batch_op.drop_index(batch_op.f('ix_phrase_hits_interaction_id'))

    op.drop_table('phrase_hits')
    op.drop_table('phrase_runs')
    op.drop_table('phrase_lists')
