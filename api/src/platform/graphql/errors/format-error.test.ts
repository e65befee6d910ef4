import { buildSchema, executeSync, GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DomainErrors, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Logger } from '../../../kernel/logger.js';
import { createErrorFormatter, errorsOfRequests } from './format-error.js';

const lines: unknown[] = [];
const format = createErrorFormatter({
  error: (line: unknown) => void lines.push(line),
  warn: () => undefined,
} as unknown as Logger);

/** An error as graphql-js returns it: the thrown one with its path in the response. */
const thrown = (originalError: Error): GraphQLError =>
  new GraphQLError(originalError.message, { originalError, path: ['orders'] });

describe('an error that a client sees', () => {
  it('of ours says nothing but under which id the log knows it', async () => {
    const error = thrown(new Error('duplicate key (email)=(ana@example.test)'));
    const hooks = await errorsOfRequests().requestDidStart?.({} as never);
    await hooks?.didEncounterErrors?.({ errors: [error], contextValue: { requestId: 'trace-7' } } as never);

    const seen = format(error.toJSON(), error);

    expect(JSON.stringify(seen)).not.toContain('ana@example.test');
    expect(seen).toMatchObject({ path: ['orders'], extensions: { code: 'INTERNAL', requestId: 'trace-7' } });
    expect(lines).toEqual([expect.objectContaining({ requestId: 'trace-7' })]);
  });

  it('of an argument keeps its place in the answer apart from the place in the input', () => {
    const error = thrown(new InvalidInputError('At most 50 entries.', ['filter', 'tags']));

    expect(format(error.toJSON(), error)).toMatchObject({
      message: 'At most 50 entries.',
      path: ['orders'],
      extensions: { code: 'BAD_USER_INPUT', reason: 'INVALID_INPUT', inputPath: ['filter', 'tags'] },
    });
  });

  it('of a statement that the database ended is a request that asked for too much, not a fault of ours', () => {
    const error = thrown(
      Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }),
    );

    const seen = format(error.toJSON(), error);

    expect(seen).toMatchObject({ path: ['orders'], extensions: { code: 'QUERY_TOO_EXPENSIVE' } });
    expect(seen.message).not.toContain('statement');
  });

  it.each([
    ['waited ten seconds for a lock', '55P03'],
    ['waited for another that waited for it', '40P01'],
    ['could not follow another', '40001'],
  ])('of a change that %s asks to send it again, and is no fault of ours', (_what, code) => {
    lines.length = 0;
    const error = thrown(Object.assign(new Error('canceling statement due to lock timeout'), { code }));

    const seen = format(error.toJSON(), error);

    expect(seen).toMatchObject({ path: ['orders'], extensions: { code: 'BUSY', retryAfter: 3 } });
    expect(seen.message).not.toContain('statement');
    expect(lines).toEqual([]);
  });

  it('of several arguments is no fault of ours either', () => {
    const error = thrown(new DomainErrors([new NotFoundError('order'), new NotFoundError('line')]));

    expect(format(error.toJSON(), error).extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'NOT_FOUND',
    });
  });

  it('of more wrong variables than are listed is the client’s, and the log hears nothing of it', () => {
    const schema = buildSchema('type Query { sum(numbers: [Int!]!): Int }');
    const before = lines.length;

    const { errors = [] } = executeSync({
      schema,
      document: parse('query($numbers: [Int!]!) { sum(numbers: $numbers) }'),
      variableValues: { numbers: Array(60).fill('no number') },
    });
    const last = errors.at(-1);

    expect(errors).toHaveLength(51);
    expect(last && format(last.toJSON(), last)).toEqual({
      message: 'The variables have more faults than are listed here.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(lines).toHaveLength(before);
  });
});
