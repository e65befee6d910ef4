import { ref, type Ref } from 'vue';
import { useCartActions } from '../app/cart-actions';

interface QuickProduct {
  id: string;
  slug: string;
  quickAddVariantId?: string | null;
}

export interface QuickAdd {
  addingId: Ref<string | null>;
  problem: Ref<string | null>;
  quickAdd: (product: QuickProduct, sku?: string) => Promise<void>;
}

/** Adds a product with one variant to the cart; for others `pick` opens the choice, starting with `sku`. */
export function useQuickAdd(pick: (slug: string, sku: string | undefined) => void): QuickAdd {
  const cart = useCartActions();
  const addingId = ref<string | null>(null);
  const problem = ref<string | null>(null);

  async function quickAdd(product: QuickProduct, sku?: string): Promise<void> {
    problem.value = null;
    if (!product.quickAddVariantId) {
      pick(product.slug, sku);
      return;
    }
    addingId.value = product.id;
    try {
      problem.value = await cart.add(product.quickAddVariantId, 1);
    } finally {
      addingId.value = null;
    }
  }

  return { addingId, problem, quickAdd };
}
