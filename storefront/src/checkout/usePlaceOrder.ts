import { useClientHandle, useMutation } from '@urql/vue';
import { ref, type Ref } from 'vue';
import { useI18n } from '../app/i18n';
import { useErrorMessages } from '../app/error-messages';
import { formatMoney } from '../app/money';
import { usePageSettings } from '../app/settings';
import {
  CheckoutCompleteDocument,
  CheckoutDocument,
  type CheckoutCompleteMutation,
  type PaymentMethod,
} from '../generated/checkout/graphql';
import { forgetKey, keyForAttempt, rememberPlaced } from './attempts';

type Refused = CheckoutCompleteMutation['checkoutComplete']['errors'][number];

export interface OrderableCart {
  id: string;
  version: number;
  total: { gross: { amount: number } };
  lines: { variant: { id: string }; product: { name: string } }[];
}

export interface PlaceOrder {
  /** The token of the new order, or null when `problems` says why there is none. */
  placeOrder: (cart: OrderableCart, method?: PaymentMethod) => Promise<string | null>;
  placing: Ref<boolean>;
  problems: Ref<string[]>;
}

/** Places the order for a cart, once however often it is pressed, and says what went wrong in words. */
export function usePlaceOrder(): PlaceOrder {
  const { t } = useI18n();
  const { language } = usePageSettings();
  const words = useErrorMessages();
  const { client } = useClientHandle();
  const { executeMutation } = useMutation(CheckoutCompleteDocument);
  const placing = ref(false);
  const problems = ref<string[]>([]);

  async function placeOrder(cart: OrderableCart, method: PaymentMethod = 'CARD'): Promise<string | null> {
    if (placing.value) return null;
    placing.value = true;
    problems.value = [];
    try {
      return await attempt(cart, method);
    } finally {
      placing.value = false;
    }
  }

  async function attempt(cart: OrderableCart, paymentMethod: PaymentMethod): Promise<string | null> {
    const { data, error } = await executeMutation({
      input: {
        // Another way to pay is another wish, and would be refused under the first one's key.
        idempotencyKey: keyForAttempt(`${cart.id} ${paymentMethod}`),
        cartVersion: cart.version,
        expectedTotal: cart.total.gross.amount,
        paymentMethod,
      },
    });
    const payload = data?.checkoutComplete;
    if (error || !payload) {
      // The order may exist: the key stays, so that pressing again finds it instead of making a second one.
      problems.value = [t('checkout.uncertain')];
      return null;
    }
    if (payload.orderToken) {
      forgetKey();
      rememberPlaced(payload.orderToken);
      return payload.orderToken;
    }
    forgetKey();
    problems.value = payload.errors.map((refused) => messagesFor(refused, cart));
    await client.query(CheckoutDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    return null;
  }

  function messagesFor(refused: Refused, cart: OrderableCart): string {
    if (refused.__typename === 'PriceChangedError') {
      return t('checkout.priceChanged', { total: formatMoney(refused.currentTotal, language) });
    }
    if (refused.__typename === 'InsufficientStockError') {
      const name = cart.lines.find(({ variant }) => variant.id === refused.variantId)?.product.name ?? '';
      const left = refused.availableQuantity;
      if (typeof left !== 'number') return t('checkout.stockFewer', { name });
      return left > 0 ? t('checkout.stockChanged', { name }, left) : t('checkout.stockGone', { name });
    }
    return words.ofError(refused);
  }

  return { placeOrder, placing, problems };
}
