import type { Clock } from '../../kernel/clock.js';
import { ExpiringTokens } from '../../kernel/tokens.js';
import type { RequestContext, Viewer } from '../../platform/graphql/context.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import type { LongJobRegistry } from '../../platform/jobs/define-long-job.js';
import type { JobRow } from './long-jobs.statements.js';

/** Signed addresses of the files of long jobs on this server, good until the files are deleted. */
export class JobLinks {
  private readonly results: ExpiringTokens;
  private readonly reports: ExpiringTokens;

  constructor(
    secret: string,
    private readonly clock: Clock,
    private readonly longJobRegistry: LongJobRegistry,
  ) {
    this.results = new ExpiringTokens(secret, 'job-result');
    this.reports = new ExpiringTokens(secret, 'job-report');
  }

  /** Null without a file, once it is too old, and for a viewer without the permission of this kind of job. */
  result(job: JobRow, context: RequestContext): string | null {
    if (job.resultName === null || !this.mayOpen(job, context)) return null;
    const token = this.signed(this.results, job);
    return token && `/documents/jobs/${token}`;
  }

  /** Null until the job ends, without errors, once they are too old, and as for `result`. */
  report(job: JobRow, context: RequestContext): string | null {
    if (job.errorCount === 0 || !this.mayOpen(job, context)) return null;
    const token = this.signed(this.reports, job);
    return token && `/documents/job-reports/${token}`;
  }

  writesFile({ kind }: JobRow): boolean {
    const handled = this.longJobRegistry.find(kind);
    return handled !== undefined && 'file' in handled.handler;
  }

  openResult(token: string): string | null {
    return this.results.open(token, this.clock.now());
  }

  openReport(token: string): string | null {
    return this.reports.open(token, this.clock.now());
  }

  private signed(tokens: ExpiringTokens, { id, expiresAt }: JobRow): string | null {
    return expiresAt && expiresAt > this.clock.now() ? tokens.sign(id, expiresAt) : null;
  }

  private mayOpen({ kind }: JobRow, { viewer }: RequestContext): boolean {
    const permission = this.longJobRegistry.definitionOf(kind)?.permission;
    return permission !== undefined && viewer !== null && viewer.permissions.has(permission);
  }
}

/** For the plain field functions of the type files. */
export const jobLinks = new PerShop<JobLinks>();

/** Own jobs are seen by their starter, all by who may read the system. */
export function maySee(startedBy: string | null, viewer: Viewer | null): boolean {
  if (!viewer?.permissions.has('JOB_READ')) return false;
  return startedBy === viewer.userId || viewer.permissions.has('SYSTEM');
}
