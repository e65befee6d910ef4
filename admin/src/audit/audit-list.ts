import { useQuery } from '@urql/vue';
import { h } from 'vue';
import { useI18n } from 'vue-i18n';
import {
  AuditEntryExportCreateDocument,
  AuditLogChoicesDocument,
  AuditLogDocument,
} from '../generated/audit/graphql';
import type { AuditRowFragment } from '../generated/audit/graphql';
import { code, moment } from '../ui/lists/cells';
import { defineList } from '../ui/lists/define-list';
import { listExport } from '../ui/lists/export/list-export';
import AuditActor from './AuditActor.vue';
import AuditCard from './AuditCard.vue';
import AuditEntities from './AuditEntities.vue';
import AuditOperation from './AuditOperation.vue';
import { toAuditFilter } from './audit-filter';
import { entityName, operationName } from './audit-words';

const entryTo = ({ id }: AuditRowFragment) => ({ name: 'activity-entry', params: { id } });

export const auditList = defineList({
  name: 'activity',
  title: 'audit.title',
  query: AuditLogDocument,
  connection: (data) => data.auditLog,
  types: ['AuditEntry'],
  filters: {
    who: { label: 'audit.who', kind: 'many' },
    what: { label: 'audit.what', kind: 'many' },
    about: { label: 'audit.about', kind: 'many' },
    from: { label: 'audit.from', kind: 'date' },
    to: { label: 'audit.to', kind: 'date' },
  },
  choices: () => {
    const { t, te } = useI18n();
    const { data } = useQuery({ query: AuditLogChoicesDocument, requestPolicy: 'cache-and-network' });
    const byLabel = (choices: { value: string; label: string }[]) =>
      choices.toSorted((a, b) => a.label.localeCompare(b.label));
    const named = (names: readonly string[] | undefined, nameOf: typeof operationName) =>
      byLabel((names ?? []).map((value) => ({ value, label: nameOf(value, { t, te }) })));
    return {
      who: () =>
        (data.value?.auditLogChoices.actors ?? []).map(({ id, name }) => ({
          value: id,
          label: name ?? t('audit.gone'),
        })),
      what: () => named(data.value?.auditLogChoices.operations, operationName),
      about: () => named(data.value?.auditLogChoices.entityTypes, entityName),
    };
  },
  toFilter: toAuditFilter,
  exports: listExport(AuditEntryExportCreateDocument, (data) => data.auditEntryExportCreate, {
    what: ['OPERATION'],
    about: ['ENTITIES', 'CHANGES'],
    who: ['ACTOR', 'ACTOR_KIND'],
    when: ['AT'],
    request: ['REQUEST_ID'],
  }),
  columns: {
    what: {
      header: 'audit.what',
      required: true,
      cell: (entry) => h(AuditOperation, { entry, to: entryTo(entry) }),
    },
    about: { header: 'audit.about', cell: (entry) => h(AuditEntities, { entry }) },
    who: { header: 'audit.who', cell: (entry) => h(AuditActor, { entry }) },
    when: { header: 'audit.when', cell: ({ at }) => moment(at) },
    request: {
      header: 'audit.request',
      wideOnly: true,
      hidden: true,
      cell: ({ requestId }) => code(requestId),
    },
  },
  rowTo: entryTo,
  card: (entry) => h(AuditCard, { entry }),
  empty: { icon: 'i-lucide-history', title: 'audit.empty', hint: 'audit.emptyHint' },
});
