import { anyOf } from '../../../kernel/any-of.js';
import type { CursorCodec } from '../../../kernel/cursor.js';
import type { PageArguments } from '../../../kernel/pagination.js';
import type { Querying, ValuesOf } from '../../../platform/database/database.js';
import type { Page } from '../../../platform/graphql/keyset-list.js';
import type { CheckoutBlockKind } from './checkout-block-kind.js';
import type { CheckoutBlockFilter } from './checkout-block.input.js';
import { BLOCK_ROW, readBlocks } from './checkout-block.statements.js';

export type CheckoutBlockRow = ValuesOf<typeof BLOCK_ROW>;

export interface CheckoutBlockQuery {
  /** A part of the contact or of the reason, or the number of the order. */
  readonly search: string | null;
  readonly kinds: readonly CheckoutBlockKind[] | null;
  readonly inForce: boolean | null;
}

/** What search and filter of the list mean. */
export const checkoutBlockQuery = (
  search: string | null | undefined,
  filter: CheckoutBlockFilter | null | undefined,
): CheckoutBlockQuery => ({
  search: search ?? null,
  kinds: filter?.kinds ?? null,
  inForce: filter?.inForce ?? null,
});

/** Keyset list of the blocks of buyers, latest first. */
export class CheckoutBlockList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page({ search, kinds, inForce }: CheckoutBlockQuery, page: PageArguments): Promise<Page<CheckoutBlockRow>> {
    return readBlocks(this.database, this.cursors, {
      filter: { search: search?.trim() || null, kinds: anyOf(kinds), inForce },
      page,
      timeOf: ({ createdAt }) => createdAt,
    });
  }
}
