import { useClientHandle, useQuery } from '@urql/vue';
import { computed, onScopeDispose, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { useCartChanges } from '../app/messages/cart-changes';
import { useErrorMessages } from '../app/messages/error-messages';
import {
  BasketDocument,
  CartLineAddDocument,
  CartLineRemoveDocument,
  CartLineUpdateDocument,
  type Basket_CartFragment,
} from '../generated/cart/graphql';

export type BasketLine = Basket_CartFragment['lines'][number];

/** A removed line that can be restored. */
export interface RemovedLine {
  name: string;
  variantId: string;
  quantity: number;
}

export interface CartState {
  cart: ComputedRef<Basket_CartFragment | null | undefined>;
  freeShippingFrom: ComputedRef<{ amount: number; currency: string; decimal: string } | null | undefined>;
  isLoading: ComputedRef<boolean>;
  hasFailed: ComputedRef<boolean>;
  isSaving: ComputedRef<boolean>;
  problems: Ref<string[]>;
  removed: Ref<RemovedLine | null>;
  quantityOf: (line: BasketLine) => number;
  setQuantity: (line: BasketLine, quantity: number) => void;
  remove: (line: BasketLine) => Promise<void>;
  undoRemove: () => Promise<void>;
}

const PAUSE = 350;

/**
 * The cart with optimistic quantities.
 *
 * Presses of plus and minus are debounced and sent as one change; until the response arrives, the requested quantity is
 * shown. When the API refuses or reduces the quantity, its own is shown again, with the reason.
 */
export function useCart(): CartState {
  const { client } = useClientHandle();
  const errorMessages = useErrorMessages();
  const { data, fetching, error, executeQuery } = useQuery({
    query: BasketDocument,
    requestPolicy: 'cache-and-network',
  });
  const wanted = reactive(new Map<string, number>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** The last change of each line that was sent or waits to be. */
  const latest = new Map<string, symbol>();
  const inOrder = oneAfterTheOther();
  const problems = ref<string[]>([]);
  const removed = ref<RemovedLine | null>(null);

  useCartChanges(() => void executeQuery({ requestPolicy: 'network-only' }));

  function setQuantity(line: BasketLine, quantity: number): void {
    wanted.set(line.id, quantity);
    clearTimeout(timers.get(line.id));
    timers.set(
      line.id,
      setTimeout(() => void send(line.id, quantity), PAUSE),
    );
  }

  async function send(lineId: string, quantity: number): Promise<void> {
    timers.delete(lineId);
    const change = Symbol(lineId);
    latest.set(lineId, change);
    const isLatest = (): boolean => latest.get(lineId) === change;
    const answer = await inOrder(async () =>
      // A later press has made up the buyer's mind while this one waited.
      isLatest()
        ? client.mutation(CartLineUpdateDocument, { input: { lineId, quantity } }).toPromise()
        : null,
    );
    if (!answer) return;
    problems.value = errorMessages.ofOutcome(answer.data?.cartLineUpdate.errors, answer.error);
    // Of a later press, which is already pending, the quantity stays shown.
    if (isLatest() && !timers.has(lineId)) wanted.delete(lineId);
  }

  async function remove(line: BasketLine): Promise<void> {
    clearTimeout(timers.get(line.id));
    timers.delete(line.id);
    latest.delete(line.id);
    const { data: answer, error: failure } = await inOrder(() =>
      client.mutation(CartLineRemoveDocument, { input: { lineId: line.id } }).toPromise(),
    );
    problems.value = errorMessages.ofOutcome(answer?.cartLineRemove.errors, failure);
    wanted.delete(line.id);
    if (problems.value.length) return;
    removed.value = { name: line.product.name, variantId: line.variant.id, quantity: line.quantity };
  }

  async function undoRemove(): Promise<void> {
    const line = removed.value;
    if (!line) return;
    removed.value = null;
    const { variantId, quantity } = line;
    const answer = await inOrder(() =>
      client.mutation(CartLineAddDocument, { input: { variantId, quantity } }).toPromise(),
    );
    problems.value = errorMessages.ofOutcome(answer.data?.cartLineAdd.errors, answer.error);
  }

  // Sends pending changes when the page is left.
  onScopeDispose(() => {
    for (const [lineId, timer] of timers) {
      clearTimeout(timer);
      void send(lineId, wanted.get(lineId) ?? 1);
    }
  });

  return {
    cart: computed(() => data.value?.cart),
    freeShippingFrom: computed(() => data.value?.shop.freeShippingFrom),
    isLoading: computed(() => fetching.value && !data.value),
    hasFailed: computed(() => Boolean(error.value) && !data.value),
    isSaving: computed(() => wanted.size > 0),
    problems,
    removed,
    quantityOf: (line) => wanted.get(line.id) ?? line.quantity,
    setQuantity,
    remove,
    undoRemove,
  };
}

/**
 * Requests side by side may arrive in another order, and an earlier quantity would be the last: each waits for the one
 * before, which is answered or given up in time (`fetchInTime`).
 */
function oneAfterTheOther(): <Result>(send: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (send) => {
    const sent = last.then(send, send);
    last = sent;
    return sent;
  };
}
