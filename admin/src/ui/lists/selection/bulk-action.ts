import type { OperationResult } from '@urql/core';
import type { Client } from '@urql/core';
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
