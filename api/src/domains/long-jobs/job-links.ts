import type { Clock } from '../../kernel/clock.js';
import { SessionTokens } from '../../kernel/tokens.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestContext, Viewer } from '../../platform/graphql/context.js';
import { PerShop } from '../../platform/graphql/per-shop.js';
import type { LongJobRegistry } from '../../platform/jobs/define-long-job.js';
import { viewerOfSession } from '../identity/index.js';
import { jobById, type JobRow } from './long-jobs.statements.js';

/**
 * Signed addresses of the files of long jobs on this server. Each is good for the session that was shown it, until the
 * files are deleted: signing out, a new password and a role without the permission end it, so that a list of all buyers
 * is not left in the history of a browser.
 */
export class JobLinks {
  private readonly results: SessionTokens;
  private readonly reports: SessionTokens;

  constructor(
    secret: string,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly longJobRegistry: LongJobRegistry,
  ) {
    this.results = new SessionTokens(secret, 'job-result');
    this.reports = new SessionTokens(secret, 'job-report');
  }

  /** Null without a file, once it is too old, and for a viewer without the permission of this kind of job. */
  result(job: JobRow, context: RequestContext): string | null {
    if (job.resultName === null) return null;
    const token = this.signed(this.results, job, context.viewer);
    return token && `/documents/jobs/${token}`;
  }

  /** Null until the job ends, without errors, once they are too old, and as for `result`. */
  report(job: JobRow, context: RequestContext): string | null {
    if (job.errorCount === 0) return null;
    const token = this.signed(this.reports, job, context.viewer);
    return token && `/documents/job-reports/${token}`;
  }

  writesFile({ kind }: JobRow): boolean {
    const handled = this.longJobRegistry.find(kind);
    return handled !== undefined && 'file' in handled.handler;
  }

  /** The job of an address; null when it is not good, or not any more. */
  openResult(token: string): Promise<JobRow | null> {
    return this.opened(this.results, token);
  }

  /** As `openResult`, for the address of a report. */
  openReport(token: string): Promise<JobRow | null> {
    return this.opened(this.reports, token);
  }

  private async opened(tokens: SessionTokens, token: string): Promise<JobRow | null> {
    const found = tokens.open(token, this.clock.now());
    const viewer = found && (await viewerOfSession(this.database, found.sessionId));
    const job = viewer && (await this.database.row(jobById, { id: found.id }));
    return job && this.mayOpen(job, viewer) ? job : null;
  }

  private signed(tokens: SessionTokens, job: JobRow, viewer: Viewer | null): string | null {
    if (!viewer || !this.mayOpen(job, viewer)) return null;
    const { id, expiresAt } = job;
    return expiresAt && expiresAt > this.clock.now() ? tokens.sign(id, viewer.sessionId, expiresAt) : null;
  }

  private mayOpen({ kind, startedBy }: JobRow, viewer: Viewer): boolean {
    const permission = this.longJobRegistry.definitionOf(kind)?.permission;
    return permission !== undefined && viewer.permissions.has(permission) && maySee(startedBy, viewer);
  }
}

/** For the plain field functions of the type files. */
export const jobLinks = new PerShop<JobLinks>();

/** Own jobs are seen by their starter, all by who may read the system. */
export function maySee(startedBy: string | null, viewer: Viewer | null): boolean {
  if (!viewer?.permissions.has('JOB_READ')) return false;
  return startedBy === viewer.userId || viewer.permissions.has('SYSTEM');
}
