import { InvalidInputError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import type { Tx } from '../../../platform/database/database.js';
import type { ProductOptionInput } from './product-parts.input.js';
import type { OptionRow } from '../rows.js';
import { cleanText } from './safe-html.js';
import { ProductOptionEntity, ProductOptionValueEntity } from '../variants/variant.entity.js';

const MAX_COMBINED_VALUES = 250;

/** Inserts the options of a new product, with names in the shop's default language. @throws InvalidInputError */
export async function insertProductOptions(
  tx: Tx,
  productId: string,
  inputs: readonly ProductOptionInput[],
  language: Language,
): Promise<OptionRow[]> {
  assertUnique(inputs, ['options']);
  const options = inputs.map((input, index) => toOption(productId, input, index, language));
  if (options.reduce((sum, { values }) => sum + values.length, 0) > MAX_COMBINED_VALUES) {
    throw new InvalidInputError(`At most ${MAX_COMBINED_VALUES} choices in all options together.`, [
      'options',
    ]);
  }
  await tx
    .repository(ProductOptionEntity)
    .insert(options.map(({ values: _values, ...option }, position) => ({ ...option, position })));
  const values = options.flatMap(({ id: optionId, values: choices }) =>
    choices.map((value, position) => ({ ...value, optionId, position })),
  );
  await tx.repository(ProductOptionValueEntity).insert(values);
  return options;
}

function toOption(
  productId: string,
  input: ProductOptionInput,
  index: number,
  language: Language,
): OptionRow {
  const path = ['options', String(index)];
  assertUnique(input.values, [...path, 'values']);
  const values = input.values.map(({ code, swatch, ...texts }) => ({
    id: newId(),
    code,
    name: named(texts, language, [...path, 'values']),
    swatch: swatch ?? null,
  }));
  return { id: newId(), productId, code: input.code, name: named(input, language, path), values };
}

/** The names in all languages that are given; the shop's default one has `name`. */
function named(
  { name: text, translations }: Pick<ProductOptionInput, 'name' | 'translations'>,
  language: Language,
  path: readonly string[],
): LocalizedText {
  const name = cleanText(text);
  if (!name) throw new InvalidInputError('A name is needed.', [...path, 'name']);
  const others = (translations ?? []).map((other) => [other.locale, cleanText(other.name)] as const);
  return { ...Object.fromEntries(others.filter(([, other]) => other)), [language]: name };
}

function assertUnique(items: readonly { code: string }[], path: readonly string[]): void {
  if (new Set(items.map(({ code }) => code)).size < items.length)
    throw new InvalidInputError('Each code may be there once.', path);
}
