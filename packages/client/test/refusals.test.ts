import { describe, expect, it } from 'vitest';
import { refusalsOf, wordsForRefusal } from '../src/refusals';

const words: Record<string, string> = { 'errors.SKU_TAKEN': 'Taken.', 'errors.UNKNOWN': 'Failed:' };
const dictionary = {
  has: (key: string) => key in words,
  say: (key: string, values: Record<string, unknown>) => `${words[key]} ${String(values['code'])}`,
};

describe('what went wrong with a request', () => {
  it('is what the payload refuses, else the code of the error, else that no answer came', () => {
    const refused = { graphQLErrors: [{ extensions: { code: 'FORBIDDEN' } }, {}] };

    expect(refusalsOf(undefined, [{ code: 'SKU_TAKEN', path: ['sku'] }])).toEqual([
      { code: 'SKU_TAKEN', path: ['sku'] },
    ]);
    expect(refusalsOf(refused, [])).toEqual([{ code: 'FORBIDDEN' }, { code: 'INTERNAL' }]);
    expect(refusalsOf({ networkError: new Error(), graphQLErrors: [] })).toEqual([{ code: 'NETWORK' }]);
    expect(refusalsOf(undefined, [])).toEqual([]);
  });

  it('is said in the words of the client, else in those of the API, and never left out', () => {
    expect(wordsForRefusal(dictionary, { code: 'SKU_TAKEN', message: 'no' })).toBe('Taken. SKU_TAKEN');
    expect(wordsForRefusal(dictionary, { code: 'NEW', message: 'The moon is in the way.' })).toBe(
      'The moon is in the way.',
    );
    expect(wordsForRefusal(dictionary, { code: 'NEW' })).toBe('Failed: NEW');
  });
});
