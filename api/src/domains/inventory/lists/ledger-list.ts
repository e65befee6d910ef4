import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import type { Database } from '../../../platform/database/database.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import type { StockMovementKind } from '../stock.enums.js';
import { movementCount, movementPage, reservationCount, reservationPage } from '../stock-rows.js';
import type { LiveReservationRow } from './stock-reservation.type.js';
import type { MovementRow } from './stock-movement.type.js';

export interface MovementQuery {
  readonly variantId: string | null;
  readonly locationId: string | null;
  readonly kinds: readonly StockMovementKind[] | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** `sortValue` keeps the microseconds that a Date loses. */
type Sorted<T> = T & { readonly sortValue: string };

/** Keyset lists of stock movements and live reservations. */
export class LedgerList {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  /** Movements, newest first. */
  async movements(query: MovementQuery, page: PageArguments): Promise<Connection<MovementRow>> {
    const request = pageRequest(page, 'stock.movements', this.cursors, 20);
    const { cursor, size } = request;
    const { variantId, locationId, kinds, from, to } = query;
    const rows = await this.database.rows<Sorted<MovementRow> & Record<string, unknown>>(
      movementPage(variantId !== null, !request.backward),
      [locationId, kinds, from, to, cursor?.value ?? null, cursor?.id ?? null, size + 1, ...given(variantId)],
    );
    return connectionOf<Sorted<MovementRow>>(rows, request, ({ sortValue, id }) =>
      this.cursors.encode('stock.movements', { value: sortValue, id }),
    );
  }

  async countMovements({ variantId, locationId, kinds, from, to }: MovementQuery): Promise<number> {
    const row = await this.database.row<{ count: number }>(movementCount(variantId !== null, COUNT_CAP), [
      locationId,
      kinds,
      from,
      to,
      ...given(variantId),
    ]);
    return row?.count ?? 0;
  }

  /** Live reservations, soonest to expire first. */
  async reservations(variantId: string | null, page: PageArguments): Promise<Connection<LiveReservationRow>> {
    const request = pageRequest(page, 'stock.reservations', this.cursors, 20);
    const { cursor, size } = request;
    const rows = await this.database.rows<Sorted<LiveReservationRow> & Record<string, unknown>>(
      reservationPage(variantId !== null, request.backward),
      [cursor?.value ?? null, cursor?.id ?? null, size + 1, ...given(variantId)],
    );
    return connectionOf<Sorted<LiveReservationRow>>(rows, request, ({ sortValue, id }) =>
      this.cursors.encode('stock.reservations', { value: sortValue, id }),
    );
  }

  async countReservations(variantId: string | null): Promise<number> {
    return (await this.database.row<{ count: number }>(reservationCount(COUNT_CAP), [variantId]))?.count ?? 0;
  }
}

function given(value: string | null): string[] {
  return value === null ? [] : [value];
}
