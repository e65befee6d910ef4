import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localId, newId } from '../../src/kernel/ids.js';
import { anyValue } from '../support/any-value.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import type { Answer, GraphqlAnswer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { INNARDS } from '../support/innards.js';
import { KEYED_CASES } from '../support/keyed-cases.js';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { nastyValues } from '../support/nasty-values.js';
import { PLAIN_CASES } from '../support/plain-cases.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

const SEED = Number(process.env['SEED'] ?? 1);
/** How many values each place is given: all of them in the long run, one in every other. SEED chooses others. */
const EACH = process.env['PROOF'] === 'full' ? Infinity : 1;
/** In settings, where a value that is taken stays for what is pressed later: another one follows it. */
const EACH_SETTING = Math.max(EACH, 3);
/** How a request may end beside an answer. INTERNAL is none of them. */
const ROOTS = ['Query', 'Mutation', 'Subscription'];
/** Buttons about the session of whoever presses them. */
const STRANGERS = [
  'login',
  'loginSecondFactor',
  'logout',
  'signUp',
  'tokenRefresh',
  'passwordReset',
  'passwordResetRequest',
];
const FAIR = ['BAD_USER_INPUT', 'RATE_LIMITED', 'QUERY_TOO_EXPENSIVE'];

let shop: TestShop;
let fixtures: Fixtures;
let things: Record<string, string>;
/** A member of staff with a cart. */
let buyer: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({
    worker: false,
    env: { PAYMENT_CAPTURE: 'manual', ACCESS_TOKEN_MINUTES: '100000' },
  });
  fixtures = await Fixtures.open(shop, new MutationDriver(shopSchema));
  things = await progress();
  buyer = await shop.staff();
  await buyer.ask(ADD, { variantId: things['variantId'] });
});
afterAll(() => shop.close());

const ADD = 'mutation($variantId: ID!) { cartLineAdd(input: { variantId: $variantId }) { cart { id } } }';

/** One of each thing that a question can be about. */
async function progress(): Promise<Record<string, string>> {
  const { sold, back } = await fixtures.asked();
  const query =
    'query($id: ID!) { order(id: $id) { lines { id variant { id product { id } } } } me { id } customers(first: 1) { nodes { id } } }';
  const { order, customers } = await fixtures.staff.ask(query, { id: sold.id });
  const { variant, id: lineId } = order.lines[0];
  await shop.sql(
    `INSERT INTO product_image (id, product_id, storage_key, width, height, position) VALUES ($1, $2, 'k', 10, 10, 0)`,
    [newId(), localId('prod', variant.product.id)],
  );
  const category = { translations: [{ locale: 'RO', name: 'Vase' }], slug: 'vase' };
  await fixtures.done('categoryCreate', category);
  return {
    ...{ orderId: sold.id, orderToken: sold.token, token: sold.token, orderLineId: lineId },
    ...{ variantId: variant.id, productId: variant.product.id, returnId: back['id'] },
    ...{ customerId: customers.nodes[0].id, locationId: fixtures.places[0] },
    jobId: (await fixtures.done('orderExportCreate', {}))['job'].id,
  };
}

/** A place in the arguments of a field where somebody may put a value. */
interface Place {
  readonly path: readonly string[];
  readonly type: GraphQLInputType;
}

function placesIn(field: GraphQLField<unknown, unknown>): Place[] {
  const walk = (type: GraphQLInputType, path: readonly string[]): Place[] => {
    const bare = getNullableType(type);
    const within = isListType(bare)
      ? walk(bare.ofType, [...path, '0'])
      : isInputObjectType(bare)
        ? Object.values(bare.getFields()).flatMap((part) => walk(part.type, [...path, part.name]))
        : [];
    return [{ path, type }, ...within];
  };
  return field.args.flatMap(({ name, type }) => walk(type, [name]));
}

function chosen({ path, type }: Place, each = EACH): readonly unknown[] {
  const values = nastyValues(type);
  const count = Math.min(each, values.length);
  const seed = [...path.join('.')].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, SEED);
  const some = fc.shuffledSubarray([...values], { minLength: count, maxLength: count });
  return fc.sample(some, { numRuns: 1, seed })[0] ?? [];
}

/** The same arguments with `value` at `path`; what is missing on the way there is the least that GraphQL takes. */
function put(type: GraphQLInputType, given: unknown, path: readonly string[], value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const [first, ...others] = Array.isArray(given) ? (given as unknown[]) : [];
    return [put(bare.ofType, first, rest, value), ...others];
  }
  if (!isInputObjectType(bare)) throw new Error(`${part} is in no input`);
  const whole = (given ?? anyValue(bare)) as Answer;
  return { ...whole, [part]: put(bare.getFields()[part]!.type, whole[part], rest, value) };
}

