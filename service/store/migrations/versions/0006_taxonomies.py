"""Taxonomies that users own: versions, examples, models, corrections, and what labels an analysis."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('reason_places',
    sa.Column('taxonomy', sa.String(length=64), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('now_name', sa.String(length=160), nullable=False),
    sa.Column('now_parent', sa.String(length=120), nullable=True),
    sa.Column('split', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('taxonomy', 'version', 'name', name=op.f('pk_reason_places'))
    )
    op.create_table('taxonomies',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('folded', sa.String(length=64), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('draft', _JSON, nullable=False),
    sa.Column('based_on', _JSON, nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taxonomies')),
    sa.UniqueConstraint('folded', name=op.f('uq_taxonomies_folded'))
    )
    op.create_table('example_imports',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('taxonomy_id', sa.Uuid(), nullable=False),
    sa.Column('blob_key', sa.String(length=80), nullable=True),
    sa.Column('given', sa.Integer(), nullable=False),
    sa.Column('kept', sa.Integer(), nullable=True),
    sa.Column('added_by', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['taxonomy_id'], ['taxonomies.id'], name=op.f('fk_example_imports_taxonomy_id_taxonomies'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_example_imports'))
    )
    op.create_table('reason_models',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('taxonomy_id', sa.Uuid(), nullable=False),
    sa.Column('taxonomy_version', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('folder', sa.String(length=200), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.Column('report', _JSON, nullable=False),
    sa.Column('examples', sa.Integer(), nullable=False),
    sa.Column('corrections', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.String(length=200), nullable=False),
    sa.Column('trained_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['taxonomy_id'], ['taxonomies.id'], name=op.f('fk_reason_models_taxonomy_id_taxonomies'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reason_models')),
    sa.UniqueConstraint('taxonomy_id', 'number', name=op.f('uq_reason_models_taxonomy_id_number'))
    )
    op.create_table('taxonomy_versions',
    sa.Column('taxonomy_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reasons', _JSON, nullable=False),
    sa.Column('before', _JSON, nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['taxonomy_id'], ['taxonomies.id'], name=op.f('fk_taxonomy_versions_taxonomy_id_taxonomies'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('taxonomy_id', 'number', name=op.f('pk_taxonomy_versions'))
    )
    op.create_table('earlier_reasons',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=True),
    sa.Column('parent', sa.String(length=120), nullable=True),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('taxonomy', sa.String(length=64), nullable=True),
    sa.Column('taxonomy_version', sa.String(length=32), nullable=True),
    sa.Column('model_version', sa.String(length=32), nullable=True),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_earlier_reasons_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_reasons'))
    )
    op.create_index(op.f('ix_earlier_reasons_interaction_id'), 'earlier_reasons', ['interaction_id'])
    op.create_index(op.f('ix_earlier_reasons_run_id'), 'earlier_reasons', ['run_id'])
    op.create_table('reason_corrections',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('author', sa.String(length=200), nullable=False),
    sa.Column('verdict', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=True),
    sa.Column('parent', sa.String(length=120), nullable=True),
    sa.Column('further', _JSON, nullable=False),
    sa.Column('turn', sa.Integer(), nullable=True),
    sa.Column('taxonomy', sa.String(length=64), nullable=False),
    sa.Column('taxonomy_version', sa.String(length=32), nullable=False),
    sa.Column('model_name', sa.String(length=120), nullable=True),
    sa.Column('model_parent', sa.String(length=120), nullable=True),
    sa.Column('model_taxonomy', sa.String(length=64), nullable=True),
    sa.Column('model_taxonomy_version', sa.String(length=32), nullable=True),
    sa.Column('model_version', sa.String(length=32), nullable=True),
    sa.Column('newest', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_reason_corrections_interaction_id_interactions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reason_corrections'))
    )
    op.create_index(op.f('ix_reason_corrections_interaction_id_newest'), 'reason_corrections', ['interaction_id', 'newest'])
    op.create_index(op.f('ix_reason_corrections_newest_name'), 'reason_corrections', ['newest', 'name'])
    op.create_table('reason_examples',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('taxonomy_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=True),
    sa.Column('turn', sa.Integer(), nullable=True),
    sa.Column('added_by', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_reason_examples_interaction_id_interactions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['taxonomy_id'], ['taxonomies.id'], name=op.f('fk_reason_examples_taxonomy_id_taxonomies'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reason_examples')),
    sa.UniqueConstraint('taxonomy_id', 'digest', name=op.f('uq_reason_examples_taxonomy_id_digest'))
    )
    op.create_index(op.f('ix_reason_examples_taxonomy_id_reason_id'), 'reason_examples', ['taxonomy_id', 'reason', 'id'])
    op.create_table('taxonomy_activations',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('model_id', sa.Uuid(), nullable=True),
    sa.Column('taxonomy', sa.String(length=64), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('activated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('activated_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['model_id'], ['reason_models.id'], name=op.f('fk_taxonomy_activations_model_id_reason_models'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taxonomy_activations'))
    )
    op.add_column('analyses', sa.Column('taxonomy', sa.String(length=64), nullable=True))
    op.add_column('analyses', sa.Column('taxonomy_version', sa.String(length=32), nullable=True))
    op.add_column('analyses', sa.Column('reason_model', sa.String(length=32), nullable=True))
    op.add_column('call_reasons', sa.Column('shipped', sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table('call_reasons') as table:
        table.alter_column('shipped', server_default=None)
    for column, known in (('taxonomy', 'taxonomy'), ('taxonomy_version', 'taxonomy_version'), ('reason_model', 'model_version')):
        op.execute(
            f'UPDATE analyses SET {column} = (SELECT max({known}) FROM reason_scores '
            'WHERE reason_scores.interaction_id = analyses.interaction_id)'
        )


def downgrade() -> None:
    op.drop_column('call_reasons', 'shipped')
    op.drop_column('analyses', 'reason_model')
    op.drop_column('analyses', 'taxonomy_version')
    op.drop_column('analyses', 'taxonomy')
    op.drop_table('taxonomy_activations')
    op.drop_index(op.f('ix_reason_examples_taxonomy_id_reason_id'), table_name='reason_examples')
    op.drop_table('reason_examples')
    op.drop_index(op.f('ix_reason_corrections_newest_name'), table_name='reason_corrections')
    op.drop_index(op.f('ix_reason_corrections_interaction_id_newest'), table_name='reason_corrections')
    op.drop_table('reason_corrections')
    op.drop_index(op.f('ix_earlier_reasons_run_id'), table_name='earlier_reasons')
    op.drop_index(op.f('ix_earlier_reasons_interaction_id'), table_name='earlier_reasons')
    op.drop_table('earlier_reasons')
    op.drop_table('taxonomy_versions')
    op.drop_table('reason_models')
    op.drop_table('example_imports')
    op.drop_table('taxonomies')
    op.drop_table('reason_places')
