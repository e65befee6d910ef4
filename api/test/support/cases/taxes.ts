import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

let made = 0;

const newClass = (): Answer => ({
  code: `class-${++made}`,
  translations: [{ locale: 'RO', name: `Clasa ${made}` }],
});
async function taxClass({ requests, staff }: Fixtures): Promise<Answer> {
  return (await requests.done('taxClassCreate', newClass(), staff))['taxClass'];
}
/** The first rate of a class that no goods are in, from a day far off: it ends no other. */
async function newRate(fixtures: Fixtures): Promise<Answer> {
  const { code } = await taxClass(fixtures);
  const from = new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 10);
  return { country: 'DK', taxClass: code, ratePercent: '7.5', from };
}
async function taxRate(fixtures: Fixtures): Promise<Answer> {
  const { requests, staff } = fixtures;
  return (await requests.done('taxRateAdd', await newRate(fixtures), staff))['taxRate'];
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'taxClassCreate',
    of: 'a tax class',
    makes: { tax_class: 1 },
    prepare: async () => ({ input: newClass(), other: newClass() }),
  },
  {
    mutation: 'taxRateAdd',
    of: 'a tax rate',
    makes: { tax_rate: 1 },
    prepare: async (fixtures) => ({ input: await newRate(fixtures), other: await newRate(fixtures) }),
  },
];

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'taxSettingsUpdate',
    prepare: async () => ({
      input: { payer: true },
      wrong: { mention: [{ locale: 'RO', message: '' }] },
    }),
  },
  {
    mutation: 'taxClassUpdate',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await taxClass(fixtures);
      const translations = [{ locale: 'EN', name: `Other ${++made}` }];
      return {
        input: { taxClassId: id, expectedVersion: version, translations },
        wrong: { expectedVersion: 77 },
      };
    },
  },
  {
    mutation: 'taxClassArchive',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await taxClass(fixtures);
      return { input: { taxClassId: id, expectedVersion: version }, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'taxRateDelete',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await taxRate(fixtures);
      return { input: { taxRateId: id, expectedVersion: version }, wrong: { expectedVersion: 77 } };
    },
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: {
    'there is none before the mutation makes it': ['taxClassCreate.taxClass', 'taxRateAdd.taxRate'],
  },
  nodes: {
    TaxClass: async (fixtures) => (await taxClass(fixtures))['id'],
    TaxRate: async (fixtures) => (await taxRate(fixtures))['id'],
  },
};
