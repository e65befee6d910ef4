import { defineIdPrefixes } from '../../kernel/ids.js';
import { statement, t } from '../../platform/database/database.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { DAYS, OLD_ROWS_BATCH } from '../../platform/jobs/old-rows.js';
import { defineModule } from '../../platform/module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { identityModule } from '../identity/identity.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { returnsModule } from '../returns/returns.module.js';
import { AuditChangeEntity, AuditEntryEntity } from './audit.entity.js';
import { AuditList, entryById } from './audit-list.js';
import { AuditResolver, HISTORIES } from './audit.resolver.js';

const idPrefixes = defineIdPrefixes({ audit: 'AuditEntry' });
const permissions = definePermissions({
  AUDIT_READ: { description: 'Read the audit log: what staff wrote, and when.', role: Role.ADMIN },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

const oldEntries = statement('audit.delete-old-entries', {
  params: DAYS,
  row: { id: t.uuid },
  sql: `SELECT deleted AS id FROM delete_old_audit_entries(:days, ${OLD_ROWS_BATCH}) AS deleted`,
});

export interface AuditSettings {
  /** For how many days an entry is kept. */
  readonly days: number;
}

/** Reads the audit log, which the database writes: `platform/audit/recording.ts` says when and how. */
export const auditModule = defineModule({
  name: 'audit',
  dependsOn: [catalogModule, ordersModule, returnsModule, identityModule],
  tables: {
    audit_entry:
      'Deleted each night: so many days (KEEP_AUDIT_DAYS, five years unless set) after it was written. Values of people and secrets are not in it.',
    audit_change: 'Deleted with its entry.',
  },
  idPrefixes,
  permissions,
  entities: [AuditEntryEntity, AuditChangeEntity],
  resolvers: [AuditResolver, ...HISTORIES],
  nodes: {
    audit: {
      type: 'AuditEntry',
      find: async (id, { viewer, database }) =>
        viewer?.permissions.has('AUDIT_READ') ? database.row(entryById, { id }) : null,
    },
  },
  setup: ({ database, cursors }, _services, { days }: AuditSettings) => {
    const list = new AuditList(database, cursors);
    return {
      services: {},
      resolvers: [new AuditResolver(list), ...HISTORIES.map((History) => new History(list))],
      oldRows: [{ statement: oldEntries, days }],
    };
  },
});
