import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { ProductChoice_ProductFragment } from '../generated/catalog/graphql';
import {
  startingVariant,
  stateOfValue,
  variantAfter,
  type Option,
  type ValueState,
  type Variant,
} from './variant-choice';

export interface VariantPicker {
  variant: ComputedRef<Variant | null>;
  quantity: Ref<number>;
  /** How many may be asked for: what is left, or the most that a line may hold when there is plenty. */
  most: ComputedRef<number>;
  isChosen: (valueId: string) => boolean;
  stateOf: (option: Option, valueId: string) => ValueState;
  choose: (option: Option, valueId: string) => void;
}

/**
 * The chosen variant of a product and how many of it.
 *
 * `sku` is the place the choice is kept, usually the address of the page; `remember` writes it there.
 */
export function useVariantPicker(
  product: () => ProductChoice_ProductFragment | null | undefined,
  sku: () => string | undefined,
  remember: (sku: string) => void,
): VariantPicker {
  const variants = computed<readonly Variant[]>(() => product()?.variants ?? []);
  const variant = computed(() => startingVariant(variants.value, sku()));
  const choice = computed(() => ({ variants: variants.value, current: variant.value }));
  const most = computed(() => variant.value?.availableQuantity ?? 999);
  const quantity = ref(1);
  watch(variant, () => (quantity.value = Math.max(1, Math.min(quantity.value, most.value))));

  function choose(option: Option, valueId: string): void {
    const next = variantAfter(choice.value, option, valueId);
    if (next) remember(next.sku);
  }

  return {
    variant,
    quantity,
    most,
    isChosen: (valueId) => Boolean(variant.value?.optionValues.some(({ id }) => id === valueId)),
    stateOf: (option, valueId) => stateOfValue(choice.value, option, valueId),
    choose,
  };
}
