import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { errorCodes } from '../../kernel/error-codes.js';
import { userErrorsOf } from './error-bodies.js';

const contract = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));
const mutations = Object.values(contract.getMutationType()!.getFields());

it.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
  '%s says in its description what it may refuse with',
  (_name, mutation) => {
    const codes = userErrorsOf(mutation);
    const said = codes.length > 0 ? `Errors: ${codes.join(', ')}.` : 'It refuses nothing.';
    expect(mutation.description).toContain(said);
  },
);

it('leaves no code that no mutation names', () => {
  const named = new Set(mutations.flatMap(userErrorsOf));
  expect(Object.keys(errorCodes).filter((code) => !named.has(code as keyof typeof errorCodes))).toEqual([]);
});
