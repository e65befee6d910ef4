import { z } from 'zod';
import { defineIdPrefixes } from '../../kernel/ids.js';
import { statement } from '../../platform/database/database.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineJob, handleJob } from '../../platform/jobs/define-job.js';
import { DAYS, OLD_ROWS_BATCH, olderThanDays, type OldRows } from '../../platform/jobs/old-rows.js';
import { defineModule } from '../../platform/module.js';
import { mediaModule } from '../media/index.js';
import { identityModule } from '../identity/identity.module.js';
import { longJobsModule } from '../long-jobs/long-jobs.module.js';
import { ImportAccess } from './import-access.js';
import { ImportFiles } from './import-files.service.js';
import { importJobs } from './import-jobs.js';
import { ImportLinks, importLinks } from './import-links.js';
import { ImportLists } from './import-lists.js';
import { importRoutes } from './import-routes.js';
import { ImportMappingEntity, ImportRowEntity, ImportRunEntity } from './import.entity.js';
import { ImportService } from './import.service.js';
import { importErrors } from './imports.errors.js';
import { ImportsResolver } from './imports.resolver.js';
import { TableReader } from './reading/table-reader.js';

const idPrefixes = defineIdPrefixes({ imp: 'Import' });
const permissions = definePermissions({
  IMPORT: { description: 'Import from files what one may change by hand.', role: Role.MANAGER },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

const cleanUpJob = defineJob({
  queue: 'imports.clean-up',
  payload: z.object({}),
  schedule: '41 * * * *',
  exclusive: true,
});

const oldRows: readonly OldRows[] = [
  {
    // Those that were applied stay: who changed what, and by which file.
    statement: statement('imports.delete-old', {
      params: DAYS,
      sql: `DELETE FROM import_run WHERE id IN (
         SELECT id FROM import_run WHERE apply_job_id IS NULL AND emptied_at IS NOT NULL AND ${olderThanDays('created_at')}
         LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
    }),
    days: 30,
  },
  {
    statement: statement('imports.forget-mappings', {
      params: DAYS,
      sql: `DELETE FROM import_mapping WHERE ctid IN (
         SELECT ctid FROM import_mapping WHERE ${olderThanDays('used_at')} LIMIT ${OLD_ROWS_BATCH} FOR UPDATE SKIP LOCKED)`,
    }),
    days: 730,
  },
];

/**
 * Imports of files: sent, read, mapped, checked and applied here; what their rows do is said by the modules that declare
 * them (`defineImport`). Locks and invariants: `import.service.ts`; how a module adds one: docs/imports.md.
 */
export const importsModule = defineModule({
  name: 'imports',
  dependsOn: [identityModule, mediaModule, longJobsModule],
  tables: {
    import_run:
      'Those that were applied are kept: who imported which file. Deleted each night: others, 30 days after they came. The file goes after three days.',
    import_row: 'Deleted three days after they came.',
    import_mapping: 'Deleted each night: two years after their last use. They hold no rows.',
  },
  permissions,
  errors: importErrors,
  idPrefixes,
  entities: [ImportRunEntity, ImportRowEntity, ImportMappingEntity],
  resolvers: [ImportsResolver],
  nodes: {
    imp: { type: 'Import', find: (id, context) => importLinks.of(context).find(id, context.viewer) },
  },
  setup(platform, { media, longJobs: { jobs } }) {
    const { database, clock, secret, importRegistry: registry, cursors } = platform;
    const reader = new TableReader(platform.logger);
    const access = new ImportAccess(database, registry, clock);
    const files = new ImportFiles({ database, clock, registry, reader, files: platform.privateFiles });
    const links = new ImportLinks(secret, { database, clock, access });
    importLinks.register(database, links);
    media.receiveUploadsFor(files);
    const service = new ImportService({ database, access, files, reader, jobs });
    const lists = new ImportLists({ database, cursors, clock, registry, jobs });
    return {
      services: {},
      resolvers: [new ImportsResolver(access, files, service, lists)],
      // Again each hour: a file that is deleted is deleted.
      jobs: [handleJob(cleanUpJob, () => files.cleanUp())],
      longJobs: importJobs(database, registry),
      oldRows,
      routes: importRoutes({ database, links, registry }),
    };
  },
});
