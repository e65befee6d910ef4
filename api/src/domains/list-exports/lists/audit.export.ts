import { Role } from '../../../platform/graphql/roles.js';
import {
  AuditList,
  AuditLogFilter,
  auditQuery,
  changedFields,
  type AuditChangeRow,
  type AuditEntryRow,
  type AuditQuery,
  type WrittenChanges,
} from '../../audit/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

type Changes = ReadonlyMap<string, WrittenChanges>;

/** `variant CHANGED price: 1000 → 1200`; a hidden value is said to have changed. */
function toldChange({ record, kind, changes }: AuditChangeRow): string {
  const fields = changedFields(changes).map(({ field, before, after, isHidden }) =>
    isHidden ? `${field}: changed` : `${field}: ${before ?? '–'} → ${after ?? '–'}`,
  );
  return `${record} ${kind}${fields.length > 0 ? ` ${fields.join('; ')}` : ''}`;
}

export const auditExport = coreExport<AuditEntryRow, AuditQuery, Changes>({
  name: 'AuditEntry',
  rows: 'entries of the audit log',
  role: Role.ADMIN,
  permission: 'AUDIT_READ',
  filter: AuditLogFilter,
  query: (_search, filter) => auditQuery(filter),
  moments: ['from', 'to'],
  columns: {
    AT: momentColumn('When.', ({ at }) => at),
    ACTOR_KIND: plainColumn('What kind of actor it was.', ({ actorKind }) => actorKind),
    ACTOR: typedColumn('The name of the member of staff.', ({ actorName }) => actorName),
    OPERATION: plainColumn('The operation.', ({ operation }) => operation),
    ENTITIES: plainColumn('The types of what was written.', ({ id }, { more }) =>
      [...new Set((more.get(id)?.shown ?? []).map(({ entityType }) => entityType))].join(' '),
    ),
    CHANGES: typedColumn(
      'The records that were written, with their fields before and after.',
      ({ id }, { more }) => {
        const { shown = [], hasMore = false } = more.get(id) ?? {};
        // As in the list: of work on many records the first hundred are told, and that there are more.
        return [...shown.map(toldChange), ...(hasMore ? ['…'] : [])].join('\n');
      },
    ),
    // A client chooses it.
    REQUEST_ID: typedColumn('The request.', ({ requestId }) => requestId),
  },
  read: ({ database, cursors }) => {
    const list = new AuditList(database, cursors);
    return {
      page: (query, _sort, page) => list.page(query, page),
      count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
      more: async (entries) => {
        const changes = await list.changesOf(entries);
        return new Map(entries.map(({ id }, at) => [id, changes[at]!]));
      },
    };
  },
});
