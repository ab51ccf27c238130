"""Rules, what came of them, and what people say about that."""

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('rules',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('key', sa.String(length=400), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('tree', _JSON, nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('owner', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rules')),
    sa.UniqueConstraint('key', name=op.f('uq_rules_key'))
    )
    op.create_table('rule_versions',
    sa.Column('rule_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['rules.id'], name=op.f('fk_rule_versions_rule_id_rules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rule_id', 'version', name=op.f('pk_rule_versions'))
    )
    op.create_table('rule_results',
    sa.Column('rule_id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('rule_version', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('codes', _JSON, nullable=False),
    sa.Column('evidence', _JSON, nullable=False),
    sa.Column('before', sa.String(length=16), nullable=True),
    sa.Column('run_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_rule_results_interaction_id_interactions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rule_id'], ['rules.id'], name=op.f('fk_rule_results_rule_id_rules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rule_id', 'interaction_id', name=op.f('pk_rule_results'))
    )
    op.create_index(op.f('ix_rule_results_interaction_id'), 'rule_results', ['interaction_id'])
    op.create_index(op.f('ix_rule_results_rule_id_outcome_interaction_id'), 'rule_results', ['rule_id', 'outcome', 'interaction_id'])
    op.create_index(op.f('ix_rule_results_run_id'), 'rule_results', ['run_id'])
    op.create_table('rule_marks',
    sa.Column('rule_id', sa.Uuid(), nullable=False),
    sa.Column('interaction_id', sa.Uuid(), nullable=False),
    sa.Column('should_match', sa.Boolean(), nullable=False),
    sa.Column('marked_by', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['interaction_id'], ['interactions.id'], name=op.f('fk_rule_marks_interaction_id_interactions'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rule_id'], ['rules.id'], name=op.f('fk_rule_marks_rule_id_rules'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rule_id', 'interaction_id', name=op.f('pk_rule_marks'))
    )
    op.create_index(op.f('ix_rule_marks_interaction_id'), 'rule_marks', ['interaction_id'])


def downgrade() -> None:
    for table in ('rule_marks', 'rule_results', 'rule_versions', 'rules'):
        op.drop_table(table)
