import {
  execute,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  getIntrospectionQuery,
  parse,
  type ExecutionResult,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../context.js';
import { countedDefaultResolver, installBudget } from './counted-resolvers.js';
import { RequestBudget, type Allowance } from './request-budget.js';

const ROWS = 20_000;
let worked = 0;
let changed = 0;

function work(): number {
  worked++;
  const end = performance.now() + 0.2;
  while (performance.now() < end);
  return worked;
}

const row: GraphQLObjectType = new GraphQLObjectType({
  name: 'Row',
  fields: () => ({
    dear: { type: GraphQLInt, resolve: work },
    text: { type: GraphQLString },
    late: {
      type: new GraphQLNonNull(row),
      resolve: (source: { n: number }) => (source.n % 2 ? source : later(source)),
    },
    rows: { type: new GraphQLList(new GraphQLNonNull(row)) },
  }),
});
const later = async (value: unknown): Promise<unknown> => value;
const table = Array.from({ length: ROWS }, (_, n) => ({ n, text: 'words '.repeat(10) }));
const rows = { type: new GraphQLList(new GraphQLNonNull(row)), resolve: () => table };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: { rows, later: { ...rows, resolve: async () => table } },
  }),
  mutation: new GraphQLObjectType({
    name: 'Mutation',
    fields: { change: { type: row, resolve: () => ({ rows: table, id: changed++ }) } },
  }),
});
installBudget(schema);

const PLENTY: Allowance = { milliseconds: 60_000, bytes: 1e9 };

async function answer(
  query: string,
  allowance: Partial<Allowance>,
): Promise<[RequestBudget, ExecutionResult]> {
  const budget = new RequestBudget({ ...PLENTY, ...allowance });
  worked = changed = 0;
  const result = await execute({
    schema,
    document: parse(query),
    contextValue: { budget } as unknown as RequestContext,
    fieldResolver: countedDefaultResolver as never,
  });
  return [budget, result];
}

const codes = ({ errors = [] }: ExecutionResult): Set<unknown> =>
  new Set(errors.map(({ extensions }) => extensions['code']));

describe('what answering one request may use', () => {
  it.each(['{ rows { dear } }', '{ later { dear } }'])('ends %s when its time is up', async (query) => {
    const [budget, result] = await answer(query, { milliseconds: 20 });

    expect(budget.exceeded?.extensions).toEqual({ code: 'QUERY_TOO_EXPENSIVE' });
    expect(worked).toBeLessThan(ROWS);
    expect(codes(result)).toEqual(new Set(['QUERY_TOO_EXPENSIVE']));
  });

  it('ends an answer that grows too big, by its texts and by the mere number of its fields', async () => {
    const [byTexts] = await answer('{ rows { text } }', { bytes: 100_000 });
    const [byFields] = await answer('{ rows { rows { text } } }', { bytes: 100_000 });
    const [enough, result] = await answer('{ rows { text } }', {});

    expect([byTexts.exceeded, byFields.exceeded]).toEqual([expect.any(Error), expect.any(Error)]);
    expect(enough.exceeded).toBeNull();
    expect(result.errors).toBeUndefined();
  });

  it('counts the description of the schema too', async () => {
    const [budget] = await answer(getIntrospectionQuery(), { bytes: 1_000 });

    expect(budget.exceeded).not.toBeNull();
  });

  it('carries a mutation out, stops only its answer, and says so', async () => {
    const [budget, result] = await answer(
      'mutation { first: change { rows { text } } second: change { text } }',
      {
        bytes: 100_000,
      },
    );

    expect(changed).toBe(2);
    expect(budget.written).toEqual(['first', 'second']);
    expect(codes(result)).toEqual(new Set(['QUERY_TOO_EXPENSIVE']));
  });

  it('leaves nothing behind that nobody awaits, in lists whose entries come at different times', async () => {
    const stray: unknown[] = [];
    const hear = (reason: unknown): void => void stray.push(reason);
    process.on('unhandledRejection', hear);

    const [budget] = await answer('{ rows { late { text } } }', { bytes: 100_000 });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', hear);

    expect(budget.exceeded).not.toBeNull();
    expect(stray).toEqual([]);
  });

  it('does not put the work of one request down to another', async () => {
    const idle = new RequestBudget({ ...PLENTY, milliseconds: 5 });
    const asked = (budget: RequestBudget, query: string): Promise<ExecutionResult> =>
      Promise.resolve(
        execute({
          schema,
          document: parse(query),
          contextValue: { budget } as unknown as RequestContext,
          fieldResolver: countedDefaultResolver as never,
        }),
      );

    const busy = new RequestBudget({ ...PLENTY, milliseconds: 50 });
    const [, calm] = await Promise.all([asked(busy, '{ later { dear } }'), asked(idle, '{ __typename }')]);

    expect(busy.exceeded).not.toBeNull();
    expect(calm.errors).toBeUndefined();
  });
});
