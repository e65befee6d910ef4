import { getNamedType, isInputObjectType, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverNullIn } from '../../src/platform/graphql/never-null.js';
import { BRASOV } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { PLAIN_CASES } from '../support/plain-cases.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

let shop: TestShop;
let fixtures: Fixtures;
beforeAll(async () => {
  shop = await TestShop.open({
    worker: false,
    env: { PAYMENT_CAPTURE: 'manual', ACCESS_TOKEN_MINUTES: '100000' },
  });
  fixtures = await Fixtures.open(shop, new MutationDriver(shopSchema));
});
afterAll(() => shop.close());

/** A change of one thing: what is answered of it, and everything about it that can be written. */
interface Change {
  readonly mutation: string;
  readonly entity: string;
  readonly answered: string;
  /** Its fields that null takes away, with a value that they can have. */
  readonly cleared: Readonly<Record<string, { value: unknown }>>;
  readonly mine: Answer;
  readonly theirs: Answer;
  /** False for a thing that only one person writes, or whose version is that of something larger. */
  readonly hasVersion?: boolean;
}

const CHANGES: readonly Change[] = [
  {
    mutation: 'productVariantUpdate',
    entity: 'variant',
    answered:
      'version sku price { amount } barcode compareAtPrice { amount } weightGrams backorderLimit availableFrom lowStockThreshold image { id }',
    cleared: {
      barcode: { value: '59012341' },
      compareAtPrice: { value: 999_000 },
      weightGrams: { value: 300 },
      backorderLimit: { value: 4 },
      availableFrom: { value: '2027-01-01' },
      lowStockThreshold: { value: 2 },
    },
    mine: { price: 700 },
    theirs: { price: 800 },
  },
  {
    mutation: 'stockLocationUpdate',
    entity: 'location',
    answered: 'version name kind priority active address { city }',
    cleared: { address: { value: BRASOV } },
    mine: { name: 'Loft' },
    theirs: { name: 'Garage' },
  },
  {
    mutation: 'addressUpdate',
    entity: 'address',
    answered: 'version label isDefaultShipping isDefaultBilling address { line1 }',
    cleared: { label: { value: 'Home' } },
    mine: { address: { ...BRASOV, line1: 'Strada Mea 1' } },
    theirs: { address: { ...BRASOV, line1: 'Strada Lor 2' } },
  },
  {
    mutation: 'productUpdate',
    entity: 'product',
    answered: 'version slug status featured labels tags { name } taxClass name',
    cleared: {},
    mine: { featured: true },
    theirs: { tags: ['Gift'] },
  },
  {
    mutation: 'profileUpdate',
    entity: 'user',
    answered: 'firstName lastName language marketingOptIn phone',
    cleared: { phone: { value: '+40722123456' } },
    mine: {},
    theirs: {},
    hasVersion: false,
  },
];

interface ChangeSetup {
  readonly input: Answer;
  readonly by: GraphqlClient;
  readonly change: (input: Answer) => Promise<Answer>;
}

async function driver({ mutation, entity, answered }: Change): Promise<ChangeSetup> {
  const { input, by = fixtures.staff } = await PLAIN_CASES.find((one) => one.mutation === mutation)!.prepare(
    fixtures,
  );
  const type = String(shopSchema.getMutationType()?.getFields()[mutation]?.args[0]?.type);
  const text = `mutation($input: ${type}) { ${mutation}(input: $input) { ${entity} { ${answered} }
    errors { code path ... on StaleVersionError { currentVersion } } } }`;
  const change = async (more: Answer): Promise<Answer> =>
    (await by.ask(text, { input: { ...input, ...more } }))[mutation];
  return { input, by, change };
}

const withVersion = CHANGES.filter(({ hasVersion = true }) => hasVersion);

describe.each(withVersion)('of two who change the same $entity', (what) => {
  it('the second is refused and sees what the first one wrote', async () => {
    const { change } = await driver(what);
    const { version } = (await change({}))[what.entity];

    const first = await change({ ...what.mine, expectedVersion: version });
    const second = await change({ ...what.theirs, expectedVersion: version });
    const again = await change({ ...what.theirs, expectedVersion: first[what.entity].version });

    expect(first['errors']).toEqual([]);
    expect(first[what.entity].version).toBe(version + 1);
    expect(second['errors']).toEqual([
      { code: 'STALE_VERSION', path: ['expectedVersion'], currentVersion: version + 1 },
    ]);
    expect(second[what.entity]).toEqual(first[what.entity]);
    expect(again['errors']).toEqual([]);
  });

  it('at the same moment one is refused, and nothing of theirs is written', async () => {
    const { change } = await driver(what);
    const { version } = (await change({}))[what.entity];

    const requestedLines = [what.mine, what.theirs];
    const both = await Promise.all(
      requestedLines.map((more) => change({ ...more, expectedVersion: version })),
    );
    const won = both.findIndex(({ errors }) => errors.length === 0);
    // Said again, the request that was done changes nothing more.
    const after = await change(requestedLines[won] ?? {});

    expect(both[1 - won]?.['errors']).toMatchObject([{ code: 'STALE_VERSION' }]);
    expect(after[what.entity]).toEqual(both[won]?.[what.entity]);
  });

  it('who writes what stands there already changes nothing', async () => {
    const { change } = await driver(what);
    const before = (await change(what.mine))[what.entity];

    const after = await change({ ...what.mine, expectedVersion: before.version });

    expect(after).toEqual({ [what.entity]: before, errors: [] });
  });
});

function inputOf(mutation: string) {
  const type = getNamedType(shopSchema.getMutationType()?.getFields()[mutation]?.args[0]?.type);
  if (!isInputObjectType(type)) throw new Error(`${mutation} has no input`);
  return type;
}

describe.each(CHANGES)('null in a change of a $entity', (what) => {
  const required = neverNullIn(inputOf(what.mutation).name);

  it('is refused where something must stand, and changes nothing', async () => {
    const { change } = await driver(what);
    const before = (await change({}))[what.entity];

    for (const field of required) {
      const refused = await change({ [field]: null });
      expect(refused).toEqual({
        [what.entity]: before,
        errors: [{ code: 'INVALID_INPUT', path: [field] }],
      });
    }
  });

  it('takes away what may be empty', async () => {
    const { change } = await driver(what);

    for (const [field, { value }] of Object.entries(what.cleared)) {
      const given = await change({ [field]: value });
      const taken = await change({ [field]: null });
      expect([field, given['errors'], taken['errors']]).toEqual([field, [], []]);
      expect(given[what.entity][field]).not.toBeNull();
      expect(taken[what.entity][field]).toBeNull();
    }
  });

  it('means one of both in every field', () => {
    const known = [...required, ...Object.keys(what.cleared), ...ELSEWHERE];
    const optional = Object.values(inputOf(what.mutation).getFields()).filter(
      ({ type }) => !isNonNullType(type),
    );

    expect(optional.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** What null means "no" of: no version to compare, and no image of its own, which an image has to be sent for. */
const ELSEWHERE = ['expectedVersion', 'imageId'];
