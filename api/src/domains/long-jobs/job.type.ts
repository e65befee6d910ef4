import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../../kernel/error-codes.js';
import type { PageArguments } from '../../kernel/pagination.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { JobKindEnum } from '../../platform/graphql/job-kinds.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Url } from '../../platform/graphql/scalars.js';
import { ErrorCodeEnum } from '../../platform/graphql/user-error.type.js';
import { jobLinks } from './job-links.js';
import { JobStatus, OPEN_STATUSES } from './job-status.js';
import type { JobRow } from './long-jobs.statements.js';

@ObjectType({
  implements: Node,
  description:
    'Work on many rows that a member of staff started. A worker does it step by step; after a crash another goes on where the last step ended, and each row is done once.',
  simpleResolvers: true,
})
export class Job {
  @GlobalId('job')
  readonly id!: string;

  @Field(() => JobKindEnum, { description: 'What it does.' })
  kind!: string;

  @Field(() => JobStatus, { description: 'How far it is.' })
  status!: JobStatus;

  @Field(() => String, {
    nullable: true,
    description: 'What it is about, such as the name of a file; null when its kind says enough.',
  })
  title!: string | null;

  @Field(() => Int, { description: 'How many rows are done, those with errors included.' })
  done!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'How many rows there were when it began; null until then, and when nobody knows.',
  })
  total!: number | null;

  @Field(() => Int, { description: 'How many errors its rows had: a row may have several.' })
  errorCount!: number;

  @Field(() => ErrorCodeEnum, {
    nullable: true,
    description:
      'Why it failed, where that can be mended; null for a fault on our side and unless it failed.',
  })
  failure!: ErrorCode | null;

  @Field(() => String, { nullable: true, description: 'The name of its file; null without one.' })
  resultName!: string | null;

  @Derived<JobRow>(() => Boolean, (job, context) => jobLinks.of(context).writesFile(job), {
    description: 'Whether it writes a file. Otherwise it changes rows, and what it has done stays.',
  })
  writesFile!: never;

  @Derived<JobRow>(() => Url, (job, context) => jobLinks.of(context).result(job, context), {
    nullable: true,
    description:
      'Where to fetch its file. A signed address for the session that asks; null until it has succeeded, once it is too old, and without the permission of this kind of job.',
  })
  resultUrl!: never;

  @Derived<JobRow>(() => Url, (job, context) => jobLinks.of(context).report(job, context), {
    nullable: true,
    description:
      'Where to fetch all errors of its rows: CSV in UTF-8. A signed address for the session that asks; null until it has ended, without errors, once it is too old, and without the permission of this kind of job.',
  })
  reportUrl!: never;

  @Field(() => String, {
    nullable: true,
    description: 'The name of who started it; null when the account has none or is gone.',
  })
  startedByName!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of who cancelled it; null unless somebody did, and when the account has none or is gone.',
  })
  cancelledByName!: string | null;

  @Derived<JobRow>(() => Boolean, ({ startedBy }, { viewer }) => viewer?.userId === startedBy, {
    description: 'Whether the caller started it.',
  })
  isMine!: never;

  @Derived<JobRow>(() => Boolean, ({ status }) => isCancellable(status), {
    description: 'Whether `jobCancel` would do something.',
  })
  canCancel!: never;

  @Field(() => Date, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When a worker took it up; null until then.' })
  startedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it ended; null until then.' })
  finishedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when its files can be fetched; null until it ends.',
  })
  expiresAt!: Date | null;
}

function isCancellable(status: JobStatus): boolean {
  return OPEN_STATUSES.includes(status) && status !== JobStatus.CANCELLING;
}

@ObjectType({ description: 'What is wrong with one row of a long job.', simpleResolvers: true })
export class JobRowError {
  @Field(() => Int, { description: 'The row, as its reader counts: the line of a file with its header.' })
  row!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The column at fault; null when it is about the whole row.',
  })
  field!: string | null;

  @Field(() => ErrorCodeEnum, { description: 'What it is, for programs.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'The same in English; clients show their own words for the code.' })
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What stood there, cut to 100 characters; null when it does not help.',
  })
  value!: string | null;
}

@ObjectType({ description: 'A page of long jobs.', simpleResolvers: true })
export class JobConnection extends ConnectionOf(Job, 'Job') {}

@ObjectType({ description: 'A page of errors of rows, by row.', simpleResolvers: true })
export class JobRowErrorConnection extends ConnectionOf(JobRowError, 'JobRowError') {}

@ObjectType({ description: 'The long job that was started or changed.', simpleResolvers: true })
export class JobPayload extends Payload {
  @Field(() => Job, { nullable: true, description: 'The job as it is now; null when it was refused.' })
  job!: object | null;
}

@InputType({ description: 'Which long jobs to list; what is left out does not narrow.' })
export class JobFilter {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that the caller started. Without the permission SYSTEM there are no others.',
  })
  mine?: boolean | null;

  @Field(() => [JobStatus], { nullable: true, description: 'Any of these.' })
  statuses?: JobStatus[] | null;

  @Field(() => [JobKindEnum], { nullable: true, description: 'Any of these.' })
  kinds?: string[] | null;
}

@InputType({ description: 'A long job to be cancelled.' })
export class JobCancelInput {
  @Field(() => ID, { description: 'The job.' })
  jobId!: string;
}

@ArgsType()
export class JobPage implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, 1 to 100, reading forward; 20 when neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Read on after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Read back from this cursor.' })
  before?: string | null;
}
