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
import {
  forgetAttempt,
  keyForAttempt,
  openAttempt,
  rememberAttempt,
  rememberPlaced,
  type Attempt,
} from './attempts';

type CheckoutPayload = CheckoutCompleteMutation['checkoutComplete'];
type CheckoutError = CheckoutPayload['errors'][number];

export interface OrderableCart {
  id: string;
  version: number;
  total: { gross: { amount: number } };
  due: { amount: number };
  lines: { variant: { id: string }; product: { name: string } }[];
}

export interface PlacedOrder {
  token: string;
  /** How the order is paid. It is what was asked for, except after a lost response: see `resume`. */
  method: PaymentMethod;
}

export interface PlaceOrder {
  /** Returns the new order, or null with the errors in `problems`. */
  placeOrder: (cart: OrderableCart, method?: PaymentMethod) => Promise<PlacedOrder | null>;
  /** Sends the request again whose response this tab never got; null when it made no order. */
  resume: () => Promise<PlacedOrder | null>;
  placing: Ref<boolean>;
  problems: Ref<string[]>;
  /** The variants of which `problems` says that too few are left. */
  short: Ref<readonly string[]>;
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
  const short = ref<readonly string[]>([]);

  async function placeOrder(
    cart: OrderableCart,
    method: PaymentMethod = 'CARD',
  ): Promise<PlacedOrder | null> {
    if (placing.value) return null;
    placing.value = true;
    problems.value = [];
    short.value = [];
    try {
      return await attempt(cart, method);
    } finally {
      placing.value = false;
    }
  }

  async function attempt(cart: OrderableCart, paymentMethod: PaymentMethod): Promise<PlacedOrder | null> {
    const payload = await send({
      // Another payment method is another request, which would be refused under the first key.
      idempotencyKey: keyForAttempt(`${cart.id} ${paymentMethod}`),
      cartVersion: cart.version,
      expectedTotal: cart.total.gross.amount,
      expectedDue: cart.due.amount,
      paymentMethod,
    });
    if (!payload) {
      problems.value = [t('checkout.uncertain')];
      return null;
    }
    const placed = placedOf(payload);
    if (placed) return placed;
    problems.value = payload.errors.map((refused) => messagesFor(refused, cart));
    short.value = payload.errors.flatMap((refused) =>
      refused.__typename === 'InsufficientStockError' && refused.variantId ? [refused.variantId] : [],
    );
    await client.query(CheckoutDocument, {}, { requestPolicy: 'network-only' }).toPromise();
    return null;
  }

  /** Without a response the attempt stays open: its order may exist, and sending it again returns it. */
  async function send(input: Attempt): Promise<CheckoutPayload | null> {
    rememberAttempt(input);
    const { data, error } = await executeMutation({ input });
    const payload = data?.checkoutComplete;
    if (error || !payload) return null;
    forgetAttempt();
    if (payload.orderToken) rememberPlaced(payload.orderToken);
    return payload;
  }

  async function resume(): Promise<PlacedOrder | null> {
    const open = openAttempt();
    const payload = open && (await send(open));
    return payload && placedOf(payload);
  }

  function messagesFor(refused: CheckoutError, cart: OrderableCart): string {
    if (refused.__typename === 'PriceChangedError') {
      if (refused.currentTotal.amount === cart.total.gross.amount) return t('checkout.dueChanged');
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

  return { placeOrder, resume, placing, problems, short };
}

/** A cart becomes one order: a second request, with another method, is answered with the order of the first. */
function placedOf({ order, orderToken }: CheckoutPayload): PlacedOrder | null {
  return order && orderToken ? { token: orderToken, method: order.paymentMethod } : null;
}
