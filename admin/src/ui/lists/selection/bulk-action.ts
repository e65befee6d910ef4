import type { AnyVariables, Client, OperationResult, TypedDocumentNode } from '@urql/core';
import type { UserError } from '../../../app/user-errors';
import type { JobRowFragment } from '../../../generated/jobs/graphql';
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

/** Something that is done to many rows at once, by a long job. */
export interface BulkAction {
  key: string;
  /** The key of the message on its button. */
  label: string;
  icon: string;
  /** The key of the message that says what it does, shown before it begins; it may name `count`. */
  hint: string;
  isFor?: (tools: Tools) => boolean;
  /** Starts the job. */
  start: (client: Client, selection: BulkSelection, idempotencyKey: string) => Promise<BulkAnswer>;
}

interface StartAnswer {
  job?: JobRowFragment | null;
  errors: readonly UserError[];
}

/** Starts the job of a mutation that takes search and filter of the list, chosen rows by the `ids` of the filter. */
export const startBulk =
  <Data, Variables extends AnyVariables>(
    mutation: TypedDocumentNode<Data, Variables>,
    answerOf: (data: Data) => StartAnswer,
  ): BulkAction['start'] =>
  async (client, { ids, search, filter }, idempotencyKey) => {
    const chosen = ids ? { search: null, filter: { ids } } : { search, filter };
    const result = await client.mutation(mutation, {
      input: { ...chosen, idempotencyKey },
    } as unknown as Variables);
    const answer = result.data && answerOf(result.data);
    return { result, userErrors: answer?.errors, job: answer?.job };
  };
