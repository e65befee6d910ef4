interface Shippable {
  id: string;
  quantity: number;
  fulfilledQuantity: number;
  /** Cancelled before shipping: refunded, or removed by an edit. */
  cancelledQuantity?: number;
  /** Sold without stock: still to be received. */
  backorderedQuantity?: number;
}

/** The lines with units still to ship, with their quantity. */
export function leftToShip<Line extends Shippable>(lines: readonly Line[]): { line: Line; left: number }[] {
  return lines
    .map((line) => ({
      line,
      left:
        line.quantity -
        line.fulfilledQuantity -
        (line.cancelledQuantity ?? 0) -
        (line.backorderedQuantity ?? 0),
    }))
    .filter(({ left }) => left > 0);
}

/** The lines to ship; empty when everything left is shipped, which is what the API takes no lines to mean. */
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
