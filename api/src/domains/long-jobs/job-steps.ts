import type { Clock } from '../../kernel/clock.js';
import type { ErrorCode } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import { permissionsOfAccount } from '../identity/index.js';
import type {
  HandledLongJob,
  LongJobDefinition,
  LongJobPart,
  LongJobRowError,
  LongJobRun,
  LongJobStep,
} from '../../platform/jobs/define-long-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { JobFiles } from './job-files.js';
import { JobStatus } from './job-status.js';
import { jobEnded } from './long-jobs.events.js';
import * as sql from './long-jobs.statements.js';
import type { LongJobEntity } from './long-job.entity.js';

/** How long files can be downloaded. */
const FILES_LIVE_MS = 24 * 3_600_000;

const LONGEST_VALUE = 100;

/** LOST: another worker has the job, or it has ended. */
export type StepOutcome = 'MORE' | 'ENDED' | 'LOST';

interface Ending {
  readonly status: JobStatus;
  readonly failure?: ErrorCode | null;
  readonly resultName?: string;
}

interface StepDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly files: JobFiles;
  readonly clock: Clock;
}

/** The transactions of a long job, one for each step; the locks are told in `job-runner.ts`. */
export class JobSteps {
  constructor(private readonly deps: StepDeps) {}

  /**
   * Does one step, or ends the job when it is to be cancelled.
   *
   * @throws DomainError STARTER_NOT_ALLOWED when whoever started it may not do this any more, or has no account
   */
  async next(id: string, token: string, { handler, definition }: HandledLongJob): Promise<StepOutcome> {
    const inputOf = (job: LongJobEntity): object => definition.input.parse(job.input);
    if ('step' in handler) {
      const done = handler.before && (await this.before(id, token, { handler, definition }));
      return this.locked(id, token, async (tx, job) => {
        await assertMayGoOn(tx, definition, job);
        const step = await handler.step(tx, runOf(job, inputOf(job)), done);
        await this.record(tx, job, { ...step, parts: 0 });
        if (step.cursor !== null) return 'MORE';
        await this.finish(tx, job, { status: JobStatus.SUCCEEDED });
        return 'ENDED';
      });
    }
    const { file } = handler;
    const before = await this.deps.database.row(sql.readRun, { id, token });
    if (!before) return 'LOST';
    await assertMayGoOn(this.deps.database, definition, before);
    const part: LongJobPart<unknown> = await handler.part(runOf(before, inputOf(before)));
    // Before the transaction, which holds a connection while it may need another.
    const name = await file.name(before.createdAt);
    // The piece is written under the lock, so that a worker that lost the job overwrites no piece of the next one.
    const outcome = await this.locked(id, token, async (tx, job) => {
      if (job.parts !== before.parts) return 'LOST';
      await this.deps.files.writePart(id, job.parts, part.content);
      await this.record(tx, job, { ...part, parts: 1 });
      if (part.cursor !== null) return 'MORE';
      await this.deps.files.compose(id, job.parts + 1, file);
      await this.finish(tx, job, { status: JobStatus.SUCCEEDED, resultName: `${name}.${file.extension}` });
      return 'ENDED';
    });
    if (outcome === 'ENDED') await this.deps.files.removeParts(id, before.parts + 1);
    return outcome;
  }

  /** Does what of a step stands outside its transaction; nothing when the step will find the job cancelled or another's. */
  private async before(id: string, token: string, { handler, definition }: HandledLongJob): Promise<unknown> {
    const { database } = this.deps;
    const job = await database.row(sql.readRun, { id, token });
    if (!job || job.status === JobStatus.CANCELLING || !('step' in handler)) return null;
    await assertMayGoOn(database, definition, job);
    return handler.before?.(database, runOf(job, definition.input.parse(job.input)));
  }

  /**
   * Ends the job if this attempt, or with a null token nobody, has it.
   *
   * Its only lock is the job's row.
   */
  async end(id: string, token: string | null, ending: Ending): Promise<void> {
    await this.deps.database.transaction(async (tx) => {
      const job = await tx.row(sql.lockJob, { id });
      if (job && job.runToken === token && job.finishedAt === null) await this.finish(tx, job, ending);
    });
  }

  /** Ends the job and appends the event of it. Requires the lock of its row. */
  async finish(tx: Tx, job: LongJobEntity, { status, failure = null, resultName }: Ending): Promise<void> {
    const finishedAt = this.deps.clock.now();
    await tx.count(sql.endJob, {
      ...{ id: job.id, status, failure, finishedAt },
      resultName: resultName ?? null,
      expiresAt: new Date(finishedAt.getTime() + FILES_LIVE_MS),
    });
    const { kind, startedBy } = job;
    await this.deps.outbox.append(tx, jobEnded(job.id, { kind, startedBy }));
  }

  private locked(
    id: string,
    token: string,
    work: (tx: Tx, job: LongJobEntity) => Promise<StepOutcome>,
  ): Promise<StepOutcome> {
    return this.deps.database.transaction(async (tx) => {
      const job = await tx.row(sql.lockRun, { id, token });
      if (!job) return 'LOST';
      if (job.status !== JobStatus.CANCELLING) return work(tx, job);
      await this.finish(tx, job, { status: JobStatus.CANCELLED });
      return 'ENDED';
    });
  }

  private async record(
    tx: Tx,
    job: LongJobEntity,
    { cursor, done, errors = [], parts }: LongJobStep<unknown> & { parts: number },
  ): Promise<void> {
    await tx.count(sql.recordStep, { id: job.id, cursor, done, errors: errors.length, parts });
    if (errors.length > 0) await tx.count(sql.insertErrors, { jobId: job.id, ...columnsOf(errors) });
  }
}

/** Asked at each step: a job works in the name of a person, whose role may have been taken away in a hurry. */
async function assertMayGoOn(
  querying: Querying,
  { permission }: LongJobDefinition,
  { startedBy }: LongJobEntity,
): Promise<void> {
  if (startedBy === null || !(await permissionsOfAccount(querying, startedBy)).has(permission))
    throw new DomainError('STARTER_NOT_ALLOWED', 'Whoever started the job may not do this any more.');
}

function runOf(job: LongJobEntity, input: object): LongJobRun<object, unknown> {
  return { jobId: job.id, input, cursor: job.cursor, done: job.done, startedBy: job.startedBy };
}

function columnsOf(
  errors: readonly LongJobRowError[],
): Omit<Parameters<NonNullable<typeof sql.insertErrors.takes>>[0], 'jobId'> {
  return {
    ids: errors.map(() => newId()),
    rows: errors.map(({ row }) => row),
    fields: errors.map(({ field }) => field),
    codes: errors.map(({ code }) => code),
    messages: errors.map(({ message }) => message),
    values: errors.map(({ value }) => value?.slice(0, LONGEST_VALUE) ?? null),
  };
}
