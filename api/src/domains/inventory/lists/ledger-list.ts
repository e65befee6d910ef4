import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import type { Database, ValuesOf } from '../../../platform/database/database.js';
import type { StockMovementKind } from '../stock.enums.js';
import {
  movementCount,
  movementPage,
  MOVEMENT_ROW,
  reservationCount,
  reservationPage,
  RESERVATION_ROW,
} from '../stock-rows.js';

export type MovementLine = ValuesOf<typeof MOVEMENT_ROW>;
export type ReservationLine = ValuesOf<typeof RESERVATION_ROW>;

export interface MovementQuery {
  readonly variantId: string | null;
  readonly locationId: string | null;
  readonly importId: string | null;
  readonly kinds: readonly StockMovementKind[] | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Keyset lists of stock movements and live reservations. */
export class LedgerList {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  /** Movements, newest first. */
  async movements(query: MovementQuery, page: PageArguments): Promise<Connection<MovementLine>> {
    const request = pageRequest(page, 'stock.movements', this.cursors, 20);
    const { cursor, size } = request;
    const rows = await this.database.rows(movementPage({ ...choiceOf(query), down: !request.backward }), {
      ...filterOf(query),
      afterTime: cursor?.value ?? null,
      afterId: cursor?.id ?? null,
      limit: size + 1,
    });
    return connectionOf(rows, request, ({ sortValue, id }) =>
      this.cursors.encode('stock.movements', { value: sortValue, id }),
    );
  }

  async countMovements(query: MovementQuery): Promise<number> {
    return (await this.database.row(movementCount(choiceOf(query)), filterOf(query)))?.count ?? 0;
  }

  /** Live reservations, soonest to expire first. */
  async reservations(variantId: string | null, page: PageArguments): Promise<Connection<ReservationLine>> {
    const request = pageRequest(page, 'stock.reservations', this.cursors, 20);
    const { cursor, size } = request;
    const rows = await this.database.rows(
      reservationPage({ ofVariant: variantId !== null, down: request.backward }),
      {
        ...(variantId !== null && { variantId }),
        afterTime: cursor?.value ?? null,
        afterId: cursor?.id ?? null,
        limit: size + 1,
      },
    );
    return connectionOf(rows, request, ({ sortValue, id }) =>
      this.cursors.encode('stock.reservations', { value: sortValue, id }),
    );
  }

  async countReservations(variantId: string | null): Promise<number> {
    return (await this.database.row(reservationCount, { variantId }))?.count ?? 0;
  }
}

function choiceOf({ variantId, importId }: MovementQuery): { ofVariant: boolean; ofImport: boolean } {
  return { ofVariant: variantId !== null, ofImport: importId !== null };
}

/** The parameters of the filter: variant and import only where the statement has them. */
function filterOf({ variantId, importId, ...others }: MovementQuery) {
  return { ...others, ...(variantId !== null && { variantId }), ...(importId !== null && { importId }) };
}
