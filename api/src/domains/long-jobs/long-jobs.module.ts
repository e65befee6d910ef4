import { defineErrors } from '../../kernel/error-codes.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import type { HandledLongJob } from '../../platform/jobs/define-long-job.js';
import { defineModule } from '../../platform/module.js';
import { regionalGroup } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { identityModule } from '../identity/identity.module.js';
import { JobFeed, jobFeed } from './job-feed.js';
import { JobFiles } from './job-files.js';
import { JobLinks, jobLinks, maySee } from './job-links.js';
import { JobLists } from './job-lists.js';
import { JobProgress } from './job-progress.js';
import { jobRoutes } from './job-routes.js';
import { JobRunner } from './job-runner.js';
import { JobSteps } from './job-steps.js';
import { jobEvents } from './long-jobs.events.js';
import { longJobJobs, longJobSubscriptions, oldJobs } from './long-jobs.jobs.js';
import { JobsResolver } from './long-jobs.resolver.js';
import { JobUndoResolver } from './bulk/job-undo.resolver.js';
import { handleListExport } from './exports/export-job.js';
import type { DefinedListExport, ExportSource } from './exports/list-export.js';
import { jobById } from './long-jobs.statements.js';
import { LongJobChangeEntity, LongJobEntity, LongJobErrorEntity } from './long-job.entity.js';
import { LongJobService } from './long-job.service.js';

const idPrefixes = defineIdPrefixes({ job: 'Job' });
const permissions = definePermissions({
  JOB_READ: { description: 'Follow and cancel the long jobs that one started.', role: Role.SUPPORT },
});

const errors = defineErrors({
  STARTER_NOT_ALLOWED: 'Whoever started the long job may not do this any more, or has no account.',
  TOO_MANY_JOBS: 'You have as many long jobs open as one may have. Wait until one has ended, or cancel one.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof errors, true> {}
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

/**
 * Long jobs: started by mutations of other modules, worked on step by step, followed and cancelled here. Locks and order:
 * `job-runner.ts`; how a module adds one: docs/jobs.md.
 */
export const longJobsModule = defineModule({
  name: 'longJobs',
  dependsOn: [storeModule, identityModule],
  tables: {
    long_job: 'Deleted each night: 30 days after their end; their files a day after it.',
    long_job_error: 'Deleted with their job.',
    long_job_change: 'Deleted when it is undone, and with its job.',
  },
  permissions,
  errors,
  idPrefixes,
  entities: [LongJobEntity, LongJobErrorEntity, LongJobChangeEntity],
  events: jobEvents,
  resolvers: [JobsResolver, JobUndoResolver],
  nodes: {
    job: {
      type: 'Job',
      find: async (id, { viewer, database }) => {
        const job = viewer && (await database.row(jobById, { id }));
        return job && maySee(job.startedBy, viewer) ? job : null;
      },
    },
  },
  setup(platform, { store }) {
    const { database, longJobRegistry, outbox, clock, feed, secret } = platform;
    const files = new JobFiles(platform.privateFiles);
    const steps = new JobSteps({ database, outbox, files, clock });
    const jobs = new LongJobService({ ...platform, steps, files });
    const runner = new JobRunner({ ...platform, steps, progress: new JobProgress(database) });
    const links = new JobLinks(secret, database, clock, longJobRegistry);
    jobLinks.register(database, links);
    jobFeed.register(database, new JobFeed(feed, database));
    return {
      services: {
        jobs,
        /** The handler of the long job that writes the file of a list. */
        handleListExport: <Row, Query extends object, More>(
          list: DefinedListExport<Row, Query, More>,
          source: ExportSource<Row, Query, More>,
        ): HandledLongJob => handleListExport(list, source, store.settings),
      },
      resolvers: [
        new JobsResolver(jobs, new JobLists(database, platform.cursors, longJobRegistry)),
        new JobUndoResolver(jobs, longJobRegistry),
      ],
      jobs: longJobJobs(runner, jobs),
      subscriptions: longJobSubscriptions,
      oldRows: oldJobs,
      routes: jobRoutes({
        ...{ database, links, files, longJobRegistry },
        timeZone: async () => (await store.settings.get(regionalGroup)).timeZone,
      }),
    };
  },
});
