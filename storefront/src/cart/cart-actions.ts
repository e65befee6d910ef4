import { useClientHandle } from '@urql/vue';
import { readonly, ref, type Ref } from 'vue';
import type { CartActions, CartUpdate } from '../app/cart-actions';
import { useCartChanges } from '../app/cart-changes';
import { recover } from '../app/code-loading';
import { useErrorMessages } from '../app/error-messages';
import { useNotices } from '../app/notices';
import type { CartLineAddDocument as CartLineAdd } from '../generated/cart/graphql';
import { CartBadgeDocument } from '../generated/shell/graphql';

export interface CartActionsDeps {
  door: CartActions;
  isOpen: Ref<boolean>;
  loadBadge: () => Promise<void>;
}

/** The one cart of the page: its badge, its drawer and the way into it. */
export function createCartActions(): CartActionsDeps {
  const { client } = useClientHandle();
  const words = useErrorMessages();
  const notices = useNotices();
  const quantity = ref<number | null>(null);
  const isOpen = ref(false);
  const updates = ref<CartUpdate | null>(null);

  async function loadBadge(): Promise<void> {
    // Subscribed rather than asked once: cart mutations anywhere on the page keep the badge right.
    client.query(CartBadgeDocument, {}).subscribe(({ data }) => {
      if (data) quantity.value = data.cart?.totalQuantity ?? 0;
    });
  }

  useCartChanges(() => {
    // Asked only where there was something to show; a cart that is open asks for itself.
    if (quantity.value !== null)
      void client.query(CartBadgeDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  });

  async function add(variantId: string, pieces: number): Promise<string | null> {
    const CartLineAddDocument = await cartLineAdd();
    if (!CartLineAddDocument) return words.ofCodeLoading();
    const { data, error } = await client
      .mutation(CartLineAddDocument, { input: { variantId, quantity: pieces } })
      .toPromise();
    const problem = words.ofOutcome(data?.cartLineAdd.errors, error)[0] ?? null;
    updates.value = data?.cartLineAdd.warnings.some(({ code }) => code === 'CART_NOT_FOUND')
      ? 'CART_NOT_FOUND'
      : null;
    if (!problem) isOpen.value = true;
    return problem;
  }

  /** The operations of the cart are big and not needed before somebody buys. Null when they do not arrive. */
  async function cartLineAdd(): Promise<typeof CartLineAdd | null> {
    try {
      return (await import('../generated/cart/graphql')).CartLineAddDocument;
    } catch {
      // A deploy may have removed the file: then the page is loaded anew.
      void recover(notices);
      return null;
    }
  }

  return {
    door: {
      quantity: readonly(quantity),
      add,
      open: () => (isOpen.value = true),
      updates: readonly(updates),
    },
    isOpen,
    loadBadge,
  };
}
