import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { PlainCase } from '../plain-cases.js';

/** Each of which a case adds one, so that no case meets the language of another. */
const SPARE = [
  'HU',
  'PL',
  'CS',
  'SK',
  'SL',
  'HR',
  'DA',
  'SV',
  'FI',
  'ET',
  'LV',
  'LT',
  'PT',
  'ES',
  'IT',
  'NL',
];
let added = 0;

async function spareLanguage({ requests, staff }: Fixtures): Promise<string> {
  const language = SPARE[added++ % SPARE.length] ?? 'HU';
  await requests.done('shopLanguageAdd', { language }, staff);
  return language;
}

/** A product with an option that nobody has named in English. */
async function optionOf({ requests, staff }: Fixtures): Promise<Answer> {
  const sku = `OPT-${++added}`;
  const { product } = await requests.done(
    'productCreate',
    {
      ...{ status: 'DRAFT', translations: [{ locale: 'RO', name: sku }] },
      options: [{ code: 'size', name: 'Mărime', values: [{ code: 'm', name: 'M' }] }],
      variants: [{ sku, price: 1_000, options: [{ option: 'size', value: 'm' }] }],
    },
    staff,
  );
  const { staffProduct } = await staff.ask(
    'query($id: ID!) { staffProduct(id: $id) { id version options { id values { id } } } }',
    { id: product.id },
  );
  return staffProduct;
}

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'shopLanguageAdd',
    prepare: async () => ({
      input: { language: SPARE[added++ % SPARE.length] },
      wrong: { expectedVersion: 77_777 },
    }),
  },
  {
    mutation: 'shopLanguageUpdate',
    prepare: async (fixtures) => ({
      input: { language: await spareLanguage(fixtures), isPublished: true },
      wrong: { language: 'ZU' },
    }),
  },
  {
    mutation: 'shopLanguageRemove',
    prepare: async (fixtures) => ({
      input: { language: await spareLanguage(fixtures) },
      wrong: { language: 'ZU' },
    }),
  },
  {
    mutation: 'messageOverrideSet',
    prepare: async () => ({
      input: { language: 'EN', key: 'storefront:cart.add', text: `Take it ${++added}` },
      wrong: { text: '<b>' },
    }),
  },
  {
    mutation: 'translationSave',
    prepare: async () => ({
      input: {
        ...{ language: 'EN', area: 'INTERFACE', id: 'storefront:cart.title' },
        ...{ field: 'text', text: `Your basket ${++added}` },
      },
      wrong: { text: '' },
    }),
  },
  {
    mutation: 'productOptionTextsUpdate',
    prepare: async (fixtures) => {
      const { id, version, options } = await optionOf(fixtures);
      return {
        input: {
          ...{ productId: id, expectedVersion: version },
          options: [{ optionId: options[0].id, translations: [{ locale: 'EN', name: 'Size' }] }],
        },
        wrong: { expectedVersion: 77 },
      };
    },
  },
];

export const cases: DomainCases = {
  plain: PLAIN,
  absent: {
    'a refused text leaves every area as it is': ['translationSave.coverage'],
  },
};
