import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { ProductChoice_ProductFragment } from '../../generated/catalog/graphql';
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
  /** The maximum quantity: the available stock, limited by the maximum of a cart line. */
  most: ComputedRef<number>;
  isChosen: (valueId: string) => boolean;
  stateOf: (option: Option, valueId: string) => ValueState;
  choose: (option: Option, valueId: string) => void;
}

/**
 * The chosen variant of a product and its quantity.
 *
 * `sku` reads the choice, usually from the address of the page; `remember` writes it.
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
