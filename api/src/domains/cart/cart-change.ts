import { requireId } from '../../kernel/require-id.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { cartOwner, keepCartToken } from './cart-cookie.js';
import { cartGone } from './cart-warnings.js';
import type { CartOwner } from './cart-owner.js';
import type { CartService, ChangedCart } from './cart.service.js';
import type { CartLineChange, RequestedCartLine } from './requested-lines.js';
import type { CartPayload } from './cart.type.js';

interface CartChange {
  /** Null for a mutation without one. */
  readonly input: object | null;
  readonly context: RequestContext;
  readonly change: (owner: CartOwner) => Promise<ChangedCart>;
}

/** Changes the caller's cart and returns it, with the token of a cart that was just created. */
export function cartPayload(
  carts: CartService,
  { input, context, change }: CartChange,
): Promise<CartPayload> {
  return asPayload(
    input,
    async () => {
      const owner = cartOwner(context);
      carts.countChange(owner, linesIn(input));
      const { cart, token, isReplaced } = await change(owner);
      if (token) keepCartToken(context, token);
      return { cart, token, warnings: [...cart.warnings, ...(isReplaced ? [cartGone] : [])] };
    },
    async () => ({ cart: await carts.find(cartOwner(context)) }),
  );
}

/** Each line of a list costs as much as a change of its own. */
function linesIn(input: object | null): number {
  const { lines, lineIds } = (input ?? {}) as { lines?: unknown[] | null; lineIds?: unknown[] };
  return Math.max(1, (lines ?? lineIds ?? []).length);
}

export function toRequestedLines(
  lines: readonly { variantId: string; quantity: number }[],
): RequestedCartLine[] {
  return lines.map((line, i) => toRequested(line, ['lines', String(i)]));
}

/** `at` is the line's path in the input. */
export function toRequested(
  { variantId, quantity }: { variantId: string; quantity: number },
  at: readonly string[],
): RequestedCartLine {
  return { variantId: requireId('vari', variantId, 'variant for sale', ...at, 'variantId'), quantity, at };
}

export function toChange(
  { lineId, quantity }: { lineId: string; quantity: number },
  at: readonly string[],
): CartLineChange {
  return { lineId: requireId('cline', lineId, 'line in this cart', ...at, 'lineId'), quantity, at };
}
