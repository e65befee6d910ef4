import type { AnyVariables, Client, TypedDocumentNode } from '@urql/core';
import type { AdminPermission } from '../../../app/permissions';
import type { UserError } from '../../../app/user-errors';
import type { JobRowFragment } from '../../../generated/jobs/graphql';
import type { BulkAnswer, StartedJob } from '../selection/bulk-action';

/** What is to be in the file. Search, filter and order are left out where the list has none. */
export interface AskedExport {
  readonly search?: string | null;
  readonly filter?: object;
  readonly sort?: string;
  /** The columns of the file, from left to right; left out for all. */
  readonly columns?: readonly string[];
  readonly idempotencyKey: string;
}

/** The file of a list: a long job writes it. */
export interface ListExport {
  /** What the file has of each column of the list; of one that is left out it has nothing. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** What the user needs for it beside seeing the list. */
  readonly permission: AdminPermission | undefined;
  readonly start: (client: Client, asked: AskedExport) => Promise<BulkAnswer>;
}

interface ExportAnswer {
  job?: StartedJob | null;
  errors: readonly UserError[];
}

type ColumnOf<Variables> = Variables extends { input: { columns?: readonly (infer Column)[] | null } }
  ? Column
  : never;

/** Describes the file of a list: its mutation, and which columns of the file say what a column of the list says. */
export function listExport<Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  answerOf: (data: Data) => ExportAnswer,
  columns: Readonly<Record<string, readonly ColumnOf<Variables>[]>>,
  permission?: AdminPermission,
): ListExport {
  return {
    permission,
    columns: columns as ListExport['columns'],
    start: async (client, input) => {
      const result = await client.mutation(mutation, { input } as unknown as Variables);
      const answer = result.data && answerOf(result.data);
      return { result, userErrors: answer?.errors, job: answer?.job as JobRowFragment | null | undefined };
    },
  };
}
