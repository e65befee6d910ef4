import { FieldResolver, Resolver } from 'type-graphql';
import { DomainError } from '../../kernel/errors.js';
import { statement, t, type Database, type Tx } from '../../platform/database/database.js';
import { RegionalSettings } from '../store/index.js';

interface Regional {
  readonly currency: string;
}

const hasOrders = statement('orders.exist', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM shop_order) AS has',
});

/*
 * The currency and the first order
 *
 * What was agreed with a buyer, and what stands in the books, is in one currency, so it changes only while there is no order.
 * The change holds the row of the settings (`SettingsService.update`) and every cart (`lockCheckouts`), then asks for orders,
 * in a statement of its own. A checkout holds its cart, a draft the row of the settings, both until they are committed: their
 * order is there when the question is asked, or they begin after the change and are made in the new currency. An exchange
 * follows an order that is there already.
 */

/** @throws DomainError CURRENCY_LOCKED where there is an order, also a draft */
export async function assertNoOrders(tx: Tx, next: Regional, before: Regional): Promise<void> {
  if (next.currency === before.currency) return;
  if ((await tx.row(hasOrders))?.has)
    throw new DomainError('CURRENCY_LOCKED', 'There are orders in the currency of the shop.', ['currency']);
}

@Resolver(() => RegionalSettings)
export class CurrencyLockResolver {
  constructor(private readonly database: Database) {}

  @FieldResolver(() => Boolean, {
    description: 'Whether the currency stays because there is an order, also a draft. Costs a statement.',
  })
  async isCurrencyLocked(): Promise<boolean> {
    return (await this.database.row(hasOrders))?.has ?? false;
  }
}