function putInto(
  field: GraphQLField<unknown, unknown>,
  given: Answer,
  { path }: Place,
  value: unknown,
): Answer {
  const [name = '', ...rest] = path;
  const arg = field.args.find((other) => other.name === name);
  if (!arg) throw new Error(`${field.name} has no ${name}`);
  return { ...given, [name]: put(arg.type, given[name], rest, value) };
}

/** The heads of the variables, and the field as it is asked for with them. */
function partsOf(field: GraphQLField<unknown, unknown>, args: Answer): { heads: string; asked: string } {
  const given = field.args.filter(({ name }) => name in args);
  const heads = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const values = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const type = getNamedType(field.type);
  const counted = isObjectType(type) && 'totalCount' in type.getFields() ? ' totalCount' : '';
  const selection = isCompositeType(type) ? ` { __typename${counted} }` : '';
  return { heads, asked: `${field.name}(${values})${selection}` };
}

/** What is wrong with an answer; null when it is fair. */
function wrongWith(
  { errors = [] }: Pick<GraphqlAnswer<Answer>, 'errors'>,
  fair: readonly string[] = FAIR,
): string | null {
  const unfair = errors.find(({ extensions }) => !fair.includes(extensions.code));
  if (unfair) return `${unfair.extensions.code} ${unfair.message}`;
  const said = errors.map(({ message }) => message).join(' ');
  return INNARDS.test(said) ? said : null;
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60);

const queries = Object.values(shopSchema.getQueryType()!.getFields()).filter(({ args }) => args.length > 0);

describe.each(queries.map((field) => ({ name: field.name, field })))(
  'the question $name',
  ({ name, field }) => {
    it('has a fair answer to whatever stands in its arguments', async () => {
      const given = Object.fromEntries(
        field.args.flatMap(({ name: arg, type }) => {
          const known = things[arg] ?? things[`${name}Id`];
          if (String(type).endsWith('!')) return [[arg, known ?? anyValue(type)]];
          return [];
        }),
      );
      const unfair: string[] = [];
      for (const place of placesIn(field)) {
        for (const value of chosen(place)) {
          const args = putInto(field, given, place, value);
          const { heads, asked } = partsOf(field, args);
          const wrong = wrongWith(await fixtures.staff.send(`query(${heads}) { ${asked} }`, args));
          if (wrong) unfair.push(`${place.path.join('.')} = ${shown(value)}: ${wrong}`);
        }
      }
      expect(unfair).toEqual([]);
    });
  },
);

/** Fields with arguments within an answer, and how they are reached. */
const WITHIN: Readonly<Record<string, (asked: string) => string>> = {
  'Cart.tenders': (asked) => `{ cart { ${asked} } }`,
  'Cart.due': (asked) => `{ cart { ${asked} } }`,
  'Cart.shippingEstimate': (asked) => `{ cart { ${asked} } }`,
  'Category.history': (asked) => `{ category(slug: "vase") { ${asked} } }`,
  'Return.history': (asked) => `{ returns(first: 1) { nodes { ${asked} } } }`,
  'Customer.history': (asked) => `{ customer(id: "${things['customerId']}") { ${asked} } }`,
  'Order.history': (asked) => `{ orders(first: 1) { nodes { ${asked} } } }`,
  'Product.history': (asked) => `{ staffProduct(id: "${things['productId']}") { ${asked} } }`,
  'Job.rowErrors': (asked) => `{ job(id: "${things['jobId']}") { ${asked} } }`,
  'Customer.orders': (asked) => `{ customer(id: "${things['customerId']}") { ${asked} } }`,
  'Product.images': (asked) => `{ staffProduct(id: "${things['productId']}") { ${asked} } }`,
  'ProductVariant.image': (asked) =>
    `{ staffProduct(id: "${things['productId']}") { variants { ${asked} } } }`,
  'Product.relatedProducts': (asked) => `{ staffProduct(id: "${things['productId']}") { ${asked} } }`,
  'Media.url': (asked) => `{ media(first: 1) { nodes { ${asked} } } }`,
  'ShareImage.url': (asked) => `{ shop { brand { shareImage { ${asked} } } } }`,
  'ProductImage.url': (asked) => `{ staffProduct(id: "${things['productId']}") { images { ${asked} } } }`,
};
/** What else such a field needs to be asked. */
const NEEDED: Readonly<Record<string, Answer>> = { 'Cart.shippingEstimate': { countryCode: 'RO' } };
const fieldsWithin = Object.values(shopSchema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && !type.name.startsWith('__') && !ROOTS.includes(type.name)
    ? Object.values(type.getFields()).flatMap((field) =>
        field.args.length > 0 ? [{ name: `${type.name}.${field.name}`, field }] : [],
      )
    : [],
);

