import {
  getNamedType,
  isInputObjectType,
  isListType,
  getNullableType,
  type GraphQLInputObjectType,
} from 'graphql';
import { expect, it } from 'vitest';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

/*
 * What staff write and buyers read takes each language of the shop: an input has the language beside its text, or stands
 * beside a list of translations of which each has it. By rule: an input that is new is walked too.
 */

/** What texts that people read are called in inputs. */
const TEXT =
  /^(?:name|title|label|summary|description|subtitle|heading|caption|alt|message|text|body|html|question|answer|sentence|mention|instructions)$|(?:Name|Title|Label|Text|Description|Message|Html)$/;

/** Texts that no buyer reads in another language, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  ...of('is a name for programs', [
    'CustomFieldValueInput.name',
    'IntegrationValueInput.name',
    'StrategyArgumentInput.name',
  ]),
  ...of('is what a person is called', [
    'AddressInput.firstName',
    'AddressInput.lastName',
    'SignUpInput.firstName',
    'SignUpInput.lastName',
    'StaffInvitationAcceptInput.firstName',
    'StaffInvitationAcceptInput.lastName',
  ]),
  ...of('is what buyers call an address of their own', [
    'AddressCreateInput.label',
    'AddressUpdateInput.label',
  ]),
  ...of('is a proper name, the same in every language', [
    'SellerSettingsUpdateInput.name',
    'SetupSellerInput.name',
    'ShopSettingsUpdateInput.name',
  ]),
  ...of('is read by staff only', [
    'CustomerNoteAddInput.body',
    'RoleCreateInput.name',
    'RoleUpdateInput.name',
    'SavedViewCreateInput.name',
    'SavedViewUpdateInput.name',
    'ShippingZoneCreateInput.name',
    'ShippingZoneUpdateInput.name',
    'StockLocationCreateInput.name',
    'StockLocationUpdateInput.name',
  ]),
};

function of(why: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, why]));
}

const inputs = Object.values(shopSchema.getTypeMap()).filter(isInputObjectType);
const fieldsOf = (type: GraphQLInputObjectType) => Object.values(type.getFields());

const hasLanguage = (type: GraphQLInputObjectType): boolean =>
  fieldsOf(type).some(({ type: of }) => getNamedType(of).name === 'LanguageCode');

/** Whether the texts of an input are those of the default language, with a list of translations beside them. */
const isTranslated = (type: GraphQLInputObjectType): boolean =>
  fieldsOf(type).some(({ name, type: list }) => {
    const entry = getNamedType(list);
    return (
      name === 'translations' &&
      isListType(getNullableType(list)) &&
      isInputObjectType(entry) &&
      hasLanguage(entry)
    );
  });

/** Texts of an input that have no language. */
const without = (type: GraphQLInputObjectType): string[] =>
  hasLanguage(type) || isTranslated(type)
    ? []
    : fieldsOf(type)
        .filter(({ name, type: of }) => TEXT.test(name) && getNamedType(of).name === 'String')
        .map(({ name }) => `${type.name}.${name}`);

it('no text that staff write and buyers read lacks an input for each language', () => {
  const found = inputs.flatMap(without);
  expect(found.filter((name) => !(name in OTHERWISE))).toEqual([]);
  // What is excepted is there, and has no language yet: a line that is not needed any more goes.
  expect(Object.keys(OTHERWISE).filter((name) => !found.includes(name))).toEqual([]);
});

it('the walk finds a text without a language, and none that has one', () => {
  const byName = (name: string) => inputs.find((type) => type.name === name)!;
  expect(without(byName('RoleCreateInput'))).toEqual(['RoleCreateInput.name']);
  for (const name of [
    ...[
      'ProductTranslationInput',
      'CategoryTranslationInput',
      'ProductOptionInput',
      'ProductOptionValueInput',
    ],
    ...[
      'ProductImageUpdateInput',
      'TaxTranslationInput',
      'HolidayTranslationInput',
      'ChoiceTranslationInput',
    ],
  ])
    expect(without(byName(name))).toEqual([]);
});

it('every list of translations takes each language that there is', () => {
  const { LanguageCode: codes } = shopSchema.getTypeMap();
  expect(codes && 'getValues' in codes && codes.getValues().length).toBe(183);
  const unnamed = inputs
    .flatMap((type) => fieldsOf(type).map((field) => [type.name, field] as const))
    .filter(([, { name }]) => name === 'translations')
    .filter(([, { type }]) => {
      const entry = getNamedType(type);
      return !isInputObjectType(entry) || !hasLanguage(entry);
    });
  expect(unnamed.map(([name]) => name)).toEqual([]);
});
