import {
  GraphQLError,
  responsePathAsArray,
  type GraphQLFormattedError,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
} from 'graphql';

// The part of the context that a budget reads; the context imports this file, not the reverse.
export type Resolver = GraphQLFieldResolver<unknown, { readonly budget?: RequestBudget } | undefined>;

/** Limits of one request: CPU time on the single thread, and bytes of the response. */
export interface Allowance {
  readonly milliseconds: number;
  readonly bytes: number;
}

const MB = 1024 * 1024;
const ANONYMOUS: Allowance = { milliseconds: 500, bytes: MB };
const CUSTOMER: Allowance = { milliseconds: 1_000, bytes: 2 * MB };
const STAFF: Allowance = { milliseconds: 2_000, bytes: 8 * MB };

export function allowanceOf(viewer: { readonly permissions: ReadonlySet<unknown> } | null): Allowance {
  if (!viewer) return ANONYMOUS;
  return viewer.permissions.size > 0 ? STAFF : CUSTOMER;
}

// The clock is read after so many fields, and whenever another request's fields were resolved in between.
const FIELDS_BETWEEN_LOOKS = 64;
// Quotes, colon and comma of a field, and the size of a number, a boolean or a brace.
const BYTES_OF_A_FIELD = 8;

/** CPU time of this thread, in milliseconds. Waiting for the database or another process does not count. */
const worked: () => number =
  typeof process.threadCpuUsage === 'function'
    ? () => {
        const { user, system } = process.threadCpuUsage();
        return (user + system) / 1_000;
      }
    : () => performance.now();

/** The current turn of the event loop: whose fields were resolved last, and when. */
const turn: { budget: RequestBudget | null; since: number; ends: boolean } = {
  budget: null,
  since: 0,
  ends: false,
};

/**
 * Counts the resources that a request uses during execution, and ends it when they exceed the limit. It complements the
 * cost limit, which is checked before and can only estimate.
 *
 * Time is counted between consecutive fields of one request in the same turn of the event loop, so neither other
 * requests nor jobs are charged to it. Writes of a mutation are never interrupted: a root field of a mutation
 * completes, and only the reading of its result stops. `written` then names the completed root fields.
 */
export class RequestBudget {
  private spent = 0;
  private bytes = 0;
  private left = FIELDS_BETWEEN_LOOKS;
  private over: GraphQLError | null = null;
  private userError: Promise<never> | null = null;
  private readonly done: string[] = [];

  constructor(private readonly allowance: Allowance) {}

  /** Called for each field before its resolver; a returned promise replaces the field's result. */
  count(info: GraphQLResolveInfo): Promise<never> | null {
    if (this.userError !== null) return this.userError;
    this.bytes += BYTES_OF_A_FIELD + (info.path.key as string).length;
    if (turn.budget !== this || --this.left === 0) return this.lookAtClock(info);
    return null;
  }

  /** Called with each text of the response, to the same effect. */
  countText(length: number, info: GraphQLResolveInfo): Promise<never> | null {
    return (this.bytes += length) > this.allowance.bytes ? this.stop(info) : null;
  }

  /** Records a completed root field of a mutation. */
  wrote(name: string): void {
    this.done.push(name);
  }

  /** The error that ended the request; null within the limits. */
  get exceeded(): GraphQLError | null {
    return this.over;
  }

  /** The completed root fields of a mutation. */
  get written(): readonly string[] {
    return this.done;
  }

  /** The replacement of a response of so many bytes; null if it may be sent. */
  insteadOf(bytes: number): string | null {
    if (bytes <= this.allowance.bytes) return null;
    const { message, extensions } = tooMuch(this.allowance);
    return JSON.stringify({ errors: [withWritten({ message, extensions }, this.done)], data: null });
  }

  private lookAtClock(info: GraphQLResolveInfo): Promise<never> | null {
    const now = worked();
    if (turn.budget === this) this.spent += now - turn.since;
    turn.budget = this;
    turn.since = now;
    this.left = FIELDS_BETWEEN_LOOKS;
    if (!turn.ends) {
      turn.ends = true;
      setImmediate(endTurn);
    }
    const isOver = this.spent > this.allowance.milliseconds || this.bytes > this.allowance.bytes;
    return isOver ? this.stop(info) : null;
  }

  private stop(info: GraphQLResolveInfo): Promise<never> {
    this.over ??= tooMuch(this.allowance, info);
    this.userError ??= rejected(this.over);
    return this.userError;
  }
}

function endTurn(): void {
  turn.ends = false;
  turn.budget = null;
}

/** With its location given, graphql-js passes it on unchanged, however many fields are pending. */
function tooMuch({ milliseconds, bytes }: Allowance, info?: GraphQLResolveInfo): GraphQLError {
  return new GraphQLError(
    `This request needs more than ${milliseconds} ms of work or ${bytes / MB} MB of response: request smaller pages, for fewer fields, or in several requests.`,
    {
      ...(info && { nodes: info.fieldNodes, path: responsePathAsArray(info.path) }),
      extensions: { code: 'QUERY_TOO_EXPENSIVE' },
    },
  );
}

/** Adds the completed root fields of a mutation whose result is missing. */
export function withWritten(error: GraphQLFormattedError, written: readonly string[]): GraphQLFormattedError {
  if (written.length === 0) return error;
  return {
    ...error,
    message: `${error.message} The request's writes were carried out (${written.join(', ')}); only their result is missing.`,
    extensions: { ...error.extensions, written },
  };
}
/**
 * Returned, never thrown: when an entry of a list throws, graphql-js 16 drops the pending entries, and the process ends
 * by the unhandled rejection of one of them.
 */
export function rejected(error: unknown): Promise<never> {
  const rejection = Promise.reject(error as Error);
  rejection.catch(() => undefined);
  return rejection;
}
