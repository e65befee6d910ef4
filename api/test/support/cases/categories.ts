import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

let named = 0;

const newCategory = (): Answer => ({
  translations: [{ locale: 'RO', name: `Categorie ${++named}` }],
});

async function category(fixtures: Fixtures): Promise<Answer> {
  return (await fixtures.requests.done('categoryCreate', newCategory(), fixtures.staff))['category'];
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'categoryCreate',
    of: 'a category',
    makes: { category: 1 },
    prepare: async () => ({ input: newCategory(), other: { slug: `categorie-alta-${++named}` } }),
  },
];

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'categoryUpdate',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await category(fixtures);
      const input = { categoryId: id, expectedVersion: version, slug: `adresa-${++named}` };
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'categoryMove',
    prepare: async (fixtures) => {
      const { id } = await category(fixtures);
      return { input: { categoryId: id, position: 0 }, wrong: { parentId: id } };
    },
  },
  {
    mutation: 'categoryDelete',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await category(fixtures);
      return { input: { categoryId: id, expectedVersion: version }, wrong: { expectedVersion: 77 } };
    },
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: { 'there is none before the mutation makes it': ['categoryCreate.category'] },
};
