import { getNamedType, isListType, isNonNullType, isObjectType, type GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesBetween, countedRows } from '@vitrine/testing/shop/counted-rows.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import type { Press } from '../support/keyed-case.js';
import { DOMAIN_CASES } from '../support/domain-cases.js';
import { KEYED_CASES } from '../support/keyed-cases.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { PLAIN_CASES } from '../support/plain-cases.js';
import { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

/** What cannot stand beside a user error, and why. */
const ABSENT: Readonly<Record<string, string>> = {
  ...Object.assign(
    {},
    ...DOMAIN_CASES.flatMap(({ absent = {} }) =>
      Object.entries(absent).map(([why, names]) => of(why, names)),
    ),
  ),
  ...of('there is none before the mutation makes it', [
    'addressCreate.address',
    'checkoutBlockBulkRemove.job',
    'customerBulkLock.job',
    'customerBulkTag.job',
    'checkoutBlockExportCreate.job',
    'checkoutComplete.order',
    'checkoutComplete.paymentSession',
    'customerExportCreate.job',
    'disputeExportCreate.job',
    'draftOrderCreate.order',
    'emailBulkCancel.job',
    'emailBulkResend.job',
    'emailExportCreate.job',
    'emailTestSend.email',
    'importCreate.import',
    'importCreate.upload',
    'jobUndo.job',
    'orderBulkCancel.job',
    'orderBulkComplete.job',
    'orderBulkShip.job',
    'orderEdit.edit',
    'orderExportCreate.job',
    'orderRefund.refund',
    'productCreate.product',
    'productExportCreate.job',
    'productImageAdd.image',
    'productStatusBulkUpdate.job',
    'productVariantCreate.variant',
    'returnBulkApprove.job',
    'returnExportCreate.job',
    'returnPhotoUploadCreate.upload',
    'returnRequest.return',
    'shipmentCreate.shipment',
    'stockItemExportCreate.job',
    'stockLocationCreate.location',
    'stockMovementExportCreate.job',
    'stockReservationExportCreate.job',
    'stockReserve.hold',
    'uploadCreate.upload',
    'webhookEventBulkReplay.job',
    'webhookEventExportCreate.job',
    'auditEntryExportCreate.job',
    'redirectExportCreate.job',
    'mediaExportCreate.job',
  ]),
  ...of('who is not signed in is told of no account', [
    'login.user',
    'login.tokens',
    'signUp.user',
    'signUp.tokens',
    'tokenRefresh.user',
    'tokenRefresh.tokens',
  ]),
  ...of('it refuses nothing but what names nothing', [
    'cartClear.cart',
    'productImageDelete.product',
    'productImageRetry.image',
    'productImageRetry.product',
    'returnPhotoRetry.return',
    'returnPhotoRetry.order',
    'paymentSessionCreate.paymentSession',
    'paymentSessionCreate.paymentStatus',
    'paymentStatusRefresh.paymentStatus',
  ]),
};

/** What is shown to everybody who asks, as it is always the caller's own. */
const OF_THE_CALLER: Readonly<Record<string, string[]>> = {
  profileUpdate: ['user'],
  emailChangeConfirm: ['user'],
  emailVerify: ['user'],
};

/** The same request of somebody who knows the ids and was given no key to the thing. */
function withoutSecrets(input: Answer): Answer {
  const secrets = ['orderToken', 'clientSecret'].filter((name) => name in input);
  return { ...input, ...Object.fromEntries(secrets.map((name) => [name, 'guessed'])) };
}

function of(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

let shop: TestShop;
let fixtures: Fixtures;
/** A customer to whom nothing of what is asked about belongs. */
let alice: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({
    worker: false,
    env: { PAYMENT_CAPTURE: 'manual', ACCESS_TOKEN_MINUTES: '100000' },
  });
  fixtures = await Fixtures.open(shop, new MutationDriver(shopSchema));
  alice = await shop.customer('alice@example.com', 'Alice@123');
});
afterAll(() => shop.close());

type Mutation = GraphQLField<unknown, unknown>;

/** The fields of a payload that hold a thing of the shop. */
function entitiesOf(mutation: Mutation): string[] {
  const payload = getNamedType(mutation.type);
  if (!isObjectType(payload)) return [];
  return Object.values(payload.getFields()).flatMap(({ name, type }) =>
    isObjectType(type) && !isListType(type) && !isNonNullType(type) ? [name] : [],
  );
}

const mutations = Object.values(shopSchema.getMutationType()?.getFields() ?? {});
const expected = mutations.flatMap((mutation) =>
  entitiesOf(mutation).map((field) => `${mutation.name}.${field}`),
);

/** One press for each mutation; of those with a key, the key alone is wrong. */
const CASES = [
  ...[...new Map(KEYED_CASES.map((keyed) => [keyed.mutation, keyed.prepare]))].map(([mutation, prepare]) => ({
    mutation,
    prepare: async (from: Fixtures): Promise<Omit<Press, 'other'>> => {
      const press = await prepare(from);
      return { ...press, input: { ...press.input, idempotencyKey: 'x'.repeat(200) } };
    },
  })),
  ...PLAIN_CASES.map(({ mutation, prepare }) => ({
    mutation,
    prepare: async (from: Fixtures): Promise<Omit<Press, 'other'>> => {
      const { input, wrong, by } = await prepare(from);
      return { input: { ...input, ...wrong }, ...(by && { by }) };
    },
  })),
].filter(({ mutation }) => entitiesOf(find(mutation)).some((field) => !(`${mutation}.${field}` in ABSENT)));

function find(name: string): Mutation {
  const mutation = mutations.find((other) => other.name === name);
  if (!mutation) throw new Error(`There is no mutation ${name}`);
  return mutation;
}

function textOf(mutation: Mutation): string {
  const entities = entitiesOf(mutation).map((field) => `${field} { __typename }`);
  const [input] = mutation.args;
  const [head, given] = input ? [`($input: ${String(input.type)})`, '(input: $input)'] : ['', ''];
  return `mutation${head} { ${mutation.name}${given} { ${entities.join(' ')} errors { code path } } }`;
}

it('is asked of every mutation whose answer holds a thing of the shop', () => {
  const asked = new Set(CASES.map(({ mutation }) => mutation));

  expect(expected.filter((name) => !(name in ABSENT) && !asked.has(name.split('.')[0] ?? ''))).toEqual([]);
  expect(Object.keys(ABSENT).filter((name) => !expected.includes(name))).toEqual([]);
});

describe.each(CASES)('a user error of $mutation', ({ mutation: name, prepare }) => {
  it('changes nothing and shows what is, to whoever may see it and to nobody else', async () => {
    const { input, by = fixtures.staff } = await prepare(fixtures);
    const mutation = find(name);
    const wanted = entitiesOf(mutation).filter((field) => !(`${name}.${field}` in ABSENT));
    const before = await countedRows(shop);

    const refused = (await by.ask(textOf(mutation), { input }))[name] as Answer;
    const foreign = await alice.send(textOf(mutation), { input: withoutSecrets(input) });

    expect(refused['errors']).not.toEqual([]);
    expect(wanted.filter((field) => refused[field] === null)).toEqual([]);
    const shown = (foreign.data?.[name] ?? {}) as Answer;
    expect(entitiesOf(mutation).filter((field) => shown[field])).toEqual(OF_THE_CALLER[name] ?? []);
    expect(changesBetween(before, await countedRows(shop))).toEqual({});
  });
});
