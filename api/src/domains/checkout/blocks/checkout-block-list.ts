import { anyOf, anyOfIds } from '../../../kernel/any-of.js';
import type { CursorCodec } from '../../../kernel/cursor.js';
import type { PageArguments } from '../../../kernel/pagination.js';
import type { Querying, ValuesOf } from '../../../platform/database/database.js';
import type { IdRange, Page } from '../../../platform/graphql/keyset-list.js';
import type { CheckoutBlockKind } from './checkout-block-kind.js';
import type { CheckoutBlockFilter } from './checkout-block.input.js';
import { BLOCK_ROW, readBlocks } from './checkout-block.statements.js';

export type CheckoutBlockRow = ValuesOf<typeof BLOCK_ROW>;

export interface CheckoutBlockQuery {
  /** A part of the contact or of the reason, or the number of the order. */
  readonly search: string | null;
  readonly kinds: readonly CheckoutBlockKind[] | null;
  readonly inForce: boolean | null;
  readonly ids: readonly string[] | null;
}

/** What search and filter of the list mean. */
export const checkoutBlockQuery = (
  search: string | null | undefined,
  filter: CheckoutBlockFilter | null | undefined,
): CheckoutBlockQuery => ({
  search: search ?? null,
  kinds: filter?.kinds ?? null,
  inForce: filter?.inForce ?? null,
  ids: anyOfIds('block', filter?.ids),
});

/** Keyset list of the blocks of buyers, latest first. */
export class CheckoutBlockList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page(query: CheckoutBlockQuery, page: PageArguments): Promise<Page<CheckoutBlockRow>> {
    const filter = filterOf(query);
    return readBlocks(this.database, this.cursors, { filter, page, timeOf: ({ createdAt }) => createdAt });
  }

  idsBetween(querying: Querying, query: CheckoutBlockQuery, range: IdRange): Promise<string[]> {
    return readBlocks.ids(querying, filterOf(query), range);
  }
}

function filterOf({ search, kinds, inForce, ids }: CheckoutBlockQuery) {
  return { search: search?.trim() || null, kinds: anyOf(kinds), inForce, ids: ids && [...ids] };
}
