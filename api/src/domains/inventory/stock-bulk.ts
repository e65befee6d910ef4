import { IsNotEmpty, Max, MaxLength, Min } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { InvalidInputError } from '../../kernel/errors.js';
import { requireId } from '../../kernel/require-id.js';
import { statement, t } from '../../platform/database/database.js';
import { Role } from '../../platform/graphql/roles.js';
import type { HandledLongJob } from '../../platform/jobs/define-long-job.js';
import { defineBulk, handleBulk } from '../long-jobs/index.js';
import { StockFilter } from './lists/stock-filter.input.js';
import type { StockList, StockQuery } from './lists/stock-list.js';
import { stockQuery } from './lists/stock-queries.js';
import { byVariants, lockStockLevels } from './lock-stock-levels.js';
import type { AdjustedStock, StockKeepingService } from './stock-keeping.service.js';
import { MOST, SHORT, TOO_MANY } from './stock.input.js';

/*
 * Adjusting the stock of several variants: transactions and locks
 *
 * One transaction for each variant: the row of the job, then all stock levels of the variant in their order, as every
 * change of stock locks them, then one movement, the back-orders that can be filled by it, labels and events. So each variant
 * is adjusted once whoever dies in between, and a sale, a count or another clerk's job comes before or after as a whole.
 * What orders and carts hold is never taken away: such a variant is refused and stays as it is. `stockBulkAdjustPreview`
 * says so before, of what is there then.
 *
 * An undo is the opposite movement, under the same locks, and only where the variant has no movement at the location since.
 */

export enum StockAdjustMode {
  SET = 'SET',
  ADD = 'ADD',
}
registerEnumType(StockAdjustMode, {
  name: 'StockAdjustMode',
  description: 'How the stock of several variants is adjusted.',
  valuesConfig: {
    SET: { description: 'What is on hand becomes the quantity.' },
    ADD: { description: 'The quantity is added to what is on hand; taken away where it is negative.' },
  },
});

@InputType({ description: 'An adjustment of stock.' })
export abstract class StockAdjustFields {
  @Field(() => ID, { description: 'The location.' })
  locationId!: string;

  @Field(() => StockAdjustMode, { description: 'Whether the quantity is set or added.' })
  mode!: StockAdjustMode;

  @Field(() => Int, {
    description:
      'What is on hand of each afterwards, from 0; or what is added to each, not 0. At most 1,000,000.',
  })
  @Min(-MOST, { message: 'At least -1,000,000.' })
  @Max(MOST, TOO_MANY)
  quantity!: number;
}

@InputType({ description: 'How stock is adjusted.' })
class AdjustInput extends StockAdjustFields {
  @Field(() => String, { description: 'Why, for the ledger: "count", "breakage".' })
  @IsNotEmpty({ message: 'Say why the stock changes.' })
  @MaxLength(200, SHORT)
  reason!: string;
}

/** What is set or added, and where. */
export interface StockAdjusting {
  readonly locationId: string;
  readonly mode: StockAdjustMode;
  readonly quantity: number;
}
interface Values extends StockAdjusting {
  readonly reason: string;
}

/** @throws InvalidInputError, NotFoundError */
export function readAdjusting({ locationId, mode, quantity }: StockAdjustFields): StockAdjusting {
  if (mode === StockAdjustMode.SET && quantity < 0)
    throw new InvalidInputError('Stock cannot be negative.', ['quantity']);
  if (mode === StockAdjustMode.ADD && quantity === 0)
    throw new InvalidInputError('Say how many are added.', ['quantity']);
  return { mode, quantity, locationId: requireId('loc', locationId, 'location', 'locationId') };
}

export const stockAdjust = defineBulk<StockQuery, Values>({
  name: 'stockBulkAdjust',
  kind: 'STOCK_ADJUST',
  description:
    'Sets what is on hand of the chosen variants at a location, or adds to it: one movement for each. A variant of which more is reserved stays as it is.',
  ...{ rows: 'stock', table: 'variant', role: Role.MANAGER, permission: 'STOCK_WRITE' },
  search: 200,
  filter: StockFilter,
  query: stockQuery,
  moments: ['updatedFrom', 'updatedTo'],
  values: {
    input: AdjustInput,
    read: (input: AdjustInput) => ({ ...readAdjusting(input), reason: input.reason }),
  },
  ...{ canUndo: true, isChosenOnly: true },
});

const skuOf = statement('inventory.bulk-sku', {
  params: { id: t.uuid },
  row: { sku: t.text },
  sql: 'SELECT sku FROM variant WHERE id = :id AND deleted_at IS NULL',
});

type Before = AdjustedStock & Pick<Values, 'locationId' | 'reason'>;

export function handleStockAdjust(list: StockList, keeping: StockKeepingService): readonly HandledLongJob[] {
  return handleBulk<StockQuery, Values, Before | null>(stockAdjust, {
    count: (query) => list.count(query),
    select: (querying, query, range) => list.idsBetween(querying, query, range),
    lock: async (tx, id) => {
      await lockStockLevels(tx, byVariants, { variantIds: [id] });
      return (await tx.row(skuOf, { id }))?.sku ?? null;
    },
    apply: async (tx, variantId, { actorId, values }) => {
      const adjusted = await keeping.adjustIn(tx, { variantId, actorId, ...values });
      const { locationId, reason } = values;
      return adjusted && { ...adjusted, locationId, reason };
    },
    undo: (tx, variantId, { before: { locationId, reason, ...adjusted }, actorId }) =>
      keeping.takeBack(tx, { variantId, locationId, reason, actorId }, adjusted),
  });
}
