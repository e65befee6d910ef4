import type { AnyVariables, Client, OperationResult, TypedDocumentNode } from '@urql/core';
import type { UserError } from '../../../app/user-errors';
import type { JobRowFragment } from '../../../generated/jobs/graphql';
import type { FormDefinition } from '../../forms/define-form';
import type { Tools } from '../../useTools';

/** What a bulk action works on: chosen rows, or all that the list is narrowed to. */
export interface BulkSelection {
  /** The chosen rows; null for all that match. At most as many as a page has. */
  readonly ids: readonly string[] | null;
  readonly search: string | null;
  /** The API's filter of the list. */
  readonly filter: object;
}

export interface BulkAnswer {
  result: Pick<OperationResult, 'error'>;
  userErrors?: readonly UserError[];
  /** The long job that does it. */
  job?: JobRowFragment | null;
}

/** What the form of an action is about: the rows that it is about to be done to. */
export interface BulkChosen extends BulkSelection {
  /** Another one each time that it is asked. */
  readonly id: string;
  /** How many rows; counting stops at 10,000. */
  readonly count: number;
  /** Called with the job when it has begun. */
  readonly started: (job: JobRowFragment) => void;
}

/** What is to be said before an action begins, and what it will do. */
export interface BulkForm {
  /** Its `update` is made by `startForm`. */
  readonly form: FormDefinition<BulkChosen, never, never>;
  /** A sentence for each effect, from the preview of the form. */
  readonly effects?: (
    preview: never,
    at: { readonly values: Readonly<Record<string, unknown>>; readonly tools: Tools },
  ) => string[];
}

/** Something that is done to many rows at once, by a long job. */
export interface BulkAction {
  key: string;
  /** The key of the message on its button. */
  label: string;
  icon: string;
  /** The key of the message that says what it does, shown before it begins; it may name `count`. */
  hint: string;
  isFor?: (tools: Tools) => boolean;
  /** True where rows have to be chosen one by one: it is not offered for all that match. */
  isChosenOnly?: boolean;
  /** Asked before it begins, instead of the plain question. */
  asks?: BulkForm;
  /** Starts the job; with `asks` its form does. */
  start?: (client: Client, selection: BulkSelection, idempotencyKey: string) => Promise<BulkAnswer>;
}

type StartBulk = NonNullable<BulkAction['start']>;

/** A job that a mutation has started. The schema of a shop with plugins has kinds and codes beyond those of the core. */
export type StartedJob = Omit<JobRowFragment, 'kind' | 'failure'> & {
  readonly kind: string;
  readonly failure: string | null;
};

interface StartAnswer {
  job?: StartedJob | null;
  errors: readonly UserError[];
}

/**
 * Starts the job of a mutation that takes search and filter of the list, chosen rows by the `ids` of the filter, and
 * `values`: what is said beside the rows.
 */
export const startBulk =
  <Data, Variables extends AnyVariables>(
    mutation: TypedDocumentNode<Data, Variables>,
    answerOf: (data: Data) => StartAnswer,
    values: object = {},
  ): StartBulk =>
  async (client, { ids, search, filter }, idempotencyKey) => {
    // A list without a search has none in its mutation.
    const chosen = ids ? { filter: { ids } } : { ...(search !== null && { search }), filter };
    const result = await client.mutation(mutation, {
      input: { ...values, ...chosen, idempotencyKey },
    } as unknown as Variables);
    const answer = result.data && answerOf(result.data);
    return { result, userErrors: answer?.errors, job: answer?.job as JobRowFragment | null | undefined };
  };

/** The `update` of the form of an action: starts the job with what stands in the form. */
export const startForm =
  <Values extends object>(start: (values: Values) => StartBulk) =>
  async (client: Client, chosen: BulkChosen, values: Values, idempotencyKey: string): Promise<BulkAnswer> => {
    const answer = await start(values)(client, chosen, idempotencyKey);
    if (answer.job) chosen.started(answer.job);
    return answer;
  };

/** Describes what an action asks before it begins; the types of its form are known to its own file only. */
export const bulkForm = <Values extends object, Preview>(
  form: FormDefinition<BulkChosen, Values, Preview>,
  effects?: (
    preview: Preview,
    at: { readonly values: Readonly<Record<string, unknown>>; readonly tools: Tools },
  ) => string[],
): BulkForm => ({ form, effects }) as unknown as BulkForm;
