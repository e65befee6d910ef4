import { isEnumType } from 'graphql';
import { expect, it } from 'vitest';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';
import { userErrorsOf } from '../src/platform/graphql/errors/user-errors-of.js';

const mutations = Object.values(shopSchema.getMutationType()?.getFields() ?? {});

it.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
  '%s says in its description what it may refuse with',
  (_name, mutation) => {
    const codes = userErrorsOf(shopSchema, mutation);

    const said = codes.length > 0 ? `Errors: ${codes.join(', ')}.` : 'It refuses nothing.';
    expect(mutation.description).toContain(said);
  },
);

/** What is wrong with rows of files: `Import.rowErrors` tells it, and no mutation. */
const OF_ROWS = ['VARIANT_UNKNOWN', 'VARIANT_AMBIGUOUS', 'LOCATION_UNKNOWN', 'VALUE_MISSING', 'ROW_REPEATED'];
/** Why a long job ended: `Job.failure` tells it. */
const OF_JOBS = ['STARTER_NOT_ALLOWED'];

it('leaves no code that no mutation names', () => {
  const type = shopSchema.getType('ErrorCode');
  const codes = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
  const named = new Set<string>(mutations.flatMap((mutation) => userErrorsOf(shopSchema, mutation)));

  expect(codes.length).toBeGreaterThan(50);
  expect(codes.filter((code) => !named.has(code)).sort()).toEqual([...OF_ROWS, ...OF_JOBS].sort());
});
