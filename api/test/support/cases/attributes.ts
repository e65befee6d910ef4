import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

let named = 0;

const names = (): Answer[] => [{ locale: 'RO', name: `Atribut ${++named}` }];
const newAttribute = (): Answer => ({ translations: names(), kind: 'ENUM' });

async function attribute({ requests, staff }: Fixtures): Promise<Answer> {
  return (await requests.done('attributeCreate', newAttribute(), staff))['attribute'];
}
/** A value with its attribute as they are afterwards. */
async function value(fixtures: Fixtures, attributeId: string): Promise<Answer> {
  const { requests, staff } = fixtures;
  return requests.done('attributeValueCreate', { attributeId, translations: names() }, staff);
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'attributeCreate',
    of: 'an attribute',
    makes: { attribute: 1 },
    prepare: async () => ({ input: newAttribute(), other: { code: `altul-${++named}` } }),
  },
  {
    mutation: 'attributeValueCreate',
    of: 'a value of an attribute',
    makes: { attribute_value: 1 },
    prepare: async (fixtures) => {
      const { id: attributeId } = await attribute(fixtures);
      return { input: { attributeId, translations: names() }, other: { code: `alta-${++named}` } };
    },
  },
];

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'attributeUpdate',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await attribute(fixtures);
      const input = { attributeId: id, expectedVersion: version, filterable: false };
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'attributeDelete',
    prepare: async (fixtures) => {
      const { id, version = 1 } = await attribute(fixtures);
      return { input: { attributeId: id, expectedVersion: version }, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'attributesReorder',
    prepare: async (fixtures) => {
      await attribute(fixtures);
      await attribute(fixtures);
      const { attributes } = await fixtures.staff.ask('{ attributes { id } }');
      const attributeIds = attributes.map(({ id }: Answer) => id).reverse();
      return { input: { attributeIds }, wrong: { attributeIds: attributeIds.slice(1) } };
    },
  },
  {
    mutation: 'attributeValueUpdate',
    prepare: async (fixtures) => {
      const made = await value(fixtures, (await attribute(fixtures))['id']);
      const { id: valueId } = made['value'];
      const expectedVersion = made['attribute'].version;
      return { input: { valueId, expectedVersion, translations: names() }, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'attributeValueMerge',
    prepare: async (fixtures) => {
      const { id: attributeId } = await attribute(fixtures);
      const { id: intoId } = (await value(fixtures, attributeId))['value'];
      const made = await value(fixtures, attributeId);
      const { id: valueId } = made['value'];
      const input = { valueId, expectedVersion: made['attribute'].version, intoId };
      return { input, wrong: { intoId: valueId } };
    },
  },
  {
    mutation: 'attributeValueDelete',
    prepare: async (fixtures) => {
      const made = await value(fixtures, (await attribute(fixtures))['id']);
      const input = { valueId: made['value'].id, expectedVersion: made['attribute'].version };
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'attributeValuesReorder',
    prepare: async (fixtures) => {
      const { id: attributeId } = await attribute(fixtures);
      const { id: first } = (await value(fixtures, attributeId))['value'];
      const { id: second } = (await value(fixtures, attributeId))['value'];
      return { input: { attributeId, valueIds: [second, first] }, wrong: { valueIds: [first] } };
    },
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: {
    'there is none before the mutation makes it': ['attributeCreate.attribute', 'attributeValueCreate.value'],
  },
};
