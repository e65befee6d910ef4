import { useClientHandle, useMutation } from '@urql/vue';
import { ref, type Ref } from 'vue';
import { useI18n } from '../app/messages/i18n';
import { useErrorMessages } from '../app/messages/error-messages';
import { formatMoney } from '../app/money';
import { usePageSettings } from '../app/settings';
import {
  CheckoutCompleteDocument,
  CheckoutDocument,
  type CheckoutCompleteMutation,
  type PaymentMethod,
} from '../generated/checkout/graphql';
import { forgetKey, keyForAttempt, rememberPlaced } from './attempts';

type CheckoutError = CheckoutCompleteMutation['checkoutComplete']['errors'][number];

export interface OrderableCart {
  id: string;
  version: number;
  total: { gross: { amount: number } };
  lines: { variant: { id: string }; product: { name: string } }[];
}

export interface PlaceOrder {
  /** Returns the token of the new order, or null with the errors in `problems`. */
  placeOrder: (cart: OrderableCart, method?: PaymentMethod) => Promise<string | null>;
  placing: Ref<boolean>;
  problems: Ref<string[]>;
}

/** Places the order of a cart, once however often the button is pressed, and returns error messages. */
export function usePlaceOrder(): PlaceOrder {
  const { t } = useI18n();
  const { language } = usePageSettings();
  const errorMessages = useErrorMessages();
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
        // Another payment method is another request, which would be refused under the first key.
        idempotencyKey: keyForAttempt(`${cart.id} ${paymentMethod}`),
        cartVersion: cart.version,
        expectedTotal: cart.total.gross.amount,
        paymentMethod,
      },
    });
    const payload = data?.checkoutComplete;
    if (error || !payload) {
      // The order may exist: the key is kept, so that pressing again returns it instead of creating another.
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

  function messagesFor(refused: CheckoutError, cart: OrderableCart): string {
    if (refused.__typename === 'PriceChangedError') {
      return t('checkout.priceChanged', { total: formatMoney(refused.currentTotal, language) });
    }
    if (refused.__typename === 'InsufficientStockError') {
      const name = cart.lines.find(({ variant }) => variant.id === refused.variantId)?.product.name ?? '';
      const left = refused.availableQuantity;
      if (typeof left !== 'number') return t('checkout.stockFewer', { name });
      return left > 0 ? t('checkout.stockChanged', { name }, left) : t('checkout.stockGone', { name });
    }
    return errorMessages.ofError(refused);
  }

  return { placeOrder, placing, problems };
}
