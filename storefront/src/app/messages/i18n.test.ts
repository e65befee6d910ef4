import { buildSchema, isEnumType } from 'graphql';
import { describe, expect, expectTypeOf, it } from 'vitest';
import schemaText from '../../../../schema.graphql?raw';
import type { ErrorCode, WarningCode } from '../../generated/cart/graphql';
import coreEn from '../../../../locales/en/storefront.json';
import coreFr from '../../../../locales/fr/storefront.json';
import coreRo from '../../../../locales/ro/storefront.json';
import ordersEn from '../../../../locales/en/storefront-orders.json';
import ordersFr from '../../../../locales/fr/storefront-orders.json';
import ordersRo from '../../../../locales/ro/storefront-orders.json';
import { createI18n } from './i18n';

const [ro, en, fr] = [
  [coreRo, ordersRo],
  [coreEn, ordersEn],
  [coreFr, ordersFr],
] as const;

/** The message keys of every error code and every warning code of the schema. */
function keysOfSchema(): string[] {
  const schema = buildSchema(schemaText);
  return (
    [
      ['errors', 'ErrorCode'],
      ['warning', 'WarningCode'],
    ] as const
  ).flatMap(([group, name]) => {
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new Error(`The schema has no enum ${name}`);
    return type.getValues().map((value) => `${group}.${value.name}`);
  });
}

describe('words', () => {
  it.each([
    [0, '0 piese'],
    [1, '1 piesă'],
    [2, '2 piese'],
    [19, '19 piese'],
    [20, '20 de piese'],
    [100, '100 de piese'],
    [101, '101 piese'],
    [119, '119 piese'],
    [120, '120 de piese'],
  ])('counts pieces in Romanian: %i', (count, expected) => {
    expect(createI18n('ro', [...ro]).t('listing.count', count)).toBe(expected);
  });

  it('says "0 pièce" in French and "0 pieces" in English', () => {
    expect(createI18n('fr', [...fr]).t('listing.count', 0)).toBe('0 pièce');
    expect(createI18n('en', [...en]).t('listing.count', 0)).toBe('0 pieces');
    expect(createI18n('en', [...en]).t('listing.count', 1)).toBe('1 piece');
  });

  it('answers an unknown key with the key, so that it is seen', () => {
    expect(createI18n('ro', [...ro]).t('cart.nothing')).toBe('cart.nothing');
    expect(createI18n('ro', [...ro]).te('cart.nothing')).toBe(false);
  });

  // A code of the schema without a message does not compile, nor does a message for a removed code.
  it('has words in every language for whatever the shop may refuse or warn of', () => {
    const userErrors = [
      { ...coreRo.errors, ...ordersRo.errors },
      { ...coreEn.errors, ...ordersEn.errors },
      { ...coreFr.errors, ...ordersFr.errors },
    ];
    const warnings = [coreRo.warning, coreEn.warning, coreFr.warning];
    type ByCode = 'RATE_LIMITED' | 'BUSY' | 'UNKNOWN';
    type Others = 'network' | 'unexpected' | 'list' | 'stockGone' | 'stockLeft' | ByCode;
    expectTypeOf<keyof (typeof userErrors)[number]>().toEqualTypeOf<ErrorCode | Others>();
    expectTypeOf<keyof (typeof warnings)[number]>().toEqualTypeOf<WarningCode>();
    for (const words of [...userErrors, ...warnings]) expect(Object.values(words)).not.toContain('');
  });

  it('says each error code and each warning of the schema in the words of the language, never in English elsewhere', () => {
    const english = createI18n('en', [...en]);
    for (const [language, lists] of [
      ['ro', ro],
      ['fr', fr],
    ] as const) {
      const words = createI18n(language, [...lists]);
      for (const key of keysOfSchema()) {
        expect(`${language} ${key}: ${words.te(key) && english.te(key)}`).toBe(`${language} ${key}: true`);
        expect(words.t(key), `${language} ${key}`).not.toBe(english.t(key));
      }
    }
  });
});
