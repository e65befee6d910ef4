import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

let named = 0;

const newTag = (): Answer => ({ translations: [{ locale: 'RO', name: `Eticheta ${++named}` }] });

async function tag({ requests, staff }: Fixtures): Promise<Answer> {
  return (await requests.done('tagCreate', newTag(), staff))['tag'];
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'tagCreate',
    of: 'a tag',
    makes: { tag: 1 },
    prepare: async () => ({ input: newTag(), other: { slug: `eticheta-alta-${++named}` } }),
  },
];

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'tagUpdate',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await tag(fixtures);
      const input = { tagId: id, expectedVersion: version, slug: `alt-nume-${++named}` };
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'tagMerge',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await tag(fixtures);
      const { id: intoId } = await tag(fixtures);
      return { input: { tagId: id, expectedVersion: version, intoId }, wrong: { intoId: id } };
    },
  },
  {
    mutation: 'tagDelete',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await tag(fixtures);
      return { input: { tagId: id, expectedVersion: version }, wrong: { expectedVersion: 77 } };
    },
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: { 'there is none before the mutation makes it': ['tagCreate.tag'] },
};
