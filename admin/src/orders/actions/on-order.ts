import { messagesFor } from '../../app/error-messages';
import { onVersion } from '../../app/seen-version';
import type { UserError } from '../../app/user-errors';
import type { Answer } from '../../app/useIntent';
import type { Tools } from '../../ui/useTools';
import type { OrderView } from '../useOrder';

/** The input of every action: the order, the version that the user saw, and the idempotency key. */
export interface Step {
  orderId: string;
  expectedVersion: number;
  idempotencyKey: string;
}

/*
 * The actions of staff on an order, most of them about money, are forms. Each sends the version that the user saw under
 * one key, from opening its dialog to its known outcome: pressed again after a lost answer, also after the page was loaded
 * anew, it is the same request to the letter, and has one effect. After a concurrent change the API refuses it, and the
 * order is read again, so that nothing is done to an order that the user has not seen. What was typed about an order stays
 * in its tab, for a day.
 */
export const onOrder = (
  { id: orderId, version }: Pick<OrderView, 'id' | 'version'>,
  idempotencyKey: string,
  send: (step: Step) => Promise<Answer>,
): Promise<Answer> =>
  onVersion(version, (expectedVersion) => send({ orderId, expectedVersion, idempotencyKey }));

type Lines = readonly { productName: string; sku: string; variant?: { id: string } | null }[];

/** The order line that an error about missing stock refers to; null when it is none of them. */
export function shortLine(order: { lines: Lines } | null, variantId: string | undefined): string | null {
  const line = order?.lines.find(({ variant }) => variantId !== undefined && variant?.id === variantId);
  return line ? `${line.productName} · ${line.sku}` : null;
}

/** The message of an error of an action: missing stock names its line. */
export function orderMessage(
  error: UserError,
  order: { lines: Lines } | null | undefined,
  t: Tools['t'],
): string {
  const line = shortLine(order ?? null, error.variantId);
  if (!line) return messagesFor(error);
  return t('orderEditing.shortLine', { line, count: error.availableQuantity ?? 0 });
}
