interface Shippable {
  id: string;
  quantity: number;
  fulfilledQuantity: number;
  /** Given up before it left: paid back, or taken out by an edit. */
  cancelledQuantity?: number;
  /** Sold, but still to be made or delivered to us. */
  backorderedQuantity?: number;
}

/** The lines with pieces still here, with how many. */
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
