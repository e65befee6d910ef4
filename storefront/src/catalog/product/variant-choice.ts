import type { ProductChoice_ProductFragment } from '../../generated/catalog/graphql';

export type Variant = ProductChoice_ProductFragment['variants'][number];
export type Option = ProductChoice_ProductFragment['options'][number];

/** Whether a value can be combined with the other chosen values. */
export type ValueState = 'available' | 'sold-out' | 'impossible';

/** The variant of the address, else the first available one, else the first. */
export function startingVariant(variants: readonly Variant[], sku: string | undefined): Variant | null {
  const asked = variants.find((variant) => variant.sku === sku);
  return asked ?? variants.find((variant) => variant.availability !== 'SOLD_OUT') ?? variants[0] ?? null;
}

export function stateOfValue(choice: VariantChoice, option: Option, valueId: string): ValueState {
  const exact = exactVariant(choice, option, valueId);
  if (!exact) return 'impossible';
  return exact.availability === 'SOLD_OUT' ? 'sold-out' : 'available';
}

/**
 * The variant to show after a value was pressed, or null when no variant has it.
 *
 * A value that does not match the other choices selects the variant that keeps most of them, and among equals an
 * available one.
 */
export function variantAfter(choice: VariantChoice, option: Option, valueId: string): Variant | null {
  const exact = exactVariant(choice, option, valueId);
  if (exact) return exact;
  const chosen = idsOf(choice.current);
  const kept = (variant: Variant): number =>
    variant.optionValues.filter(({ id }) => chosen.has(id)).length +
    (variant.availability === 'SOLD_OUT' ? 0 : 0.5);
  const candidates = choice.variants.filter((variant) => idsOf(variant).has(valueId));
  return candidates.reduce<Variant | null>(
    (best, next) => (!best || kept(next) > kept(best) ? next : best),
    null,
  );
}

export interface VariantChoice {
  variants: readonly Variant[];
  current: Variant | null;
}

function exactVariant({ variants, current }: VariantChoice, option: Option, valueId: string): Variant | null {
  const ownValues = new Set(option.values.map(({ id }) => id));
  const others = [...idsOf(current)].filter((id) => !ownValues.has(id));
  return (
    variants.find((variant) => {
      const ids = idsOf(variant);
      return ids.has(valueId) && others.every((id) => ids.has(id));
    }) ?? null
  );
}

function idsOf(variant: Variant | null): Set<string> {
  return new Set(variant?.optionValues.map(({ id }) => id));
}
