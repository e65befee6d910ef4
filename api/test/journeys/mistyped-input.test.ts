import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markingScalars } from '../../src/platform/graphql/scalars.js';
import { anyValue } from '../support/any-value.js';
import { BRASOV } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

/** A field that a person types into, with a value that no shop can take there. */
interface Wrong {
  readonly mutation: string;
  readonly path: readonly string[];
  readonly value: unknown;
  readonly code: string;
}

const WRONG: Readonly<Record<string, [value: unknown, code: string]>> = {
  CountryCode: ['Romania', 'INVALID_COUNTRY'],
  CurrencyCode: ['lei', 'INVALID_AMOUNT'],
  Date: ['2026-02-30', 'INVALID_DATE'],
  DateTime: ['2026-02-30T00:00:00Z', 'INVALID_DATE'],
  EmailAddress: ['ana.example.com', 'INVALID_EMAIL'],
  MinorUnits: ['12,50', 'INVALID_AMOUNT'],
  SafeHtml: [7, 'INVALID_INPUT'],
  URL: ['www.example.com', 'INVALID_URL'],
};

/** Every place in the inputs of all mutations where one of our scalars stands. */
function wrongFields(schema: GraphQLSchema): Wrong[] {
  const walk = (mutation: string, type: GraphQLInputType, path: readonly string[]): Wrong[] => {
    const bare = getNullableType(type);
    if (isListType(bare)) return walk(mutation, bare.ofType, [...path, '0']);
    const named = getNamedType(bare);
    if (isInputObjectType(named))
      return Object.values(named.getFields()).flatMap((field) =>
        walk(mutation, field.type, [...path, field.name]),
      );
    if (!markingScalars.has(named.name)) return [];
    const [value, code] = WRONG[named.name] ?? [];
    return [{ mutation, path, value, code: code ?? `no wrong ${named.name} in this test` }];
  };
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args }) =>
    args.flatMap((arg) => walk(name, arg.type, [])),
  );
}

/** The least input of a type that has `value` at `path`. */
function inputWith(type: GraphQLInputType, path: readonly string[], value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  const bare = getNullableType(type);
  if (isListType(bare)) return [inputWith(bare.ofType, rest, value)];
  if (!isInputObjectType(bare)) throw new Error(`${part} is no field of ${String(bare)}`);
  const field = bare.getFields()[part];
  if (!field) throw new Error(`${part} is no field of ${bare.name}`);
  return { ...(anyValue(bare) as object), [part]: inputWith(field.type, rest, value) };
}

const fields = wrongFields(shopSchema);

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
  staff = await shop.staff();
});
afterAll(() => shop.close());

describe('what is mistyped in a form', () => {
  it.each(fields)('is a user error of $mutation at $path', async ({ mutation, path, value, code }) => {
    const input = shopSchema.getMutationType()?.getFields()[mutation]?.args[0]?.type as GraphQLInputType;
    const answer = await staff.send(
      `mutation($input: ${String(input)}) { ${mutation}(input: $input) { errors { code path } } }`,
      { input: inputWith(input, path, value) },
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.data[mutation].errors).toContainEqual({ code, path });
  });

  it('is looked for wherever a person may type: none of our scalars is without a wrong value here', () => {
    expect(Object.keys(WRONG).sort()).toEqual([...markingScalars].sort());
    expect(fields.length).toBeGreaterThan(20);
  });

  it('is told all at once, also where it stands in the document itself', async () => {
    const { cartAddressesUpdate } = await shop.guest().ask(
      `mutation { cartAddressesUpdate(input: {
         shippingAddress: { firstName: "", lastName: "P", line1: "S", city: "B", postalCode: "500001", countryCode: "Romania" }
         billingAddress: { firstName: "A", lastName: "P", line1: "S", city: "B", postalCode: "1", countryCode: 7 }
       }) { errors { code path } } }`,
    );

    expect(cartAddressesUpdate.errors).toEqual([
      { code: 'INVALID_COUNTRY', path: ['shippingAddress', 'countryCode'] },
      { code: 'INVALID_COUNTRY', path: ['billingAddress', 'countryCode'] },
    ]);
  });

  it('is refused at the address and the field in which it stands', async () => {
    const guest = shop.guest();
    const send = async (input: object): Promise<Answer> =>
      (
        await guest.ask(
          'mutation($input: CartAddressesUpdateInput!) { cartAddressesUpdate(input: $input) { errors { code path } } }',
          { input },
        )
      ).cartAddressesUpdate.errors;

    expect(await send({ shippingAddress: BRASOV, billingAddress: { ...BRASOV, postalCode: '12' } })).toEqual([
      { code: 'INVALID_POSTAL_CODE', path: ['billingAddress', 'postalCode'] },
    ]);
    expect(await send({ shippingAddress: { ...BRASOV, postalCode: '12', phone: 'call me' } })).toEqual([
      { code: 'INVALID_POSTAL_CODE', path: ['shippingAddress', 'postalCode'] },
      { code: 'INVALID_PHONE', path: ['shippingAddress', 'phone'] },
    ]);
  });

  it('in the question of a list is told as wrong input, without an answer', async () => {
    const { data, errors } = await staff.send(
      '{ orders(filter: { placedFrom: "2026-02-30T00:00:00Z" }) { totalCount } }',
    );

    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).not.toContain('2026-02-30');
  });
});
