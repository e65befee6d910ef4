import { InvalidInputError, type DomainError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { enteredFields, violatedConstraint } from '../../../platform/database/database.js';
import { BarcodeTakenError, SkuTakenError, VariantExistsError } from '../catalog.errors.js';
import { VariantEntity } from './variant.entity.js';
import type { OptionChoiceInput } from './option-choice.input.js';
import type { ProductVariantInput } from './variant.input.js';
import type { OptionRow, OptionValueRow } from '../rows.js';
import { variantName } from './variant-name.js';

export interface VariantOwner {
  readonly id: string;
  readonly name: LocalizedText;
  readonly currency: string;
  readonly options: readonly Pick<OptionRow, 'code' | 'values'>[];
}

/** The row of a new variant. @throws InvalidInputError for invalid options or prices */
export function newVariant(
  owner: VariantOwner,
  { options, stock: _stock, attributes: _attributes, ...plain }: ProductVariantInput,
  position: number,
  path: readonly string[],
) {
  assertReduced(plain.price, plain.compareAtPrice ?? null, path);
  const chosen = chosenValues(owner.options, options ?? [], path);
  return {
    ...enteredFields(VariantEntity, plain),
    id: newId(),
    productId: owner.id,
    sku: plain.sku.trim(),
    name: variantName(
      owner.name,
      chosen.map(({ name }) => name),
    ),
    // Sorted, so that one combination is one value for the unique index.
    optionValueIds: chosen.map(({ id }) => id).sort(),
    currency: owner.currency,
    position,
  };
}

function chosenValues(
  options: VariantOwner['options'],
  choices: readonly OptionChoiceInput[],
  path: readonly string[],
): OptionValueRow[] {
  const unknown = choices.find(({ option }) => !options.some(({ code }) => code === option));
  if (unknown || choices.length > options.length) {
    throw new InvalidInputError(
      `The product has no option ${unknown?.option ?? 'for each of these choices'}.`,
      [...path, 'options'],
    );
  }
  return options.map(({ code, values }) => {
    const choice = choices.find(({ option }) => option === code);
    const value = values.find((candidate) => candidate.code === choice?.value);
    if (!value) throw new InvalidInputError(`Choose one of the values of ${code}.`, [...path, 'options']);
    return value;
  });
}

/** @throws InvalidInputError if the price before is not higher than the price */
export function assertReduced(price: number, compareAtPrice: number | null, path: readonly string[]): void {
  if (compareAtPrice !== null && compareAtPrice <= price) {
    throw new InvalidInputError('The price before must be higher than the price.', [
      ...path,
      'compareAtPrice',
    ]);
  }
}

/** The user error of a unique violation among variants, or null for any other error. */
export function takenError(
  error: unknown,
  skus: readonly string[],
  pathOf: (index: number) => readonly string[],
): DomainError | null {
  const constraint = violatedConstraint(error);
  const value = /=\((.*)\) already exists/.exec((error as { detail?: string } | null)?.detail ?? '')?.[1];
  const index = Math.max(
    0,
    skus.findIndex((sku) => sku.trim().toLowerCase() === value),
  );
  if (constraint === 'variant_sku') return new SkuTakenError([...pathOf(index), 'sku']);
  if (constraint === 'variant_barcode') return new BarcodeTakenError([...pathOf(0), 'barcode']);
  if (constraint === 'variant_combination') return new VariantExistsError([...pathOf(0), 'options']);
  return null;
}