describe.each(fieldsWithin)('the field $name', ({ name, field }) => {
  it('has a fair answer to whatever stands in its arguments', async () => {
    const reach = WITHIN[name];
    if (!reach) throw new Error(`Say in this test how ${name} is reached`);
    const unfair: string[] = [];
    for (const place of placesIn(field)) {
      for (const value of chosen(place)) {
        const args = putInto(field, NEEDED[name] ?? {}, place, value);
        const { heads, asked } = partsOf(field, args);
        const wrong = wrongWith(await buyer.send(`query(${heads}) ${reach(asked)}`, args));
        if (wrong) unfair.push(`${place.path.join('.')} = ${shown(value)}: ${wrong}`);
      }
    }
    expect(unfair).toEqual([]);
  });
});

describe('a subscription', () => {
  it('has a fair answer to whatever stands in its arguments', async () => {
    const fields = Object.values(shopSchema.getSubscriptionType()!.getFields());
    const live = liveClient(shop.url, {
      cookie: fixtures.staff.cookieHeader(),
      params: { client: 'admin' },
    });
    const unfair: string[] = [];
    try {
      await live.ready();
      for (const field of fields) {
        for (const place of placesIn(field)) {
          for (const value of chosen(place)) {
            // It follows all jobs of the caller, and stays open.
            if (field.name === 'jobProgress' && value === null) continue;
            const args = putInto(field, {}, place, value);
            const { heads, asked } = partsOf(field, args);
            const heard = live.listen(`subscription(${heads}) { ${asked} }`, args);
            await shop.eventually(async () => heard.ended || heard.errors.length > 0);
            const errors = heard.errors as GraphqlAnswer<Answer>['errors'];
            const wrong = wrongWith({ ...(errors && { errors }) }, [...FAIR, 'FORBIDDEN']);
            if (wrong) unfair.push(`${field.name} ${place.path.join('.')} = ${shown(value)}: ${wrong}`);
          }
        }
      }
    } finally {
      await live.close();
    }
    expect(unfair).toEqual([]);
  });
});

interface Press {
  readonly input: Answer;
  readonly by?: GraphqlClient;
}

/** How each button is pressed well; one without a case is given the least that its input allows, by somebody new. */
const FIXTURES = new Map<string, (from: Fixtures) => Promise<Press>>([
  ...KEYED_CASES.map(({ mutation, prepare }) => [mutation, prepare] as const),
  ...PLAIN_CASES.map(({ mutation, prepare }) => [mutation, prepare] as const),
]);
const mutations = Object.values(shopSchema.getMutationType()!.getFields()).filter(
  ({ args }) => args.length > 0,
);

describe.each(mutations.map((field) => ({ name: field.name, field })))(
  'the button $name',
  ({ name, field }) => {
    const input = field.args[0]!.type;
    const inputType = getNullableType(input);
    const hasKey = isInputObjectType(inputType) && 'idempotencyKey' in inputType.getFields();
    const each = name.endsWith('SettingsUpdate') ? EACH_SETTING : EACH;
    const prepare =
      FIXTURES.get(name) ??
      (async ({ staff }: Fixtures): Promise<Press> => ({
        input: anyValue(input) as Answer,
        by: STRANGERS.includes(name) ? shop.guest() : staff,
      }));

    it('has a fair answer to whatever stands in its input', async () => {
      const unfair: string[] = [];
      let press = await prepare(fixtures);
      for (const place of placesIn(field)) {
        for (const [n, value] of chosen(place, each).entries()) {
          const key = hasKey ? { idempotencyKey: `${name}-${place.path.join('.').slice(-80)}-${n}` } : {};
          const args = putInto(field, { input: { ...press.input, ...key } }, place, value);
          const text = `mutation($input: ${String(input)}) { ${name}(input: $input) { __typename errors { code } } }`;
          const answer = await (press.by ?? fixtures.staff).send(text, args);
          const wrong = wrongWith(answer);
          if (wrong) unfair.push(`${place.path.join('.')} = ${shown(value)}: ${wrong}`);
          // It was done, so that the next one needs another thing to be done to.
          if (answer.data?.[name]?.errors?.length === 0) press = await prepare(fixtures);
        }
      }
      expect(unfair).toEqual([]);
    });
  },
);

it('and in the end the ledger balances', async () => {
  const other = await shop.beside();
  try {
    await assertLedgerBalances(shop);
  } finally {
    await other.close();
  }
});
