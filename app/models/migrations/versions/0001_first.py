"""The first form of the register: every record type, the log of writes, and what exchange keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table('activity_kind',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('label_en', sa.Text(), nullable=True),
    sa.Column('label_az', sa.Text(), nullable=True),
    sa.Column('label_ru', sa.Text(), nullable=True),
    sa.Column('definition', sa.Text(), nullable=True),
    sa.Column('recommended_by', sa.Text(), nullable=True),
    sa.Column('retired', sa.Boolean(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_activity_kind_owner_site'), 'activity_kind', ['owner_site'], unique=False)
    op.create_table('attachment',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('media_type', sa.Text(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('linked_record', sa.Text(), nullable=True),
    sa.Column('linked_id', sa.Text(), nullable=True),
    sa.Column('page_code', sa.Text(), nullable=True),
    sa.Column('page_date', sa.Text(), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=True),
    sa.Column('shows_children', sa.Boolean(), nullable=True),
    sa.Column('consent', sa.Boolean(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_attachment_owner_site'), 'attachment', ['owner_site'], unique=False)
    op.create_table('audit',
    sa.Column('no', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('moment', sa.Text(), nullable=False),
    sa.Column('user', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('object', sa.Text(), nullable=True),
    sa.Column('names', sa.Text(), nullable=True),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('no'),
    sqlite_autoincrement=True
    )
    op.create_table('blob',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('sha256')
    )
    op.create_table('bundle_in',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('sender', sa.Text(), nullable=False),
    sa.Column('device', sa.Text(), nullable=True),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('made', sa.Text(), nullable=True),
    sa.Column('received', sa.Text(), nullable=False),
    sa.Column('from_arr', sa.Integer(), nullable=True),
    sa.Column('to_arr', sa.Integer(), nullable=True),
    sa.Column('digest', sa.LargeBinary(), nullable=True),
    sa.Column('result', sa.Text(), nullable=True),
    sa.Column('undone', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('bundle_out',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('store_id', sa.Text(), nullable=False),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('peer', sa.Text(), nullable=True),
    sa.Column('device', sa.Text(), nullable=True),
    sa.Column('from_arr', sa.Integer(), nullable=False),
    sa.Column('to_arr', sa.Integer(), nullable=False),
    sa.Column('writes', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('made', sa.Text(), nullable=False),
    sa.Column('file', sa.Text(), nullable=True),
    sa.Column('receipt', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_bundle_out_device'), 'bundle_out', ['device'], unique=False)
    op.create_table('checkpoint',
    sa.Column('store_id', sa.Text(), nullable=False),
    sa.Column('arr', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('store_id', 'arr')
    )
    op.create_table('choice',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('list', sa.Text(), nullable=True),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('label_en', sa.Text(), nullable=True),
    sa.Column('label_az', sa.Text(), nullable=True),
    sa.Column('label_ru', sa.Text(), nullable=True),
    sa.Column('parent', sa.Text(), nullable=True),
    sa.Column('retired', sa.Boolean(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_choice_owner_site'), 'choice', ['owner_site'], unique=False)
    op.create_table('conflict',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('ops', sa.Text(), nullable=False),
    sa.Column('opened', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_conflict_row'), 'conflict', ['row'], unique=False)
    op.create_table('draft',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.Column('saved', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_table('erased',
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.Column('moment', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row')
    )
    op.create_table('evicted',
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row')
    )
    op.create_table('field_rule',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('record', sa.Text(), nullable=True),
    sa.Column('field', sa.Text(), nullable=True),
    sa.Column('winner', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_field_rule_owner_site'), 'field_rule', ['owner_site'], unique=False)
    op.create_table('heard',
    sa.Column('store_id', sa.Text(), nullable=False),
    sa.Column('arr', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=True),
    sa.Column('no', sa.Integer(), nullable=False),
    sa.Column('bundle', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('store_id')
    )
    op.create_table('import_mapping',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('layout', sa.Text(), nullable=True),
    sa.Column('mapping', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_import_mapping_owner_site'), 'import_mapping', ['owner_site'], unique=False)
    op.create_table('indicator',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=True),
    sa.Column('title_az', sa.Text(), nullable=True),
    sa.Column('title_ru', sa.Text(), nullable=True),
    sa.Column('definition', sa.Text(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('count_type', sa.Text(), nullable=True),
    sa.Column('breakdowns', sa.Text(), nullable=True),
    sa.Column('baseline', sa.Float(), nullable=True),
    sa.Column('baseline_date', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_indicator_owner_site'), 'indicator', ['owner_site'], unique=False)
    op.create_table('meta',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_table('op',
    sa.Column('arr', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('id', sa.LargeBinary(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('arr'),
    sa.UniqueConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_op_row'), 'op', ['row'], unique=False)
    op.create_table('organisation',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=True),
    sa.Column('name_az', sa.Text(), nullable=True),
    sa.Column('name_ru', sa.Text(), nullable=True),
    sa.Column('short_name', sa.Text(), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('parent', sa.Text(), nullable=True),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('valid_from', sa.Text(), nullable=True),
    sa.Column('valid_to', sa.Text(), nullable=True),
    sa.Column('successor', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['parent'], ['organisation.id'], name=op.f('fk_organisation_parent'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['successor'], ['organisation.id'], name=op.f('fk_organisation_successor'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_organisation_owner_site'), 'organisation', ['owner_site'], unique=False)
    op.create_index(op.f('ix_organisation_parent'), 'organisation', ['parent'], unique=False)
    op.create_index(op.f('ix_organisation_successor'), 'organisation', ['successor'], unique=False)
    op.create_table('parked',
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('missing', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('row')
    )
    op.create_table('peer',
    sa.Column('store_id', sa.Text(), nullable=False),
    sa.Column('device', sa.Text(), nullable=True),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.Column('ended_at', sa.Integer(), nullable=True),
    sa.Column('acked_arr', sa.Integer(), nullable=False),
    sa.Column('acked_no', sa.Integer(), nullable=False),
    sa.Column('held_in', sa.Text(), nullable=True),
    sa.Column('seen_arr', sa.Integer(), nullable=False),
    sa.Column('seen_digest', sa.LargeBinary(), nullable=True),
    sa.Column('seen_no', sa.Integer(), nullable=False),
    sa.Column('seen_bundle', sa.Text(), nullable=True),
    sa.Column('last_no', sa.Integer(), nullable=False),
    sa.Column('last_bundle', sa.Text(), nullable=True),
    sa.Column('membership_no', sa.Integer(), nullable=False),
    sa.Column('wants_all', sa.Boolean(), nullable=False),
    sa.Column('announced', sa.Text(), nullable=True),
    sa.Column('wanted', sa.Text(), nullable=True),
    sa.Column('seed_version', sa.Integer(), nullable=False),
    sa.Column('state_differs', sa.Boolean(), nullable=False),
    sa.Column('last_received', sa.Text(), nullable=True),
    sa.Column('last_sent', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('store_id')
    )
    op.create_index(op.f('ix_peer_device'), 'peer', ['device'], unique=False)
    op.create_table('project',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=True),
    sa.Column('title_az', sa.Text(), nullable=True),
    sa.Column('title_ru', sa.Text(), nullable=True),
    sa.Column('aim', sa.Text(), nullable=True),
    sa.Column('objective', sa.Text(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.Column('donors', sa.Text(), nullable=True),
    sa.Column('budget_line', sa.Text(), nullable=True),
    sa.Column('mandate', sa.Text(), nullable=True),
    sa.Column('decisions', sa.Text(), nullable=True),
    sa.Column('dimension', sa.Text(), nullable=True),
    sa.Column('category', sa.Text(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('keywords', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_project_owner_site'), 'project', ['owner_site'], unique=False)
    op.create_table('quarantine',
    sa.Column('id', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=True),
    sa.Column('sender', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('received', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('report_freeze',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('report', sa.Text(), nullable=True),
    sa.Column('period_start', sa.Text(), nullable=True),
    sa.Column('period_end', sa.Text(), nullable=True),
    sa.Column('snapshot', sa.Text(), nullable=True),
    sa.Column('hash', sa.Text(), nullable=True),
    sa.Column('made_by', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_report_freeze_owner_site'), 'report_freeze', ['owner_site'], unique=False)
    op.create_table('roster',
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('sites', sa.Text(), nullable=False),
    sa.Column('signing_key', sa.LargeBinary(), nullable=False),
    sa.Column('recipient', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('stores', sa.Text(), nullable=False),
    sa.Column('past_sites', sa.Text(), nullable=False),
    sa.Column('last_accepted', sa.Text(), nullable=True),
    sa.Column('issued', sa.Text(), nullable=True),
    sa.Column('revoked', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('device')
    )
    op.create_table('said',
    sa.Column('store_id', sa.Text(), nullable=False),
    sa.Column('no', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('rows', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('store_id', 'no')
    )
    op.create_table('sent_scope',
    sa.Column('bundle', sa.Text(), nullable=False),
    sa.Column('rows', sa.LargeBinary(), nullable=False),
    sa.Column('evicted', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('bundle')
    )
    op.create_table('site',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=True),
    sa.Column('name_az', sa.Text(), nullable=True),
    sa.Column('name_ru', sa.Text(), nullable=True),
    sa.Column('former_names', sa.Text(), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('parent', sa.Text(), nullable=True),
    sa.Column('iso_code', sa.Text(), nullable=True),
    sa.Column('pilot_wave', sa.Integer(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.Column('strength_f', sa.Integer(), nullable=True),
    sa.Column('strength_m', sa.Integer(), nullable=True),
    sa.Column('strength_date', sa.Text(), nullable=True),
    sa.Column('neighbourhood_officers', sa.Integer(), nullable=True),
    sa.Column('population', sa.Integer(), nullable=True),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('coordinator', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['parent'], ['site.id'], name=op.f('fk_site_parent'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_site_owner_site'), 'site', ['owner_site'], unique=False)
    op.create_index(op.f('ix_site_parent'), 'site', ['parent'], unique=False)
    op.create_table('stub',
    sa.Column('row', sa.Text(), nullable=False),
    sa.Column('record', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('row')
    )
    op.create_table('template',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=True),
    sa.Column('name_az', sa.Text(), nullable=True),
    sa.Column('name_ru', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('orientation', sa.Text(), nullable=True),
    sa.Column('signatory_en', sa.Text(), nullable=True),
    sa.Column('signatory_az', sa.Text(), nullable=True),
    sa.Column('signatory_ru', sa.Text(), nullable=True),
    sa.Column('logo', sa.Text(), nullable=True),
    sa.Column('retired', sa.Boolean(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_template_owner_site'), 'template', ['owner_site'], unique=False)
    op.create_table('district',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=True),
    sa.Column('name_az', sa.Text(), nullable=True),
    sa.Column('name_ru', sa.Text(), nullable=True),
    sa.Column('population', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_district_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_district_owner_site'), 'district', ['owner_site'], unique=False)
    op.create_index(op.f('ix_district_site'), 'district', ['site'], unique=False)
    op.create_table('legacy_figure',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('indicator', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('sites', sa.Text(), nullable=True),
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('since', sa.Text(), nullable=True),
    sa.Column('as_of', sa.Text(), nullable=True),
    sa.Column('figure', sa.Integer(), nullable=True),
    sa.Column('over', sa.Boolean(), nullable=True),
    sa.Column('breakdown', sa.Text(), nullable=True),
    sa.Column('source_document', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['indicator'], ['indicator.id'], name=op.f('fk_legacy_figure_indicator'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_legacy_figure_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_legacy_figure_indicator'), 'legacy_figure', ['indicator'], unique=False)
    op.create_index(op.f('ix_legacy_figure_owner_site'), 'legacy_figure', ['owner_site'], unique=False)
    op.create_index(op.f('ix_legacy_figure_site'), 'legacy_figure', ['site'], unique=False)
    op.create_table('mechanism',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=True),
    sa.Column('name_az', sa.Text(), nullable=True),
    sa.Column('name_ru', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('location', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.Column('rhythm', sa.Text(), nullable=True),
    sa.Column('answer_days', sa.Integer(), nullable=True),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_mechanism_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_mechanism_owner_site'), 'mechanism', ['owner_site'], unique=False)
    op.create_index(op.f('ix_mechanism_site'), 'mechanism', ['site'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('surname', sa.Text(), nullable=True),
    sa.Column('given', sa.Text(), nullable=True),
    sa.Column('patronymic', sa.Text(), nullable=True),
    sa.Column('suffix', sa.Text(), nullable=True),
    sa.Column('name_ru', sa.Text(), nullable=True),
    sa.Column('name_printed', sa.Text(), nullable=True),
    sa.Column('aliases', sa.Text(), nullable=True),
    sa.Column('sex', sa.Text(), nullable=True),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('age_band', sa.Text(), nullable=True),
    sa.Column('citizen_category', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('rank', sa.Text(), nullable=True),
    sa.Column('service', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('languages', sa.Text(), nullable=True),
    sa.Column('roles', sa.Text(), nullable=True),
    sa.Column('expert_fields', sa.Text(), nullable=True),
    sa.Column('expert_availability', sa.Text(), nullable=True),
    sa.Column('expert_country', sa.Text(), nullable=True),
    sa.Column('consent', sa.Text(), nullable=True),
    sa.Column('notice_date', sa.Text(), nullable=True),
    sa.Column('notice_version', sa.Text(), nullable=True),
    sa.Column('notice_language', sa.Text(), nullable=True),
    sa.Column('retention_until', sa.Text(), nullable=True),
    sa.Column('guardian', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('merged_into', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['merged_into'], ['person.id'], name=op.f('fk_person_merged_into'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_person_organisation'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_person_merged_into'), 'person', ['merged_into'], unique=False)
    op.create_index(op.f('ix_person_organisation'), 'person', ['organisation'], unique=False)
    op.create_index(op.f('ix_person_owner_site'), 'person', ['owner_site'], unique=False)
    op.create_index('ix_person_surname', 'person', ['surname'], unique=False)
    op.create_table('plan_line',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('project', sa.Text(), nullable=True),
    sa.Column('parent', sa.Text(), nullable=True),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=True),
    sa.Column('title_az', sa.Text(), nullable=True),
    sa.Column('title_ru', sa.Text(), nullable=True),
    sa.Column('approach', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('sites', sa.Text(), nullable=True),
    sa.Column('target', sa.Integer(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('quarters', sa.Text(), nullable=True),
    sa.Column('responsible', sa.Text(), nullable=True),
    sa.Column('topics', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['parent'], ['plan_line.id'], name=op.f('fk_plan_line_parent'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['project'], ['project.id'], name=op.f('fk_plan_line_project'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_plan_line_owner_site'), 'plan_line', ['owner_site'], unique=False)
    op.create_index(op.f('ix_plan_line_parent'), 'plan_line', ['parent'], unique=False)
    op.create_index(op.f('ix_plan_line_project'), 'plan_line', ['project'], unique=False)
    op.create_table('target',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('indicator', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('quarter', sa.Text(), nullable=True),
    sa.Column('value', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['indicator'], ['indicator.id'], name=op.f('fk_target_indicator'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_target_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_target_indicator'), 'target', ['indicator'], unique=False)
    op.create_index(op.f('ix_target_owner_site'), 'target', ['owner_site'], unique=False)
    op.create_index(op.f('ix_target_site'), 'target', ['site'], unique=False)
    op.create_table('venue',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('accessible', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_venue_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_venue_owner_site'), 'venue', ['owner_site'], unique=False)
    op.create_index(op.f('ix_venue_site'), 'venue', ['site'], unique=False)
    op.create_table('group',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('name_en', sa.Text(), nullable=True),
    sa.Column('name_az', sa.Text(), nullable=True),
    sa.Column('name_ru', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('district', sa.Text(), nullable=True),
    sa.Column('founded', sa.Text(), nullable=True),
    sa.Column('legal_basis', sa.Text(), nullable=True),
    sa.Column('territory', sa.Text(), nullable=True),
    sa.Column('rhythm', sa.Text(), nullable=True),
    sa.Column('quorum_percent', sa.Integer(), nullable=True),
    sa.Column('women_goal_percent', sa.Integer(), nullable=True),
    sa.Column('civilian_goal_percent', sa.Integer(), nullable=True),
    sa.Column('minority_goal_percent', sa.Integer(), nullable=True),
    sa.Column('standing_agenda', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['district'], ['district.id'], name=op.f('fk_group_district'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_group_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_group_district'), 'group', ['district'], unique=False)
    op.create_index(op.f('ix_group_owner_site'), 'group', ['owner_site'], unique=False)
    op.create_index(op.f('ix_group_site'), 'group', ['site'], unique=False)
    op.create_table('pair_decision',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('person_1', sa.Text(), nullable=True),
    sa.Column('person_2', sa.Text(), nullable=True),
    sa.Column('verdict', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['person_1'], ['person.id'], name=op.f('fk_pair_decision_person_1'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_2'], ['person.id'], name=op.f('fk_pair_decision_person_2'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_pair_decision_owner_site'), 'pair_decision', ['owner_site'], unique=False)
    op.create_index(op.f('ix_pair_decision_person_1'), 'pair_decision', ['person_1'], unique=False)
    op.create_index(op.f('ix_pair_decision_person_2'), 'pair_decision', ['person_2'], unique=False)
    op.create_table('posting',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('rank', sa.Text(), nullable=True),
    sa.Column('post', sa.Text(), nullable=True),
    sa.Column('appointed_on', sa.Text(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_posting_organisation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_posting_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_posting_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_posting_organisation'), 'posting', ['organisation'], unique=False)
    op.create_index(op.f('ix_posting_owner_site'), 'posting', ['owner_site'], unique=False)
    op.create_index(op.f('ix_posting_person'), 'posting', ['person'], unique=False)
    op.create_index(op.f('ix_posting_site'), 'posting', ['site'], unique=False)
    op.create_table('reading',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('mechanism', sa.Text(), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('date', sa.Text(), nullable=True),
    sa.Column('category', sa.Text(), nullable=True),
    sa.Column('count', sa.Integer(), nullable=True),
    sa.Column('answered', sa.Integer(), nullable=True),
    sa.Column('answered_in_days', sa.Integer(), nullable=True),
    sa.Column('witness_1', sa.Text(), nullable=True),
    sa.Column('witness_2', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['mechanism'], ['mechanism.id'], name=op.f('fk_reading_mechanism'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_reading_mechanism'), 'reading', ['mechanism'], unique=False)
    op.create_index(op.f('ix_reading_owner_site'), 'reading', ['owner_site'], unique=False)
    op.create_table('activity',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=True),
    sa.Column('title_az', sa.Text(), nullable=True),
    sa.Column('title_ru', sa.Text(), nullable=True),
    sa.Column('project', sa.Text(), nullable=True),
    sa.Column('plan_line', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('sites', sa.Text(), nullable=True),
    sa.Column('venue', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('status_reason', sa.Text(), nullable=True),
    sa.Column('owner_unit', sa.Text(), nullable=True),
    sa.Column('group', sa.Text(), nullable=True),
    sa.Column('cloned_from', sa.Text(), nullable=True),
    sa.Column('field_of_work', sa.Text(), nullable=True),
    sa.Column('fields_of_work', sa.Text(), nullable=True),
    sa.Column('topics', sa.Text(), nullable=True),
    sa.Column('audiences', sa.Text(), nullable=True),
    sa.Column('co_sponsors', sa.Text(), nullable=True),
    sa.Column('partners', sa.Text(), nullable=True),
    sa.Column('decisions', sa.Text(), nullable=True),
    sa.Column('dimension', sa.Text(), nullable=True),
    sa.Column('gender_marker', sa.Text(), nullable=True),
    sa.Column('languages', sa.Text(), nullable=True),
    sa.Column('recommended_by', sa.Text(), nullable=True),
    sa.Column('summary', sa.Text(), nullable=True),
    sa.Column('results', sa.Text(), nullable=True),
    sa.Column('lessons', sa.Text(), nullable=True),
    sa.Column('restricted', sa.Boolean(), nullable=True),
    sa.Column('confidential_note', sa.Text(), nullable=True),
    sa.Column('quorum_percent', sa.Integer(), nullable=True),
    sa.Column('next_date', sa.Text(), nullable=True),
    sa.Column('threshold_percent', sa.Integer(), nullable=True),
    sa.Column('minutes_version', sa.Integer(), nullable=True),
    sa.Column('minutes_signed', sa.Text(), nullable=True),
    sa.Column('minutes_text', sa.Text(), nullable=True),
    sa.Column('approved_by', sa.Text(), nullable=True),
    sa.Column('approved_on', sa.Text(), nullable=True),
    sa.Column('details', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['cloned_from'], ['activity.id'], name=op.f('fk_activity_cloned_from'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['group'], ['group.id'], name=op.f('fk_activity_group'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['plan_line'], ['plan_line.id'], name=op.f('fk_activity_plan_line'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['project'], ['project.id'], name=op.f('fk_activity_project'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_activity_site'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['venue'], ['venue.id'], name=op.f('fk_activity_venue'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_activity_cloned_from'), 'activity', ['cloned_from'], unique=False)
    op.create_index(op.f('ix_activity_group'), 'activity', ['group'], unique=False)
    op.create_index('ix_activity_kind', 'activity', ['kind'], unique=False)
    op.create_index(op.f('ix_activity_owner_site'), 'activity', ['owner_site'], unique=False)
    op.create_index(op.f('ix_activity_plan_line'), 'activity', ['plan_line'], unique=False)
    op.create_index(op.f('ix_activity_project'), 'activity', ['project'], unique=False)
    op.create_index(op.f('ix_activity_site'), 'activity', ['site'], unique=False)
    op.create_index('ix_activity_start', 'activity', ['start'], unique=False)
    op.create_index(op.f('ix_activity_venue'), 'activity', ['venue'], unique=False)
    op.create_table('membership',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('group', sa.Text(), nullable=True),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('seat', sa.Text(), nullable=True),
    sa.Column('role', sa.Text(), nullable=True),
    sa.Column('side', sa.Text(), nullable=True),
    sa.Column('minority', sa.Boolean(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['group'], ['group.id'], name=op.f('fk_membership_group'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_membership_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_membership_group'), 'membership', ['group'], unique=False)
    op.create_index(op.f('ix_membership_owner_site'), 'membership', ['owner_site'], unique=False)
    op.create_index(op.f('ix_membership_person'), 'membership', ['person'], unique=False)
    op.create_table('action_item',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('group', sa.Text(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('owner_person', sa.Text(), nullable=True),
    sa.Column('owner_organisation', sa.Text(), nullable=True),
    sa.Column('owner_name', sa.Text(), nullable=True),
    sa.Column('due', sa.Text(), nullable=True),
    sa.Column('priority', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('closed_on', sa.Text(), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=True),
    sa.Column('carried', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_action_item_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['group'], ['group.id'], name=op.f('fk_action_item_group'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['owner_organisation'], ['organisation.id'], name=op.f('fk_action_item_owner_organisation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['owner_person'], ['person.id'], name=op.f('fk_action_item_owner_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_action_item_activity'), 'action_item', ['activity'], unique=False)
    op.create_index(op.f('ix_action_item_group'), 'action_item', ['group'], unique=False)
    op.create_index(op.f('ix_action_item_owner_organisation'), 'action_item', ['owner_organisation'], unique=False)
    op.create_index(op.f('ix_action_item_owner_person'), 'action_item', ['owner_person'], unique=False)
    op.create_index(op.f('ix_action_item_owner_site'), 'action_item', ['owner_site'], unique=False)
    op.create_table('competition',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('theme', sa.Text(), nullable=True),
    sa.Column('jury', sa.Text(), nullable=True),
    sa.Column('entries_f', sa.Integer(), nullable=True),
    sa.Column('entries_m', sa.Integer(), nullable=True),
    sa.Column('schools', sa.Integer(), nullable=True),
    sa.Column('teams', sa.Integer(), nullable=True),
    sa.Column('passed_f', sa.Integer(), nullable=True),
    sa.Column('passed_m', sa.Integer(), nullable=True),
    sa.Column('criteria', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_competition_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_competition_activity'), 'competition', ['activity'], unique=False)
    op.create_index(op.f('ix_competition_owner_site'), 'competition', ['owner_site'], unique=False)
    op.create_table('cost',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('amount', sa.Float(), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('rate', sa.Float(), nullable=True),
    sa.Column('funder', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_cost_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['funder'], ['organisation.id'], name=op.f('fk_cost_funder'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_cost_activity'), 'cost', ['activity'], unique=False)
    op.create_index(op.f('ix_cost_funder'), 'cost', ['funder'], unique=False)
    op.create_index(op.f('ix_cost_owner_site'), 'cost', ['owner_site'], unique=False)
    op.create_table('evaluation',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('question', sa.Text(), nullable=True),
    sa.Column('stage', sa.Text(), nullable=True),
    sa.Column('score_1', sa.Integer(), nullable=True),
    sa.Column('score_2', sa.Integer(), nullable=True),
    sa.Column('score_3', sa.Integer(), nullable=True),
    sa.Column('score_4', sa.Integer(), nullable=True),
    sa.Column('score_5', sa.Integer(), nullable=True),
    sa.Column('remarks', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_evaluation_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_evaluation_activity'), 'evaluation', ['activity'], unique=False)
    op.create_index(op.f('ix_evaluation_owner_site'), 'evaluation', ['owner_site'], unique=False)
    op.create_table('expert_mission',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('expert', sa.Text(), nullable=True),
    sa.Column('expert_name', sa.Text(), nullable=True),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.Column('days', sa.Float(), nullable=True),
    sa.Column('terms', sa.Text(), nullable=True),
    sa.Column('fee', sa.Float(), nullable=True),
    sa.Column('currency', sa.Text(), nullable=True),
    sa.Column('report', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_expert_mission_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['expert'], ['person.id'], name=op.f('fk_expert_mission_expert'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_expert_mission_activity'), 'expert_mission', ['activity'], unique=False)
    op.create_index(op.f('ix_expert_mission_expert'), 'expert_mission', ['expert'], unique=False)
    op.create_index(op.f('ix_expert_mission_owner_site'), 'expert_mission', ['owner_site'], unique=False)
    op.create_table('headcount',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('figure', sa.Integer(), nullable=True),
    sa.Column('low', sa.Integer(), nullable=True),
    sa.Column('high', sa.Integer(), nullable=True),
    sa.Column('women', sa.Integer(), nullable=True),
    sa.Column('men', sa.Integer(), nullable=True),
    sa.Column('minors', sa.Integer(), nullable=True),
    sa.Column('method', sa.Text(), nullable=True),
    sa.Column('audience', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('official', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_headcount_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_headcount_activity'), 'headcount', ['activity'], unique=False)
    op.create_index(op.f('ix_headcount_owner_site'), 'headcount', ['owner_site'], unique=False)
    op.create_table('meeting_item',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('agenda', sa.Text(), nullable=True),
    sa.Column('discussion', sa.Text(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('vote_for', sa.Integer(), nullable=True),
    sa.Column('vote_against', sa.Integer(), nullable=True),
    sa.Column('vote_abstained', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_meeting_item_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_meeting_item_activity'), 'meeting_item', ['activity'], unique=False)
    op.create_index(op.f('ix_meeting_item_owner_site'), 'meeting_item', ['owner_site'], unique=False)
    op.create_table('milestone',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('due', sa.Text(), nullable=True),
    sa.Column('done_on', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_milestone_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_milestone_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_milestone_activity'), 'milestone', ['activity'], unique=False)
    op.create_index(op.f('ix_milestone_owner_site'), 'milestone', ['owner_site'], unique=False)
    op.create_index(op.f('ix_milestone_site'), 'milestone', ['site'], unique=False)
    op.create_table('output',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=True),
    sa.Column('title_az', sa.Text(), nullable=True),
    sa.Column('title_ru', sa.Text(), nullable=True),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('series', sa.Text(), nullable=True),
    sa.Column('volume', sa.Integer(), nullable=True),
    sa.Column('issue', sa.Integer(), nullable=True),
    sa.Column('language', sa.Text(), nullable=True),
    sa.Column('stage', sa.Text(), nullable=True),
    sa.Column('date', sa.Text(), nullable=True),
    sa.Column('print_run', sa.Integer(), nullable=True),
    sa.Column('minutes', sa.Float(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('isbn', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('authors', sa.Text(), nullable=True),
    sa.Column('target_readers', sa.Text(), nullable=True),
    sa.Column('designs', sa.Integer(), nullable=True),
    sa.Column('removal_date', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_output_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_output_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_output_activity'), 'output', ['activity'], unique=False)
    op.create_index(op.f('ix_output_owner_site'), 'output', ['owner_site'], unique=False)
    op.create_index(op.f('ix_output_site'), 'output', ['site'], unique=False)
    op.create_table('participation',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('role', sa.Text(), nullable=True),
    sa.Column('rank', sa.Text(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('service', sa.Text(), nullable=True),
    sa.Column('audience', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('sheet_row', sa.Integer(), nullable=True),
    sa.Column('pre_test', sa.Float(), nullable=True),
    sa.Column('post_test', sa.Float(), nullable=True),
    sa.Column('satisfaction', sa.Integer(), nullable=True),
    sa.Column('hours', sa.Float(), nullable=True),
    sa.Column('per_diem', sa.Float(), nullable=True),
    sa.Column('per_diem_signed', sa.Boolean(), nullable=True),
    sa.Column('badge', sa.Text(), nullable=True),
    sa.Column('sex', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_participation_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_participation_organisation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_participation_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_participation_activity'), 'participation', ['activity'], unique=False)
    op.create_index(op.f('ix_participation_organisation'), 'participation', ['organisation'], unique=False)
    op.create_index(op.f('ix_participation_owner_site'), 'participation', ['owner_site'], unique=False)
    op.create_index(op.f('ix_participation_person'), 'participation', ['person'], unique=False)
    op.create_table('policy_document',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('title_en', sa.Text(), nullable=True),
    sa.Column('title_az', sa.Text(), nullable=True),
    sa.Column('title_ru', sa.Text(), nullable=True),
    sa.Column('number', sa.Text(), nullable=True),
    sa.Column('date', sa.Text(), nullable=True),
    sa.Column('stage', sa.Text(), nullable=True),
    sa.Column('version', sa.Text(), nullable=True),
    sa.Column('supersedes', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('hours_before', sa.Integer(), nullable=True),
    sa.Column('hours_after', sa.Integer(), nullable=True),
    sa.Column('adopted_on', sa.Text(), nullable=True),
    sa.Column('languages', sa.Text(), nullable=True),
    sa.Column('target_readers', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_policy_document_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_policy_document_organisation'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_policy_document_activity'), 'policy_document', ['activity'], unique=False)
    op.create_index(op.f('ix_policy_document_organisation'), 'policy_document', ['organisation'], unique=False)
    op.create_index(op.f('ix_policy_document_owner_site'), 'policy_document', ['owner_site'], unique=False)
    op.create_table('press_item',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('headline', sa.Text(), nullable=True),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('outlet', sa.Text(), nullable=True),
    sa.Column('date', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('field_of_work', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_press_item_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_press_item_activity'), 'press_item', ['activity'], unique=False)
    op.create_index(op.f('ix_press_item_owner_site'), 'press_item', ['owner_site'], unique=False)
    op.create_table('programme_element',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=True),
    sa.Column('planned_at', sa.Text(), nullable=True),
    sa.Column('happened_at', sa.Text(), nullable=True),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('audience', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_programme_element_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_programme_element_activity'), 'programme_element', ['activity'], unique=False)
    op.create_index(op.f('ix_programme_element_owner_site'), 'programme_element', ['owner_site'], unique=False)
    op.create_table('recommendation',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('addressee', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('state_date', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_recommendation_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['addressee'], ['organisation.id'], name=op.f('fk_recommendation_addressee'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_recommendation_activity'), 'recommendation', ['activity'], unique=False)
    op.create_index(op.f('ix_recommendation_addressee'), 'recommendation', ['addressee'], unique=False)
    op.create_index(op.f('ix_recommendation_owner_site'), 'recommendation', ['owner_site'], unique=False)
    op.create_table('request',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('received_on', sa.Text(), nullable=True),
    sa.Column('organisation', sa.Text(), nullable=True),
    sa.Column('requested_by', sa.Text(), nullable=True),
    sa.Column('subject', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_on', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_request_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['organisation'], ['organisation.id'], name=op.f('fk_request_organisation'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_request_activity'), 'request', ['activity'], unique=False)
    op.create_index(op.f('ix_request_organisation'), 'request', ['organisation'], unique=False)
    op.create_index(op.f('ix_request_owner_site'), 'request', ['owner_site'], unique=False)
    op.create_table('session',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('date', sa.Text(), nullable=True),
    sa.Column('part', sa.Text(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.Column('hours', sa.Float(), nullable=True),
    sa.Column('topics', sa.Text(), nullable=True),
    sa.Column('title', sa.Text(), nullable=True),
    sa.Column('trainers', sa.Text(), nullable=True),
    sa.Column('mode', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_session_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_session_activity'), 'session', ['activity'], unique=False)
    op.create_index('ix_session_date', 'session', ['date'], unique=False)
    op.create_index(op.f('ix_session_owner_site'), 'session', ['owner_site'], unique=False)
    op.create_table('survey',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=True),
    sa.Column('title_az', sa.Text(), nullable=True),
    sa.Column('title_ru', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('start', sa.Text(), nullable=True),
    sa.Column('end', sa.Text(), nullable=True),
    sa.Column('method', sa.Text(), nullable=True),
    sa.Column('sample', sa.Integer(), nullable=True),
    sa.Column('sample_f', sa.Integer(), nullable=True),
    sa.Column('sample_m', sa.Integer(), nullable=True),
    sa.Column('population', sa.Integer(), nullable=True),
    sa.Column('series', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_survey_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_survey_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_survey_activity'), 'survey', ['activity'], unique=False)
    op.create_index(op.f('ix_survey_owner_site'), 'survey', ['owner_site'], unique=False)
    op.create_index(op.f('ix_survey_site'), 'survey', ['site'], unique=False)
    op.create_table('tally',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('door', sa.Text(), nullable=True),
    sa.Column('device', sa.Text(), nullable=True),
    sa.Column('hour', sa.Text(), nullable=True),
    sa.Column('category', sa.Text(), nullable=True),
    sa.Column('delta', sa.Integer(), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_tally_activity'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_tally_activity'), 'tally', ['activity'], unique=False)
    op.create_index(op.f('ix_tally_owner_site'), 'tally', ['owner_site'], unique=False)
    op.create_table('travel',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('activity', sa.Text(), nullable=True),
    sa.Column('country', sa.Text(), nullable=True),
    sa.Column('city', sa.Text(), nullable=True),
    sa.Column('host', sa.Text(), nullable=True),
    sa.Column('delegates', sa.Integer(), nullable=True),
    sa.Column('departure', sa.Text(), nullable=True),
    sa.Column('return_date', sa.Text(), nullable=True),
    sa.Column('nights', sa.Integer(), nullable=True),
    sa.Column('programme', sa.Text(), nullable=True),
    sa.Column('trip_report', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['activity'], ['activity.id'], name=op.f('fk_travel_activity'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['host'], ['organisation.id'], name=op.f('fk_travel_host'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_travel_activity'), 'travel', ['activity'], unique=False)
    op.create_index(op.f('ix_travel_host'), 'travel', ['host'], unique=False)
    op.create_index(op.f('ix_travel_owner_site'), 'travel', ['owner_site'], unique=False)
    op.create_table('airing',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('output', sa.Text(), nullable=True),
    sa.Column('date', sa.Text(), nullable=True),
    sa.Column('time', sa.Text(), nullable=True),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('viewers', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['output'], ['output.id'], name=op.f('fk_airing_output'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_airing_output'), 'airing', ['output'], unique=False)
    op.create_index(op.f('ix_airing_owner_site'), 'airing', ['owner_site'], unique=False)
    op.create_table('attendance',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('participation', sa.Text(), nullable=True),
    sa.Column('session', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=True),
    sa.Column('hours', sa.Float(), nullable=True),
    sa.Column('source', sa.Text(), nullable=True),
    sa.Column('signed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['participation'], ['participation.id'], name=op.f('fk_attendance_participation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['session'], ['session.id'], name=op.f('fk_attendance_session'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_attendance_owner_site'), 'attendance', ['owner_site'], unique=False)
    op.create_index(op.f('ix_attendance_participation'), 'attendance', ['participation'], unique=False)
    op.create_index(op.f('ix_attendance_session'), 'attendance', ['session'], unique=False)
    op.create_table('certificate',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('participation', sa.Text(), nullable=True),
    sa.Column('serial', sa.Text(), nullable=True),
    sa.Column('template', sa.Text(), nullable=True),
    sa.Column('language', sa.Text(), nullable=True),
    sa.Column('issued_on', sa.Text(), nullable=True),
    sa.Column('name_as_printed', sa.Text(), nullable=True),
    sa.Column('revoked_on', sa.Text(), nullable=True),
    sa.Column('issued_by', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['participation'], ['participation.id'], name=op.f('fk_certificate_participation'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['template'], ['template.id'], name=op.f('fk_certificate_template'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_certificate_owner_site'), 'certificate', ['owner_site'], unique=False)
    op.create_index(op.f('ix_certificate_participation'), 'certificate', ['participation'], unique=False)
    op.create_index(op.f('ix_certificate_template'), 'certificate', ['template'], unique=False)
    op.create_table('distribution',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('output', sa.Text(), nullable=True),
    sa.Column('site', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('date', sa.Text(), nullable=True),
    sa.Column('quantity', sa.Integer(), nullable=True),
    sa.Column('receiver', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['output'], ['output.id'], name=op.f('fk_distribution_output'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['site'], ['site.id'], name=op.f('fk_distribution_site'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_distribution_output'), 'distribution', ['output'], unique=False)
    op.create_index(op.f('ix_distribution_owner_site'), 'distribution', ['owner_site'], unique=False)
    op.create_index(op.f('ix_distribution_site'), 'distribution', ['site'], unique=False)
    op.create_table('question',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('survey', sa.Text(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('text_en', sa.Text(), nullable=True),
    sa.Column('text_az', sa.Text(), nullable=True),
    sa.Column('text_ru', sa.Text(), nullable=True),
    sa.Column('type', sa.Text(), nullable=True),
    sa.Column('trend_key', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['survey'], ['survey.id'], name=op.f('fk_question_survey'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_question_owner_site'), 'question', ['owner_site'], unique=False)
    op.create_index(op.f('ix_question_survey'), 'question', ['survey'], unique=False)
    op.create_table('quote',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('press_item', sa.Text(), nullable=True),
    sa.Column('speaker', sa.Text(), nullable=True),
    sa.Column('speaker_title', sa.Text(), nullable=True),
    sa.Column('person', sa.Text(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['person'], ['person.id'], name=op.f('fk_quote_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['press_item'], ['press_item.id'], name=op.f('fk_quote_press_item'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_quote_owner_site'), 'quote', ['owner_site'], unique=False)
    op.create_index(op.f('ix_quote_person'), 'quote', ['person'], unique=False)
    op.create_index(op.f('ix_quote_press_item'), 'quote', ['press_item'], unique=False)
    op.create_table('result',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('competition', sa.Text(), nullable=True),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('winner', sa.Text(), nullable=True),
    sa.Column('consent', sa.Boolean(), nullable=True),
    sa.Column('school', sa.Text(), nullable=True),
    sa.Column('sex', sa.Text(), nullable=True),
    sa.Column('score', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['competition'], ['competition.id'], name=op.f('fk_result_competition'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_result_competition'), 'result', ['competition'], unique=False)
    op.create_index(op.f('ix_result_owner_site'), 'result', ['owner_site'], unique=False)
    op.create_table('answer_count',
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('owner_site', sa.Text(), nullable=True),
    sa.Column('deleted', sa.Boolean(), nullable=False),
    sa.Column('question', sa.Text(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('option_en', sa.Text(), nullable=True),
    sa.Column('option_az', sa.Text(), nullable=True),
    sa.Column('option_ru', sa.Text(), nullable=True),
    sa.Column('positive', sa.Boolean(), nullable=True),
    sa.Column('age_band', sa.Text(), nullable=True),
    sa.Column('count_f', sa.Integer(), nullable=True),
    sa.Column('count_m', sa.Integer(), nullable=True),
    sa.Column('count_unknown', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['question'], ['question.id'], name=op.f('fk_answer_count_question'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_answer_count_owner_site'), 'answer_count', ['owner_site'], unique=False)
    op.create_index(op.f('ix_answer_count_question'), 'answer_count', ['question'], unique=False)
