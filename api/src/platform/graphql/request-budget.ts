import {
  defaultFieldResolver,
  GraphQLError,
  introspectionTypes,
  isObjectType,
  responsePathAsArray,
  type GraphQLFormattedError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
// As far as a budget looks at a context: the context knows the budget, so this file does not know the context.
type Resolver = GraphQLFieldResolver<unknown, { readonly budget?: RequestBudget } | undefined>;

/** What answering one request may use of the process: its time on the one thread, and the bytes of its answer. */
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

// The clock is read this often, and whenever another request's fields were resolved in between.
const FIELDS_BETWEEN_LOOKS = 64;
// Quotes, colon and comma of a field, and what a number, a flag or a brace takes.
const BYTES_OF_A_FIELD = 8;

/** Time that this thread has worked, in milliseconds. Waiting for the database or for another program costs nothing. */
const worked: () => number =
  typeof process.threadCpuUsage === 'function'
    ? () => {
        const { user, system } = process.threadCpuUsage();
        return (user + system) / 1_000;
      }
    : () => performance.now();

/** The turn of the event loop that is running: whose fields were resolved last, and when. */
const turn: { budget: RequestBudget | null; since: number; ends: boolean } = {
  budget: null,
  since: 0,
  ends: false,
};

/**
 * Counts what a request uses while it is answered, and ends it when that is too much. It stands behind the weighing,
 * which is done before and can only estimate.
 *
 * Time is counted between fields of one request that follow each other in the same turn of the event loop, so neither
 * other requests nor jobs are put down to it. What a mutation writes is never cut short: a root field of a mutation
 * runs to its end, and only the reading of its answer stops. `written` then names the root fields that were done.
 */
export class RequestBudget {
  private spent = 0;
  private bytes = 0;
  private left = FIELDS_BETWEEN_LOOKS;
  private over: GraphQLError | null = null;
  private refusal: Promise<never> | null = null;
  private readonly done: string[] = [];

  constructor(private readonly allowance: Allowance) {}

  /** Called for each field before its resolver; what it answers, if anything, is answered instead of the field. */
  count(info: GraphQLResolveInfo): Promise<never> | null {
    if (this.refusal !== null) return this.refusal;
    this.bytes += BYTES_OF_A_FIELD + (info.path.key as string).length;
    if (turn.budget !== this || --this.left === 0) return this.lookAtClock(info);
    return null;
  }

  /** Called with each text of the answer, to the same effect. */
  countText(length: number, info: GraphQLResolveInfo): Promise<never> | null {
    return (this.bytes += length) > this.allowance.bytes ? this.stop(info) : null;
  }

  /** A root field of a mutation that has been carried out. */
  wrote(name: string): void {
    this.done.push(name);
  }

  /** The error that ended the request; null while it is within its budget. */
  get exceeded(): GraphQLError | null {
    return this.over;
  }

  /** The root fields of a mutation that were carried out. */
  get written(): readonly string[] {
    return this.done;
  }

  /** What to send instead of a finished answer of so many bytes; null when that may be sent. */
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
    this.refusal ??= rejected(this.over);
    return this.refusal;
  }
}

function endTurn(): void {
  turn.ends = false;
  turn.budget = null;
}

/** With its place given, graphql-js passes it up as it is, however many fields are still on their way. */
function tooMuch({ milliseconds, bytes }: Allowance, info?: GraphQLResolveInfo): GraphQLError {
  return new GraphQLError(
    `This request needs more than ${milliseconds} ms of work or ${bytes / MB} MB of answer: ask for smaller pages, for fewer fields, or in several requests.`,
    {
      ...(info && { nodes: info.fieldNodes, path: responsePathAsArray(info.path) }),
      extensions: { code: 'QUERY_TOO_EXPENSIVE' },
    },
  );
}

/** Tells which root fields of a mutation were carried out although their answer is missing. */
export function withWritten(error: GraphQLFormattedError, written: readonly string[]): GraphQLFormattedError {
  if (written.length === 0) return error;
  return {
    ...error,
    message: `${error.message} What the request wrote was done all the same (${written.join(', ')}); only its answer is missing.`,
    extensions: { ...error.extensions, written },
  };
}

/** The resolver of fields that have none of their own, counting like all others. Hand it to whatever executes. */
export const countedDefaultResolver = counted(defaultFieldResolver as Resolver);

/** Puts the counting before each resolver of the schema, and of the types by which GraphQL describes it. */
export function installBudget(schema: GraphQLSchema): void {
  const types = [...Object.values(schema.getTypeMap()), ...introspectionTypes].filter(isObjectType);
  const written = schema.getMutationType();
  for (const type of new Set(types)) install(type, type === written);
}

const installed = new WeakSet<GraphQLObjectType>();

function install(type: GraphQLObjectType, writes: boolean): void {
  // The types of introspection belong to graphql-js and are shared by every schema of the process.
  if (installed.has(type)) return;
  installed.add(type);
  for (const field of Object.values(type.getFields())) {
    const resolve = field.resolve as Resolver | undefined;
    if (resolve) field.resolve = (writes ? countedWrite(resolve) : counted(resolve)) as typeof field.resolve;
  }
}

function counted(resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    const budget = context?.budget;
    if (budget === undefined) return resolve(source, args, context, info);
    const refusal = budget.count(info);
    if (refusal !== null) return refusal;
    let value: unknown;
    try {
      value = resolve(source, args, context, info);
    } catch (error) {
      return rejected(error);
    }
    if (typeof value !== 'string') return value;
    return budget.countText(value.length, info) ?? value;
  };
}

/**
 * Never thrown: when an entry of a list throws, graphql-js 16 forgets the entries that are still on their way, and the
 * process ends by the rejection of one of them, which then nobody awaits.
 */
function rejected(error: unknown): Promise<never> {
  const rejection = Promise.reject(error as Error);
  rejection.catch(() => undefined);
  return rejection;
}

function countedWrite(resolve: Resolver): Resolver {
  return async (source, args, context, info) => {
    const value = await resolve(source, args, context, info);
    context?.budget?.wrote(String(info.path.key));
    return value;
  };
}
