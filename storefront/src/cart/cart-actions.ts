import { useClientHandle } from '@urql/vue';
import { readonly, ref, type Ref } from 'vue';
import type { CartActions, CartWarning } from '../app/cart-actions';
import { useCartChanges } from '../app/messages/cart-changes';
import { recover } from '../app/code-loading';
import { useErrorMessages } from '../app/messages/error-messages';
import { useNotices } from '../app/notices';
import type { CartLineAddDocument as CartLineAdd } from '../generated/cart/graphql';
import { CartBadgeDocument } from '../generated/shell/graphql';

export interface CartActionsDeps {
  actions: CartActions;
  isOpen: Ref<boolean>;
  loadBadge: () => Promise<void>;
}

/** The cart of the page: its badge, its drawer and adding to it. */
export function createCartActions(): CartActionsDeps {
  const { client } = useClientHandle();
  const errorMessages = useErrorMessages();
  const notices = useNotices();
  const quantity = ref<number | null>(null);
  const isOpen = ref(false);
  const warning = ref<CartWarning | null>(null);

  async function loadBadge(): Promise<void> {
    // Subscribed rather than queried once, so that cart mutations anywhere on the page update the badge.
    client.query(CartBadgeDocument, {}).subscribe(({ data }) => {
      if (data) quantity.value = data.cart?.totalQuantity ?? 0;
    });
  }

  useCartChanges(() => {
    // Reloaded only after the badge was loaded; an open cart reloads itself.
    if (quantity.value !== null)
      void client.query(CartBadgeDocument, {}, { requestPolicy: 'network-only' }).toPromise();
  });

  async function add(variantId: string, pieces: number): Promise<string | null> {
    const CartLineAddDocument = await cartLineAdd();
    if (!CartLineAddDocument) return errorMessages.ofCodeLoading();
    const { data, error } = await client
      .mutation(CartLineAddDocument, { input: { variantId, quantity: pieces } })
      .toPromise();
    const problem = errorMessages.ofOutcome(data?.cartLineAdd.errors, error)[0] ?? null;
    warning.value = data?.cartLineAdd.warnings.some(({ code }) => code === 'CART_NOT_FOUND')
      ? 'CART_NOT_FOUND'
      : null;
    if (!problem) isOpen.value = true;
    return problem;
  }

  /** Loads the cart's operations, which are large and not needed before. Null when they cannot be fetched. */
  async function cartLineAdd(): Promise<typeof CartLineAdd | null> {
    try {
      return (await import('../generated/cart/graphql')).CartLineAddDocument;
    } catch {
      // A deploy may have removed the file: then the page is reloaded.
      void recover(notices);
      return null;
    }
  }

  return {
    actions: {
      quantity: readonly(quantity),
      add,
      open: () => (isOpen.value = true),
      warning: readonly(warning),
    },
    isOpen,
    loadBadge,
  };
}
