import type { SecurityLog } from '../../kernel/security-log.js';
import type { JobMutation } from '../../platform/jobs/job-mutation.js';
import type { LongJobService } from './long-job.service.js';

/** What the mutations that start long jobs are built of. */
export interface JobMutationServices {
  readonly jobs: LongJobService;
  readonly securityLog: SecurityLog;
}

/** The resolvers of mutations that start long jobs, as the app builds them for all modules. */
export function buildJobMutations(
  mutations: readonly JobMutation[],
  services: JobMutationServices,
): readonly object[] {
  return mutations.map(({ resolver }) => {
    const JobMutationResolver = resolver as unknown as new (services: JobMutationServices) => object;
    return new JobMutationResolver(services);
  });
}
