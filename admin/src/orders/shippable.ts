interface Shippable {
  id: string;
  quantity: number;
  fulfilledQuantity: number;
}

/** The lines with pieces still here, with how many. */
export function leftToShip<Line extends Shippable>(lines: readonly Line[]): { line: Line; left: number }[] {
  return lines
    .map((line) => ({ line, left: line.quantity - line.fulfilledQuantity }))
    .filter(({ left }) => left > 0);
}

/** Parcels leave for paid orders only; the server decides in the end. */
export const canShip = (order: { status: string; paymentStatus: string }): boolean =>
  order.status === 'PAID' || order.status === 'FULFILLED';

/** Cancelling has a step of its own, not one of the allowed moves; after the first parcel only a refund is left. */
export const canCancel = (order: { status: string; fulfilmentStatus: string }): boolean =>
  ['PENDING_PAYMENT', 'PAID', 'REVIEW'].includes(order.status) && order.fulfilmentStatus === 'UNFULFILLED';

/** What to send: nothing when all that is left goes, because "no lines" means exactly that. */
export function shipmentLines(
  lines: readonly Shippable[],
  chosen: Readonly<Record<string, number>>,
): { orderLineId: string; quantity: number }[] | undefined {
  const left = leftToShip(lines);
  if (left.every(({ line, left: pieces }) => chosen[line.id] === pieces)) return undefined;
  return left
    .map(({ line }) => ({ orderLineId: line.id, quantity: chosen[line.id] ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
}
