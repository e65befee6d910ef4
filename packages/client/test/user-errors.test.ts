import { describe, expect, it } from 'vitest';
import { userErrorsOf, messageForError } from '../src/user-errors';

const messages: Record<string, string> = { 'errors.SKU_TAKEN': 'Taken.', 'errors.UNKNOWN': 'Failed:' };
const dictionary = {
  has: (key: string) => key in messages,
  say: (key: string, values: Record<string, unknown>) => `${messages[key]} ${String(values['code'])}`,
};

describe('what went wrong with a request', () => {
  it('is what the payload refuses, else the code of the error, else that no answer came', () => {
    const refused = { graphQLErrors: [{ extensions: { code: 'FORBIDDEN' } }, {}] };

    expect(userErrorsOf(undefined, [{ code: 'SKU_TAKEN', path: ['sku'] }])).toEqual([
      { code: 'SKU_TAKEN', path: ['sku'] },
    ]);
    expect(userErrorsOf(refused, [])).toEqual([{ code: 'FORBIDDEN' }, { code: 'INTERNAL' }]);
    const byRule = { code: 'BAD_USER_INPUT', reason: 'AMOUNT_TOO_SMALL' };
    expect(userErrorsOf({ graphQLErrors: [{ extensions: byRule }] })).toEqual([{ code: 'AMOUNT_TOO_SMALL' }]);
    expect(userErrorsOf({ networkError: new Error(), graphQLErrors: [] })).toEqual([{ code: 'NETWORK' }]);
    expect(userErrorsOf(undefined, [])).toEqual([]);
  });

  it('is said in the words of the client, else in those of the API, and never left out', () => {
    expect(messageForError(dictionary, { code: 'SKU_TAKEN', message: 'no' })).toBe('Taken. SKU_TAKEN');
    expect(messageForError(dictionary, { code: 'NEW', message: 'The moon is in the way.' })).toBe(
      'The moon is in the way.',
    );
    expect(messageForError(dictionary, { code: 'NEW' })).toBe('Failed: NEW');
  });
});
